namespace KubeSim.LoadBalancing;

internal sealed class LeastConnectionsBalancer : ILoadBalancer
{
    public int Pick(in PickContext context)
    {
        int best = 0;
        int fewest = context.ActiveFlows(0);
        for (int i = 1; i < context.Endpoints.Length && fewest > 0; i++)
        {
            int flows = context.ActiveFlows(i);
            if (flows < fewest)
            {
                (best, fewest) = (i, flows);
            }
        }

        return best;
    }
}
