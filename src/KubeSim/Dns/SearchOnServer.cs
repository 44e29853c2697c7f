namespace KubeSim.Dns;

/// <summary>
/// Walks a Pod's search list in the Pod's stead: a question under the first element of the list is tried under each, and the client gets the first
/// answer that is not NXDOMAIN, behind an alias from the name that it asked for.
/// </summary>
/// <source>coredns plugin/autopath, autopath.go and cname.go; plugin/kubernetes/autopath.go</source>
internal sealed class SearchOnServer(PodRecords pods, string clusterDomain, INameServer server)
{
    /// <summary>The answer; null where the question is none to search for.</summary>
    public DnsResponse? Query(in DnsQuestion question)
    {
        if (question.Client is null || pods.Find(question.Client) is not { } pod)
        {
            return null;
        }

        string first = $"{pod.Namespace}.svc.{clusterDomain}";
        string name = question.Name;
        if (name.Length == first.Length || !DnsName.IsIn(name, first))
        {
            return null;
        }

        string asked = name[..^(first.Length + 1)];
        DnsResponse reply = server.Query(name, question.Type);
        if (IsAnswer(reply))
        {
            return reply;
        }

        foreach (string search in (ReadOnlySpan<string>)[$".svc.{clusterDomain}", $".{clusterDomain}", ""])
        {
            DnsResponse found = server.Query(asked + search, question.Type);
            if (IsAnswer(found))
            {
                return WithAlias(name, found);
            }
        }

        return reply;
    }

    private static bool IsAnswer(in DnsResponse response) => response.Code == DnsResponseCode.NoError;

    private static DnsResponse WithAlias(string name, in DnsResponse found) => found.Answer.IsEmpty ? found
        : found with { Answer = [DnsRecord.ForName(name, DnsRecordType.CNAME, found.Answer[0].Ttl, found.Answer[0].Name), .. found.Answer] };
}
