using KubeSim.LoadBalancing;

namespace KubeSim.Tests.Proxy;

/// <summary>What is in a table, as text.</summary>
internal static class TestTables
{
    public static string[] Addresses(BackendSet set)
    {
        var addresses = new string[set.Count];
        for (int i = 0; i < addresses.Length; i++)
        {
            addresses[i] = set[i].Address.ToString();
        }

        return addresses;
    }
}
