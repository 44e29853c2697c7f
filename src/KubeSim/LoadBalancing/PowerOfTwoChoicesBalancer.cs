namespace KubeSim.LoadBalancing;

internal sealed class PowerOfTwoChoicesBalancer : ILoadBalancer
{
    public int Pick(in PickContext context)
    {
        int first = context.Random.NextInt32(context.Endpoints.Length);
        int second = context.Random.NextInt32(context.Endpoints.Length);
        return context.ActiveFlows(first) <= context.ActiveFlows(second) ? first : second;
    }
}
