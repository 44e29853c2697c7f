namespace KubeSim.LoadBalancing;

/// <summary>Goes through the list by place; when the list shrinks below that place, begins again.</summary>
internal sealed class RoundRobinBalancer : ILoadBalancer
{
    private int _next;

    public int Pick(in PickContext context)
    {
        int picked = Peek(context);
        _next = picked + 1;
        return picked;
    }

    public int Peek(in PickContext context) => _next < context.Endpoints.Length ? _next : 0;
}
