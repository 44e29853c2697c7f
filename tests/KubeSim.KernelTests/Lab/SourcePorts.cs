namespace KubeSim.KernelTests.Lab;

/// <summary>A source port for each probe, so that the kernel takes none for a packet of a flow that it knows. Servers and node ports lie below.</summary>
internal static class SourcePorts
{
    private const int First = 33_000;

    private static int _next = First;

    public static ushort Next()
    {
        _next = _next == ushort.MaxValue ? First : _next + 1;
        return (ushort)_next;
    }
}
