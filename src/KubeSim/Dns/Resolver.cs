using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Simulation;
using KubeSim.Tracing;

namespace KubeSim.Dns;

/// <summary>
/// The C library's resolver of one place: a Pod, a node, a host outside. It keeps no cache. What is no name, because it is too long, has
/// an empty label or a character outside printable ASCII, is not sent to anybody and does not exist.
/// </summary>
internal sealed class Resolver
{
    private readonly ResolverConfiguration _configuration;
    private readonly INameServer _nameServer;
    private readonly DnsServer _cluster;
    private readonly RunLog _log;
    private readonly Pod? _pod;
    private readonly string _place;

    /// <param name="configuration">Its <c>resolv.conf</c>.</param>
    /// <param name="nameServer">Whom it asks.</param>
    /// <param name="cluster">The cluster's server, which knows why a name does not exist.</param>
    /// <param name="log">Takes a number for each name.</param>
    /// <param name="place">The machine, as traces call it.</param>
    /// <param name="pod">The Pod whose resolver it is; null for a node or host.</param>
    public Resolver(ResolverConfiguration configuration, INameServer nameServer, DnsServer cluster, RunLog log, string place, Pod? pod = null)
    {
        _configuration = configuration;
        _nameServer = nameServer;
        _cluster = cluster;
        _log = log;
        _place = place;
        _pod = pod;
    }

    public ResolverConfiguration Configuration => _configuration;

    private bool AsksCluster => ReferenceEquals(_nameServer, _cluster);

    /// <summary>Looks the addresses of a name up.</summary>
    /// <param name="name">A name, complete where it ends with a dot; or an address, which is its own answer.</param>
    /// <param name="recorder">Takes a step for the trace.</param>
    /// <exception cref="ArgumentException">The name is null or empty.</exception>
    public DnsAnswer Resolve(string name, TraceRecorder? recorder = null)
    {
        DnsAnswer answer = Look(name, recorder);
        _log.Write("dns", Digest(answer));
        return answer;
    }

    /// <summary>What <see cref="Resolve"/> would answer now; leaves no trace in the run.</summary>
    public DnsAnswer Peek(string name, TraceRecorder? recorder)
    {
        RandomState state = _cluster.Shuffling.Save();
        DnsAnswer answer = Look(name, recorder);
        _cluster.Shuffling.Restore(state);
        return answer;
    }

    private DnsAnswer Look(string name, TraceRecorder? recorder)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (IpAddress.TryParse(name, out IpAddress literal))
        {
            return new() { Name = name, Addresses = [literal], CanonicalName = name };
        }

        DnsAnswer answer = _configuration.Library == CLibrary.Musl ? SearchAsMusl(name) : SearchAsGlibc(name);
        if (answer.Addresses.IsEmpty)
        {
            answer = answer with { Reason = new ResolutionFailure(_cluster, AsksCluster, _pod, _place).Explain(answer) };
        }

        recorder?.Add(_place, StepOf(answer));
        return answer;
    }

    private DnsAnswer SearchAsGlibc(string name)
    {
        var search = new NameSearch(_configuration, _nameServer);
        DnsAnswer answer = search.Run(name, out DnsResponseCode code) ? Found(name, search.Tried[^1], search.IPv4, search.IPv6) : new() { Name = name, ResponseCode = code };
        return answer with { NamesTried = search.Tried.ToEquatableArray() };
    }

    private DnsAnswer SearchAsMusl(string name)
    {
        var search = new MuslSearch(_configuration, _nameServer);
        DnsAnswer answer = search.Run(name, out DnsResponseCode code) ? Found(name, search.Tried[^1], search.IPv4, search.IPv6) : new() { Name = name, ResponseCode = code };
        return answer with { NamesTried = search.Tried.ToEquatableArray() };
    }

    private DnsAnswer Found(string name, string canonical, in DnsResponse ipv4, in DnsResponse ipv6)
    {
        EquatableArray<DnsRecord> records = _configuration.IsIPv4Only || ipv6.Answer.IsEmpty ? ipv4.Answer
            : ipv4.Answer.IsEmpty ? ipv6.Answer
            : ipv4.Answer.Concat(ipv6.Answer).Distinct().ToEquatableArray();
        TimeSpan ttl = records[0].Ttl;
        var addresses = new IpAddress[Count(records)];
        int count = 0;
        foreach (DnsRecord record in records)
        {
            ttl = record.Ttl < ttl ? record.Ttl : ttl;
            canonical = record.Type == DnsRecordType.CNAME ? record.Target : record.Name;
            if (record.Address is { } address)
            {
                addresses[count++] = address;
            }
        }

        return new() { Name = name, Addresses = Sorted(addresses), CanonicalName = canonical, Ttl = ttl, Records = records };
    }

    private static int Count(EquatableArray<DnsRecord> records)
    {
        int count = 0;
        foreach (DnsRecord record in records)
        {
            count += record.Address is null ? 0 : 1;
        }

        return count;
    }

    /// <summary>Of two families IPv6 comes first where the client has an address of it; within a family the order of the reply stays.</summary>
    /// <source>RFC 6724, as glibc sorts</source>
    private EquatableArray<IpAddress> Sorted(IpAddress[] addresses)
    {
        if (addresses.Length > 1 && addresses[0].IsIPv4 && addresses[^1].IsIPv6 && HasIPv6())
        {
            return addresses.OrderBy(address => address.IsIPv4).ToEquatableArray();
        }

        return new(addresses);
    }

    private bool HasIPv6()
    {
        foreach (PodAddress address in _pod?.Status.PodIPs ?? default)
        {
            if (address.IP?.Contains(':', StringComparison.Ordinal) == true)
            {
                return true;
            }
        }

        return false;
    }

    private Step.Dns StepOf(DnsAnswer answer)
    {
        if (answer.Addresses.IsEmpty)
        {
            return new Step.Dns(answer.Name, answer.ResponseCode == DnsResponseCode.NoError ? "no address" : DnsWords.Of(answer.ResponseCode), $"tried {Tried(answer)}");
        }

        string alias = answer.CanonicalName == answer.NamesTried[^1] ? "" : $" = {answer.CanonicalName}";
        return new Step.Dns(
            answer.Name,
            $"{answer.NamesTried[^1]}{alias} = {string.Join(", ", answer.Addresses.Take(3))}{(answer.Addresses.Length > 3 ? ", …" : "")}",
            string.Create(CultureInfo.InvariantCulture, $"answered by {(AsksCluster ? "kube-dns" : "name servers outside")}, ttl {answer.Ttl.Ticks / TimeSpan.TicksPerSecond} s"));
    }

    internal static string Tried(DnsAnswer answer) => answer.NamesTried.IsEmpty ? "nothing" : string.Join(", ", answer.NamesTried.Select(DnsName.Short));

    private static ulong Digest(DnsAnswer answer) =>
        ((ulong)answer.ResponseCode << 48) | ((ulong)answer.NamesTried.Length << 32) | (answer.Addresses.IsEmpty ? 0 : (uint)(answer.Addresses[0].Value & uint.MaxValue));
}
