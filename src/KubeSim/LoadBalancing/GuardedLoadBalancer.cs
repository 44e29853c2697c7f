namespace KubeSim.LoadBalancing;

/// <summary>A balancer of somebody's own: what it throws is shown to a filter, which lets it pass.</summary>
internal sealed class GuardedLoadBalancer : ILoadBalancer
{
    private readonly ILoadBalancer _balancer;
    private readonly Func<Exception, bool> _filter;

    internal GuardedLoadBalancer(LoadBalancerPolicy policy, Func<Exception, bool> filter)
    {
        _filter = filter;
        try
        {
            _balancer = policy.Create();
        }
        catch (Exception exception) when (filter(exception))
        {
            throw;
        }
    }

    public int Pick(in PickContext context)
    {
        try
        {
            return _balancer.Pick(context);
        }
        catch (Exception exception) when (_filter(exception))
        {
            throw;
        }
    }

    public int Peek(in PickContext context)
    {
        try
        {
            return _balancer.Peek(context);
        }
        catch (Exception exception) when (_filter(exception))
        {
            throw;
        }
    }

    public void OnClosed(in FlowCompletion completion)
    {
        try
        {
            _balancer.OnClosed(completion);
        }
        catch (Exception exception) when (_filter(exception))
        {
            throw;
        }
    }

    public void OnEndpointsChanged(in EndpointsChange change)
    {
        try
        {
            _balancer.OnEndpointsChanged(change);
        }
        catch (Exception exception) when (_filter(exception))
        {
            throw;
        }
    }
}
