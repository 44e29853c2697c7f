using System.Diagnostics;
using System.Runtime.InteropServices;

namespace KubeSim.Benchmarks.Targets;

/// <summary>The time this thread has had on a processor; where the system does not say, the time that has passed.</summary>
internal static partial class ThreadTime
{
    private const int ThreadProcessorClock = 3;
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Nanoseconds since an arbitrary start.</summary>
    public static double Now()
    {
        if (OperatingSystem.IsLinux() && clock_gettime(ThreadProcessorClock, out TimeSpec time) == 0)
            return (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds;
        return Stopwatch.GetTimestamp() * NanosecondsPerSecond / Stopwatch.Frequency;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int clock_gettime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
