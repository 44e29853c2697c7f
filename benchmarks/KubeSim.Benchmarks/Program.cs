using BenchmarkDotNet.Running;
using KubeSim.Benchmarks.Targets;

if (args is ["targets", .. var rest]) return TargetRun.Run(rest.FirstOrDefault());
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
