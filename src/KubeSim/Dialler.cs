using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.Dns;
using KubeSim.Measurement;
using KubeSim.Tracing;

namespace KubeSim;

/// <summary>From a target as people type it to a connection: the name is resolved where the client stands, then the packet goes its way.</summary>
internal sealed class Dialler(Cluster cluster, Network network, ClusterResolvers resolvers)
{
    internal Connection Connect(TrafficSource from, in ConnectionTarget target, string dialled)
    {
        var recorder = new TraceRecorder();
        if (AddressOf(from, target, recorder, isDryRun: false, out DnsAnswer? answer) is not { } address)
        {
            return new Connection(cluster, from, Unresolved(from, target, dialled, recorder, answer!));
        }

        var to = new IpPort(address, target.Port);
        Verdict verdict = network.Open(from.Sender, to, target.Protocol, recorder);
        return new Connection(cluster, from, verdict, Explained(network.ToTrace(from.Sender, dialled, verdict, recorder), to, from));
    }

    internal Trace Send(TrafficSource from, in Flow flow, ref ConnectionHandle handle, string target)
    {
        var recorder = new TraceRecorder();
        Verdict verdict = network.Send(from.Sender, flow, handle, recorder);
        handle = verdict.Handle.Conntrack is null ? handle : verdict.Handle;
        return Explained(network.ToTrace(from.Sender, target[..target.LastIndexOf('/')], verdict, recorder), flow.Destination, from);
    }

    internal LoadReport ConnectMany(TrafficSource from, in ConnectionTarget target, int count, bool keepOpen)
    {
        Sender sender = from.Sender;
        var counter = new LoadCounter();
        for (int i = 0; i < count; i++)
        {
            if (AddressOf(from, target, null, isDryRun: false, out _) is not { } address)
            {
                counter.Failed(ConnectionOutcome.NameNotResolved);
                continue;
            }

            Verdict verdict = network.Open(sender, new IpPort(address, target.Port), target.Protocol);
            Count(counter, sender, verdict);
            if (!keepOpen)
            {
                network.Close(verdict.Handle);
            }
        }

        return counter.ToReport();
    }

    internal Trace Trace(TrafficSource from, in ConnectionTarget target, string dialled)
    {
        var recorder = new TraceRecorder();
        return AddressOf(from, target, recorder, isDryRun: true, out DnsAnswer? answer) is { } address
            ? Explained(network.Trace(from.Sender, dialled, new IpPort(address, target.Port), target.Protocol, recorder), new IpPort(address, target.Port), from)
            : Unresolved(from, target, dialled, recorder, answer!);
    }

    internal DnsAnswer Resolve(TrafficSource from, string name, TraceRecorder? recorder) => from.Ask(name, recorder, isDryRun: false);

    internal DnsAnswer AskFromPod(Pod pod, string name, TraceRecorder? recorder, bool isDryRun) => Answer(resolvers.OfPod(pod), name, recorder, isDryRun);

    internal DnsAnswer AskFromNode(NetworkNode node, string name, TraceRecorder? recorder, bool isDryRun) => Answer(resolvers.OfNode(node.Name), name, recorder, isDryRun);

    internal DnsAnswer AskFromOutside(string name, TraceRecorder? recorder, bool isDryRun) => Answer(resolvers.Outside, name, recorder, isDryRun);

    private static DnsAnswer Answer(Resolver resolver, string name, TraceRecorder? recorder, bool isDryRun) =>
        isDryRun ? resolver.Peek(name, recorder) : resolver.Resolve(name, recorder);

    internal Reachability Reach(TrafficSource[] from, Frontend[] to)
    {
        var outcomes = new ConnectionOutcome[from.Length * to.Length];
        for (int i = 0; i < outcomes.Length; i++)
        {
            Frontend frontend = to[i % to.Length];
            outcomes[i] = network.Trace(from[i / to.Length].Sender, "", frontend.Address, frontend.Protocol).Outcome;
        }

        return new Reachability(NamesOf(from), to.Select(ReachabilityTarget.Of).ToEquatableArray(), [.. outcomes]);
    }

    internal Reachability Reach(TrafficSource[] from, string[] to)
    {
        ConnectionTarget[] targets = Array.ConvertAll(to, ConnectionTarget.Parse);
        var outcomes = new ConnectionOutcome[from.Length * to.Length];
        for (int i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = Trace(from[i / to.Length], targets[i % to.Length], to[i % to.Length]).Outcome;
        }

        return new Reachability(NamesOf(from), to.Select(target => new ReachabilityTarget("", target)).ToEquatableArray(), [.. outcomes]);
    }

    private static EquatableArray<string> NamesOf(TrafficSource[] sources) => sources.Select(source => source.Name).ToEquatableArray();

    private static void Count(LoadCounter counter, Sender sender, in Verdict verdict)
    {
        if (verdict.IsEstablished)
        {
            NetworkNode? node = verdict.Server?.Node ?? verdict.Node;
            counter.Established(verdict.Endpoint, verdict.Server?.ShortName, node?.Name, sender.Node?.Zone, node?.Zone);
        }
        else
        {
            counter.Failed(verdict.Outcome);
        }
    }

    private static IpAddress? AddressOf(TrafficSource from, in ConnectionTarget target, TraceRecorder? recorder, bool isDryRun, out DnsAnswer? answer)
    {
        answer = null;
        if (target.Address is { } literal)
        {
            return literal;
        }

        answer = from.Ask(target.Host, recorder, isDryRun);
        Sender sender = from.Sender;
        foreach (IpAddress address in answer.Addresses)
        {
            if (sender.AddressTowards(address) is not null)
            {
                return address;
            }
        }

        return answer.Addresses.IsEmpty ? default(IpAddress?) : answer.Addresses[0];
    }

    private Trace Explained(Trace trace, IpPort to, TrafficSource from) => ReasonObjects.Complete(trace, cluster.Server, to, from.ObjectName);

    private static Trace Unresolved(TrafficSource from, in ConnectionTarget target, string dialled, TraceRecorder recorder, DnsAnswer answer) => new()
    {
        Source = Explanation.Describe(from.Sender, from.Sender.Addresses[0]),
        Target = string.Create(CultureInfo.InvariantCulture, $"{dialled}/{target.Protocol.ToString().ToUpperInvariant()}"),
        Hops = recorder.Hops,
        Outcome = ConnectionOutcome.NameNotResolved,
        Reason = answer.Reason,
    };
}
