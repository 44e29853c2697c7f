using System.Globalization;
using System.Numerics;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer.Allocation;
using KubeSim.Conformance.Reading;
using KubeSim.Simulation;

namespace KubeSim.Conformance.ApiServer;

/// <summary>How ranges of ClusterIPs and node ports are divided: one test for each example.</summary>
internal static class BandChecks
{
    public static IEnumerable<CaseRun> CasesOf(CaseNode node, JsonValue file)
    {
        foreach (string kind in node.Keys.Where(key => key is not "notes"))
        {
            for (int i = 0; i < node[kind]["examples"].Items.Count; i++)
            {
                CaseNode example = node[kind]["examples"].Items[i];
                string range = (example.Find("cidr") ?? example["range"]).Text;
                JsonValue value = file[kind]!["examples"]!.Items[i];
                yield return kind switch
                {
                    "clusterIP" => new($"band of {range}", value, ClusterIPs),
                    "nodePort" => new($"band of {range}", value, NodePorts),
                    _ => throw node[kind].Wrong("is no known range"),
                };
            }
        }
    }

    private static void ClusterIPs(CaseNode example)
    {
        var findings = new Findings();
        var block = Cidr.Parse(example["cidr"].Text);
        var range = new ClusterIPRange(block, new DeterministicRandom(1));
        string size = example["size"].Scalar;
        findings.Check(example["size"], size.StartsWith("2^", StringComparison.Ordinal) ? BigInteger.Pow(2, int.Parse(size[2..], CultureInfo.InvariantCulture)) : BigInteger.Parse(size, CultureInfo.InvariantCulture),
            BigInteger.Pow(2, block.First.BitLength - block.PrefixLength));
        long offset = ClusterIPRange.StaticBand(block.Count);
        findings.Check(example["offset"], offset, example["offset"].Number);
        IpAddress first = IpAddress.Parse(example["firstAllocatable"].Text);
        IpAddress last = IpAddress.Parse(example["lastAllocatable"].Text);
        findings.Check(example["firstAllocatable"], range.Take(first) ?? "taken", "taken");
        findings.Check(example["firstAllocatable"], range.Take(block.First) is null, false, "the network address is given");
        findings.Check(example["lastAllocatable"], range.Take(last) ?? "taken", "taken");
        range.Release(first);
        range.Release(last);
        CheckBand(findings, example["staticBand"], range, block, 1, offset);
        CheckBand(findings, example["dynamicBand"], range, block, offset + 1, null);
        bool isDynamic = range.TryTakeAny(out IpAddress any) && block.IndexOf(any) > offset;
        findings.Check(example["dynamicBand"], isDynamic, true, "any address comes from the dynamic band");
        findings.Conclude();
    }

    private static void CheckBand(Findings findings, CaseNode band, ClusterIPRange range, Cidr block, long first, long? last)
    {
        if (band.IsNull)
        {
            findings.Check(band, last, 0);
            return;
        }

        findings.Check(band, block[first].ToString(), band.Items[0].Text);
        if (last is { } end)
        {
            findings.Check(band, block[end].ToString(), band.Items[1].Text);
        }
        else
        {
            findings.Check(band, range.Take(IpAddress.Parse(band.Items[1].Text)) ?? "taken", "taken");
            range.Release(IpAddress.Parse(band.Items[1].Text));
        }
    }

    private static void NodePorts(CaseNode example)
    {
        var findings = new Findings();
        int[] ends = [.. example["range"].Text.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
        var range = new NodePortRange(ends[0], ends[1], new DeterministicRandom(1));
        long size = ends[1] - ends[0] + 1;
        findings.Check(example["size"], size, example["size"].Number);
        long offset = NodePortRange.StaticBand(size);
        findings.Check(example["offset"], offset, example["offset"].Number);
        findings.Check(example["staticBand"], offset == 0, example["staticBand"].IsNull);
        if (offset > 0)
        {
            findings.CheckList(example["staticBand"], [Text(ends[0]), Text(ends[0] + offset - 1)], example["staticBand"].Items.Select(port => port.Scalar));
        }

        findings.CheckList(example["dynamicBand"], [Text(ends[0] + offset), Text(ends[1])], example["dynamicBand"].Items.Select(port => port.Scalar));
        for (long i = offset; i < size; i++)
        {
            findings.Check(example["dynamicBand"], range.TryTakeAny(out int port) && port >= ends[0] + offset, true, "the dynamic band comes first");
        }

        findings.Check(example["staticBand"], range.TryTakeAny(out _), offset > 0, "the static band comes last");
        findings.Conclude();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
