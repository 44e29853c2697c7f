namespace KubeSim.Benchmarks.Targets;

/// <summary>Thread processor time per operation: after warm-up the minimum of several repetitions, those of all subjects interleaved in one run.</summary>
internal static class Measure
{
    private const int Repetitions = 15;
    private const int WarmUps = 5;

    /// <summary>A subject and how many operations one call of it is.</summary>
    public readonly record struct Subject(Action Run, int Operations);

    /// <summary>Nanoseconds per operation of each subject, in their order.</summary>
    public static double[] Nanoseconds(params ReadOnlySpan<Subject> subjects)
    {
        double[] least = new double[subjects.Length];
        Array.Fill(least, double.MaxValue);
        for (int repetition = -WarmUps; repetition < Repetitions; repetition++)
        {
            for (int i = 0; i < subjects.Length; i++)
            {
                double start = ThreadTime.Now();
                subjects[i].Run();
                double perOperation = (ThreadTime.Now() - start) / subjects[i].Operations;
                if (repetition >= 0) least[i] = Math.Min(least[i], perOperation);
            }
        }

        return least;
    }

    /// <summary>Bytes that one call of a subject allocates per operation, after warm-up.</summary>
    public static double Bytes(Subject subject)
    {
        subject.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        subject.Run();
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / subject.Operations;
    }
}
