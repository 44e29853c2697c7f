namespace KubeSim.Dns;

/// <summary>Whose resolver looks names up.</summary>
internal enum CLibrary
{
    /// <summary>glibc 2.36, of Debian and most other images.</summary>
    Glibc,

    /// <summary>musl 1.2.3, of Alpine images.</summary>
    Musl,
}
