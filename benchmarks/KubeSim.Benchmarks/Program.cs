using BenchmarkDotNet.Running;
using KubeSim.Benchmarks.Targets;

if (args is ["targets", .. var rest]) return TargetRun.Main(rest.FirstOrDefault());
if (args is [StartTargets.ChildArgument, var scenario]) return StartTargets.Child(scenario);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
