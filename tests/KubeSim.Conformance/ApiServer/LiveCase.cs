using KubeSim.ApiServer.Rest;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.ApiServer;

/// <summary>An object sent to a live server, and what it stored or why it refused.</summary>
internal static class LiveCase
{
    public static void Run(CaseNode node)
    {
        node.Skip("name", "source", "liveVersion");
        var findings = new Findings();
        var comparison = new Comparison(findings, new Tokens());
        var server = new ServerUnderTest();
        string[] request = node["request"].Text.Split(' ');
        server.EnsureNamespace(NamespaceOf(request[1]));
        if (node["op"].Text != "create")
        {
            throw node["op"].Wrong("is not known here");
        }

        RestResponse response = server.Send(request[0], request[1], node["object"].Whole);
        Answers.Check(node, response, comparison);
        findings.Check(node["valid"], response.Code < 400, node["valid"].Boolean);
        if (node.Find("stored") is { } stored)
        {
            comparison.Check(stored, response.Body, stored.Whole, "");
        }

        findings.Conclude();
    }

    /// <summary>The namespace of a path; empty where it names none.</summary>
    public static string NamespaceOf(string path)
    {
        string[] parts = path.Split('/');
        int place = Array.IndexOf(parts, "namespaces");
        return place > 0 && place + 2 < parts.Length && parts[place + 2] is not ("status" or "finalize") ? parts[place + 1] : "";
    }
}
