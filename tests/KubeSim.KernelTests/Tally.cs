using System.Globalization;

namespace KubeSim.KernelTests;

/// <summary>How much was compared.</summary>
internal sealed class Tally
{
    public int Clusters { get; set; }

    public int Probes { get; set; }

    public int Differences { get; set; }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Kernel: {Clusters} rule sets, {Probes} probes, {Differences} differences.");
}
