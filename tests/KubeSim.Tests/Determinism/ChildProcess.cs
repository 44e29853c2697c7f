using System.Diagnostics;

namespace KubeSim.Tests.Determinism;

/// <summary>The scenarios in a process of their own, with another culture and another time zone.</summary>
internal static class ChildProcess
{
    public static string Run(string culture, string timeZone, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(ChildProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = culture + ".UTF-8";
        start.Environment["TZ"] = timeZone;
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd().ReplaceLineEndings("\n");
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"The child process ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}");
    }
}
