namespace KubeSim.KernelTests.Kernel;

/// <summary>The programs that set a kernel up; they often lie where only root looks.</summary>
internal static class Tools
{
    private static readonly string[] Administration = ["/usr/sbin", "/sbin", "/usr/local/sbin"];

    /// <summary>Where a program is; null where there is none.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(Administration).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
