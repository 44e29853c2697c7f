using System.Diagnostics;
using System.Runtime.InteropServices;
using KubeSim.Addressing;
using KubeSim.KernelTests.Kernel;

namespace KubeSim.KernelTests.Lab;

/// <summary>
/// Sends probes and serves them, all from one thread. A server says where it was reached and by whom, and the client hears it: what
/// is observed has gone all the way there and back.
/// </summary>
internal sealed class Prober(NodeLab lab) : IDisposable
{
    /// <summary>How long the kernel must be silent before what is still open counts as lost.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(40);

    /// <summary>How long an answer is waited for that should come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Dictionary<(TransportProtocol, IpPort), KernelSocket> _servers = [];
    private readonly List<KernelSocket> _connections = [];

    /// <summary>Lets somebody answer at an address and port, wherever that is.</summary>
    public void Serve(IEnumerable<(TransportProtocol Protocol, IpPort Address)> wanted)
    {
        foreach (IGrouping<Place, (TransportProtocol Protocol, IpPort Address)> place in wanted.Where(one => !_servers.ContainsKey(one)).Distinct().GroupBy(one => NodeLab.PlaceOf(one.Address.Address)))
        {
            lab[place.Key].Run(() =>
            {
                foreach ((TransportProtocol protocol, IpPort address) in place)
                {
                    _servers.Add((protocol, address), KernelSocket.Listen(address, protocol));
                }
            });
        }
    }

    /// <summary>Ends all servers.</summary>
    public void StopServing() => Close(_servers.Values, _servers.Clear);

    /// <summary>Sends all probes in this order, and waits until all have ended.</summary>
    public Observation[] Send(IReadOnlyList<Probe> probes)
    {
        KernelSocket[] clients = Open(probes);
        var observed = new Observation?[probes.Count];
        try
        {
            for (int i = 0; i < clients.Length; i++)
            {
                clients[i].Connect(probes[i].Flow.Destination);
                if (clients[i].Protocol == TransportProtocol.Udp)
                {
                    clients[i].Send("?");
                }
            }

            Watch(probes, clients, observed);
        }
        finally
        {
            Close(clients, static () => { });
            Close(_connections, _connections.Clear);
        }

        return [.. observed.Select(one => one ?? new Observation(Outcome.Dropped))];
    }

    public void Dispose() => StopServing();

    private KernelSocket[] Open(IReadOnlyList<Probe> probes)
    {
        var clients = new KernelSocket[probes.Count];
        foreach (IGrouping<Place, int> place in Enumerable.Range(0, probes.Count).GroupBy(i => NodeLab.PlaceOf(probes[i].Flow.Source.Address)))
        {
            lab[place.Key].Run(() =>
            {
                foreach (int i in place)
                {
                    clients[i] = KernelSocket.Bind(probes[i].Flow.Source, probes[i].Flow.Protocol);
                }
            });
        }

        return clients;
    }

    private void Watch(IReadOnlyList<Probe> probes, KernelSocket[] clients, Observation?[] observed)
    {
        List<int> open = [.. Enumerable.Range(0, clients.Length)];
        KernelSocket[] servers = [.. _servers.Values];
        long begun = Stopwatch.GetTimestamp();
        long last = begun;
        while (open.Count > 0)
        {
            bool isAwaited = open.Exists(i => probes[i].IsAnswered);
            if (isAwaited ? Stopwatch.GetElapsedTime(begun) > Patience : Stopwatch.GetElapsedTime(last) > Silence)
            {
                return;
            }

            var watched = new Libc.Watched[servers.Length + open.Count];
            for (int i = 0; i < watched.Length; i++)
            {
                watched[i] = new(i < servers.Length ? servers[i].Descriptor : clients[open[i - servers.Length]].Descriptor, Libc.Readable, 0);
            }

            if (Poll(watched) == 0)
            {
                continue;
            }

            last = Stopwatch.GetTimestamp();
            for (int i = 0; i < servers.Length; i++)
            {
                if (watched[i].Seen != 0)
                {
                    Answer(servers[i]);
                }
            }

            for (int i = watched.Length - 1; i >= servers.Length; i--)
            {
                int probe = open[i - servers.Length];
                if (watched[i].Seen != 0 && Look(clients[probe], watched[i].Seen) is { } seen)
                {
                    observed[probe] = seen;
                    open.RemoveAt(i - servers.Length);
                }
            }
        }
    }

    private static unsafe int Poll(Libc.Watched[] watched)
    {
        fixed (Libc.Watched* start = watched)
        {
            int count = Libc.Poll(start, (nuint)watched.Length, (int)(Silence.TotalMilliseconds / 4));
            return count >= 0 ? count : throw new InvalidOperationException("poll: " + Marshal.GetLastPInvokeErrorMessage());
        }
    }

    private void Answer(KernelSocket server)
    {
        if (server.Protocol == TransportProtocol.Udp)
        {
            while (server.Receive() is { } received)
            {
                server.Send($"{server.Local} {received.From.Address}", received.From);
            }

            return;
        }

        while (server.Accept() is { } accepted)
        {
            _connections.Add(accepted.Connection);
            accepted.Connection.Send($"{accepted.Connection.Local} {accepted.Client.Address}");
        }
    }

    private static Observation? Look(KernelSocket client, short seen)
    {
        if (client.Receive() is { } received)
        {
            string[] parts = received.Text.Split(' ');
            return new(Outcome.Reached, IpPort.Parse(parts[0]), IpAddress.Parse(parts[1]));
        }

        if ((seen & Libc.Error) != 0)
        {
            client.ReadErrors();
        }

        return client.IsRefused ? new(Outcome.Refused) : null;
    }

    private static void Close(IEnumerable<KernelSocket> sockets, Action forget)
    {
        foreach (KernelSocket socket in sockets)
        {
            socket.Dispose();
        }

        forget();
    }
}
