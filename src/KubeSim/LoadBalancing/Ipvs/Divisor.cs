namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>What weights have in common.</summary>
internal static class Divisor
{
    /// <summary>The greatest common divisor; of a number and 0 the number itself.</summary>
    public static int Greatest(int one, int other)
    {
        while (other != 0)
        {
            (one, other) = (other, one % other);
        }

        return one;
    }
}
