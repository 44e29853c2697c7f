namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>
/// dh: the address dialled names one of 256 buckets, which the servers fill one each in the order of the list, again and again, whatever
/// their weight. A ClusterIP is one address: one server gets all of its traffic, and while it is quiesced all of it is refused.
/// </summary>
/// <source>linux v6.x, net/netfilter/ipvs/ip_vs_dh.c</source>
internal sealed class DestinationHashingScheduler(RealServers servers) : ILoadBalancer
{
    public int Pick(in PickContext context)
    {
        servers.Adopt(context.Endpoints.Set);

        // Filling one each in turn, the server in a bucket is a remainder; the kernel keeps the table.
        int place = AddressHash.Bucket(context.Flow.Destination.Address) % servers.Count;
        return servers[place] > 0 ? place : PickContext.NoEndpoint;
    }

    public void OnEndpointsChanged(in EndpointsChange change) => servers.Adopt(change.Endpoints.Set);
}
