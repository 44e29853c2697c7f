using System.Runtime.CompilerServices;
using BenchmarkDotNet.Running;
using KubeSim.Benchmarks;
using KubeSim.Benchmarks.Targets;

return args switch
{
    [Program.DoNothing] => 0,
    [Program.ConnectOnce] => FirstConnection.Make().Length > 0 ? 0 : 1,
    ["targets", .. var rest] => TargetRun.Run(rest.FirstOrDefault()),
    _ => Program.RunBenchmarks(args),
};

/// <summary>Benchmarks, or <c>targets [filter]</c>; the other two arguments are for the child processes that a target measures.</summary>
internal static partial class Program
{
    public const string DoNothing = "nothing";
    public const string ConnectOnce = "first-connection";

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int RunBenchmarks(string[] args)
    {
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    }
}
