using System.Runtime.InteropServices;
using System.Text;
using KubeSim.Addressing;

namespace KubeSim.KernelTests.Kernel;

/// <summary>A socket that never waits. It belongs to the namespace of the thread that makes it.</summary>
internal sealed unsafe class KernelSocket : IDisposable
{
    private const int LongestText = 256;
    private const int ControlHeader = 16;

    private KernelSocket(int descriptor, IpPort local, TransportProtocol protocol)
    {
        Descriptor = descriptor;
        Local = local;
        Protocol = protocol;
    }

    public int Descriptor { get; }

    /// <summary>What it is bound to.</summary>
    public IpPort Local { get; }

    public TransportProtocol Protocol { get; }

    /// <summary>A socket bound to an address and port.</summary>
    /// <exception cref="InvalidOperationException">The kernel refused; the message says why.</exception>
    public static KernelSocket Bind(IpPort local, TransportProtocol protocol)
    {
        bool isTcp = protocol == TransportProtocol.Tcp;
        int family = local.Address.IsIPv4 ? Libc.InterNetwork : Libc.InterNetworkV6;
        int descriptor = Checked(
            Libc.Socket(family, (isTcp ? Libc.Stream : Libc.Datagram) | Libc.NonBlocking | Libc.CloseOnExec, isTcp ? Libc.Tcp : Libc.Udp), "socket", local);
        var socket = new KernelSocket(descriptor, local, protocol);
        socket.Set(Libc.SocketLevel, Libc.ReuseAddress, 1);
        if (local.Address.IsIPv6)
        {
            socket.Set(Libc.IPv6Level, Libc.IPv6Only, 1);
        }

        if (isTcp)
        {
            // Closing resets the connection: nothing lingers in this namespace nor in the connection tracking of the next.
            socket.Set(Libc.SocketLevel, Libc.Linger, 1, 0);
        }

        byte* address = stackalloc byte[SocketAddress.Longest];
        uint length = SocketAddress.Write(local, new Span<byte>(address, SocketAddress.Longest));
        Checked(Libc.Bind(descriptor, address, length), "bind", local);
        return socket;
    }

    /// <summary>A server's socket.</summary>
    public static KernelSocket Listen(IpPort local, TransportProtocol protocol)
    {
        KernelSocket socket = Bind(local, protocol);
        if (protocol == TransportProtocol.Tcp)
        {
            Checked(Libc.Listen(socket.Descriptor, LongestText), "listen", local);
        }

        return socket;
    }

    /// <summary>Dials. Returns at once; the answer, if any, comes later. A refusal that comes back while the kernel is still busy with the call goes into the error queue.</summary>
    public void Connect(IpPort destination)
    {
        if (Protocol == TransportProtocol.Tcp)
        {
            Set(destination.Address.IsIPv4 ? Libc.IPLevel : Libc.IPv6Level, destination.Address.IsIPv4 ? Libc.ReceiveErrors : Libc.ReceiveErrorsIPv6, 1);
        }

        byte* address = stackalloc byte[SocketAddress.Longest];
        uint length = SocketAddress.Write(destination, new Span<byte>(address, SocketAddress.Longest));
        if (Libc.Connect(Descriptor, address, length) == 0 || Marshal.GetLastPInvokeError() == Libc.InProgress)
        {
            return;
        }

        IsRefused = Marshal.GetLastPInvokeError() == Libc.ConnectionRefused ? true
            : throw new InvalidOperationException($"connect {Local} to {destination}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Whether a refusal has been seen.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>A connection that a client has opened, and its address; null where there is none.</summary>
    public (KernelSocket Connection, IpPort Client)? Accept()
    {
        byte* address = stackalloc byte[SocketAddress.Longest];
        uint length = SocketAddress.Longest;
        int descriptor = Libc.Accept(Descriptor, address, ref length, Libc.NonBlocking | Libc.CloseOnExec);
        if (descriptor < 0)
        {
            return null;
        }

        IpPort client = SocketAddress.Read(new ReadOnlySpan<byte>(address, SocketAddress.Longest));
        length = SocketAddress.Longest;
        Checked(Libc.LocalAddress(descriptor, address, ref length), "getsockname", Local);
        var connection = new KernelSocket(descriptor, SocketAddress.Read(new ReadOnlySpan<byte>(address, SocketAddress.Longest)), Protocol);
        connection.Set(Libc.SocketLevel, Libc.Linger, 1, 0);
        return (connection, client);
    }

    /// <summary>Sends a short text, to somebody or along the connection. What becomes of it shows later.</summary>
    public void Send(string text, IpPort? to = null)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        byte* address = stackalloc byte[SocketAddress.Longest];
        uint length = to is { } destination ? SocketAddress.Write(destination, new Span<byte>(address, SocketAddress.Longest)) : 0;
        fixed (byte* data = bytes)
        {
            if (Libc.SendTo(Descriptor, data, (nuint)bytes.Length, Libc.NoSignal, length == 0 ? null : address, length) < 0 && Marshal.GetLastPInvokeError() == Libc.ConnectionRefused)
            {
                IsRefused = true;
            }
        }
    }

    /// <summary>A text that has come, and from where; null where there is none. A refusal is remembered in <see cref="IsRefused"/>.</summary>
    public (string Text, IpPort From)? Receive()
    {
        byte* data = stackalloc byte[LongestText];
        byte* address = stackalloc byte[SocketAddress.Longest];
        uint length = SocketAddress.Longest;
        nint count = Libc.ReceiveFrom(Descriptor, data, LongestText, Libc.DontWait, address, ref length);
        if (count > 0)
        {
            IpPort from = length == 0 ? default : SocketAddress.Read(new ReadOnlySpan<byte>(address, SocketAddress.Longest));
            return (Encoding.ASCII.GetString(data, (int)count), from);
        }

        IsRefused |= count < 0 && Marshal.GetLastPInvokeError() == Libc.ConnectionRefused;
        return null;
    }

    /// <summary>Looks into the error queue for a refusal that the kernel could not tell otherwise.</summary>
    public void ReadErrors()
    {
        byte* data = stackalloc byte[LongestText];
        byte* control = stackalloc byte[LongestText];
        var buffer = new Libc.Buffer { Start = data, Length = LongestText };
        var message = new Libc.Message { Buffers = &buffer, BufferCount = 1, Control = control, ControlLength = LongestText };
        while (Libc.ReceiveMessage(Descriptor, &message, Libc.ErrorQueue | Libc.DontWait) >= 0)
        {
            // A header of length, level and type; then struct sock_extended_err, which begins with the error number.
            IsRefused |= message.ControlLength >= ControlHeader + sizeof(int) && *(int*)(control + ControlHeader) == Libc.ConnectionRefused;
            message.ControlLength = LongestText;
        }
    }

    public void Dispose() => _ = Libc.Close(Descriptor);

    private void Set(int level, int name, params ReadOnlySpan<int> value)
    {
        fixed (int* start = value)
        {
            Checked(Libc.SetOption(Descriptor, level, name, start, (uint)(value.Length * sizeof(int))), "setsockopt", Local);
        }
    }

    private static int Checked(int result, string call, IpPort address) =>
        result >= 0 ? result : throw new InvalidOperationException($"{call} {address}: {Marshal.GetLastPInvokeErrorMessage()}");
}
