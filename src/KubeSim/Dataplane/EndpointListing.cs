namespace KubeSim.Dataplane;

/// <summary>
/// What a rule knows of endpoints that it does not use. News that change no list change no rule, so they are exchanged in place, until
/// another rule follows. It only explains: rules do not differ because of it.
/// </summary>
internal sealed class EndpointListing(IListedEndpoints latest)
{
    public IListedEndpoints Latest { get; set; } = latest;

    public override bool Equals(object? obj) => obj is EndpointListing;

    public override int GetHashCode() => 0;
}
