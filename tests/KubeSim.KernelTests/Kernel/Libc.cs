using System.Runtime.InteropServices;

namespace KubeSim.KernelTests.Kernel;

/// <summary>The system calls that the class library has no words for, or hides: network namespaces, and sockets as they are. Constants are those of Linux on x86-64 and arm64.</summary>
internal static unsafe partial class Libc
{
    public const int NewNetwork = 0x40000000;
    public const int InterNetwork = 2;
    public const int InterNetworkV6 = 10;
    public const int Stream = 1;
    public const int Datagram = 2;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int Tcp = 6;
    public const int Udp = 17;
    public const int SocketLevel = 1;
    public const int ReuseAddress = 2;
    public const int SocketError = 4;
    public const int Linger = 13;
    public const int IPLevel = 0;
    public const int ReceiveErrors = 11;
    public const int IPv6Level = 41;
    public const int IPv6Only = 26;
    public const int ReceiveErrorsIPv6 = 25;
    public const int DontWait = 0x40;
    public const int ErrorQueue = 0x2000;
    public const int NoSignal = 0x4000;

    public const short Readable = 1;
    public const short Writable = 4;
    public const short Error = 8;
    public const short HungUp = 16;

    public const int NotPermitted = 1;
    public const int TryAgain = 11;
    public const int ConnectionRefused = 111;
    public const int InProgress = 115;

    private const string Library = "libc";

    /// <summary>What <c>poll</c> is to watch, and what it saw.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public record struct Watched(int Descriptor, short Events, short Seen);

    /// <summary><c>struct msghdr</c> with one buffer.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public void* Name;
        public uint NameLength;
        public Buffer* Buffers;
        public nuint BufferCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary><c>struct iovec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Buffer
    {
        public void* Start;
        public nuint Length;
    }

    [LibraryImport(Library, EntryPoint = "unshare", SetLastError = true)]
    public static partial int Unshare(int flags);

    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int descriptor, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "listen", SetLastError = true)]
    public static partial int Listen(int descriptor, int backlog);

    [LibraryImport(Library, EntryPoint = "accept4", SetLastError = true)]
    public static partial int Accept(int descriptor, byte* address, ref uint length, int flags);

    [LibraryImport(Library, EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int descriptor, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "getsockname", SetLastError = true)]
    public static partial int LocalAddress(int descriptor, byte* address, ref uint length);

    [LibraryImport(Library, EntryPoint = "sendto", SetLastError = true)]
    public static partial nint SendTo(int descriptor, byte* data, nuint length, int flags, byte* address, uint addressLength);

    [LibraryImport(Library, EntryPoint = "recvfrom", SetLastError = true)]
    public static partial nint ReceiveFrom(int descriptor, byte* data, nuint length, int flags, byte* address, ref uint addressLength);

    [LibraryImport(Library, EntryPoint = "recvmsg", SetLastError = true)]
    public static partial nint ReceiveMessage(int descriptor, Message* message, int flags);

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(int descriptor, int level, int name, ref int value, ref uint length);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int descriptor, int level, int name, void* value, uint length);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(Watched* watched, nuint count, int milliseconds);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);
}
