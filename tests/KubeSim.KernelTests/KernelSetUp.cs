using System.Globalization;
using KubeSim.KernelTests.Kernel;
using KubeSim.KernelTests.Lab;

namespace KubeSim.KernelTests;

/// <summary>
/// Builds the lab once. Where the kernel or its tools are missing, all tests are skipped with one sentence; with
/// <c>KUBESIM_KERNEL=required</c> that is a failure.
/// </summary>
[SetUpFixture]
public sealed class KernelSetUp
{
    private const string Variable = "KUBESIM_KERNEL";

    private static readonly string[] Programs = ["ip", "nft", "iptables-restore", "ip6tables-restore"];

    private static NodeLab? _lab;

    internal static NodeLab Lab => _lab ?? throw new InvalidOperationException("There is no lab.");

    internal static Prober Prober { get; private set; } = null!;

    /// <summary>What was compared, for the last line.</summary>
    internal static Tally Tally { get; } = new();

    [OneTimeSetUp]
    public void BuildTheLab()
    {
        if (WhatIsMissing() is not { } missing)
        {
            Prober = new Prober(Lab);
            return;
        }

        string sentence = $"KubeSim's rules cannot be tried on a real kernel here: {missing}.";
        if (Environment.GetEnvironmentVariable(Variable) == "required")
        {
            Assert.Fail(sentence);
        }

        Assert.Ignore(sentence);
    }

    [OneTimeTearDown]
    public void TakeTheLabDown()
    {
        TestContext.Progress.WriteLine(Tally);
        Prober?.Dispose();
        _lab?.Dispose();
    }

    private static string? WhatIsMissing()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "this is not Linux";
        }

        string[] missing = [.. Programs.Where(program => Tools.Find(program) is null)];
        if (missing.Length > 0)
        {
            return $"{string.Join(", ", missing)} cannot be found (Debian's packages are iproute2, nftables and iptables)";
        }

        try
        {
            _lab = new NodeLab();
            NodeRules.Try(_lab);
            return null;
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            _lab?.Dispose();
            _lab = null;
            string first = wrong.Message.Split('\n')[0].TrimEnd('.');
            return string.Create(CultureInfo.InvariantCulture, $"{first} (it needs root, or unshare --user --map-root-user --net --mount)");
        }
    }
}
