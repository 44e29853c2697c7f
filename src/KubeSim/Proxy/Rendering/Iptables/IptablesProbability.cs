using System.Globalization;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>The chance of <c>-m statistic --mode random</c> as kube-proxy writes it and as the kernel keeps it, in whole numbers.</summary>
internal static class IptablesProbability
{
    /// <summary>What kube-proxy's ten decimals count in.</summary>
    private const long Ten = 10_000_000_000;

    /// <summary>What the kernel counts in.</summary>
    private const long Kernel = 1L << 31;

    /// <summary>1 of so many, with ten decimals: <c>0.3333333333</c>.</summary>
    /// <source>kubernetes v1.36, pkg/proxy/iptables/proxier.go: computeProbability</source>
    public static string Written(uint remaining)
    {
        long parts = Rounded(Ten, remaining);
        return string.Create(CultureInfo.InvariantCulture, $"{parts / Ten}.{parts % Ten:D10}");
    }

    /// <summary>The same after the kernel has kept it as a fraction of 2^31, with eleven decimals: <c>0.33333333349</c>.</summary>
    /// <source>iptables 1.8, extensions/libxt_statistic.c</source>
    public static string Saved(uint remaining)
    {
        Int128 kept = Rounded((Int128)Rounded(Ten, remaining) * Kernel, Ten);
        Int128 shown = Rounded(kept * Ten * 10, Kernel);
        return string.Create(CultureInfo.InvariantCulture, $"{(long)(shown / (Ten * 10))}.{(long)(shown % (Ten * 10)):D11}");
    }

    private static long Rounded(Int128 number, Int128 divisor)
    {
        Int128 quotient = number / divisor;
        Int128 twice = (number - (quotient * divisor)) * 2;
        return (long)(twice > divisor || (twice == divisor && quotient % 2 != 0) ? quotient + 1 : quotient);
    }
}
