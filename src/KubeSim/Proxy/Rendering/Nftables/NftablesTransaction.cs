using System.Text;
using KubeSim.Simulation;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>
/// One input of <c>nft -f -</c>: the text that kube-proxy writes, and what it does to the table. What is rendered is always
/// valid, so it takes effect line by line.
/// </summary>
internal sealed class NftablesTransaction(NftablesTable table)
{
    private readonly StringBuilder _text = new();

    /// <summary>How many operations, one a line.</summary>
    public int Operations { get; private set; }

    /// <summary>What nft is given; empty where nothing is to be done, which kube-proxy hands to nft nonetheless.</summary>
    public string Text => _text.ToString();

    public override string ToString() => Text;

    public void AddTable(string comment)
    {
        table.Make(comment);
        Operations++;
        _text.Append("add table ").Append(table.Family).Append(" kube-proxy { comment \"").Append(comment).Append("\" ; }\n");
    }

    public void AddChain(string name, NftablesHook? hook = null, string? comment = null)
    {
        table.AddChain(name, hook, comment);
        string? declaration = NftablesChain.Declare(hook, comment);
        Begin("add chain ", name);
        _text.Append(declaration is null ? "" : $" {{ {declaration} ; }}").Append('\n');
    }

    public void FlushChain(string name)
    {
        Chain(name).Rules.Clear();
        Line("flush chain ", name);
    }

    public void DeleteChain(string name)
    {
        table.RemoveChain(name);
        Line("delete chain ", name);
    }

    public void AddRule(string chain, NftablesText text, string? comment = null)
    {
        var rule = new NftablesRule(text, comment);
        Chain(chain).Rules.Add(rule);
        Begin("add rule ", chain);
        _text.Append(' ').Append(rule.Input).Append('\n');
    }

    public void AddSet(string name, string type, string? comment = null, TimeSpan? timeout = null)
    {
        NftablesSet set = table.AddSet(name, type, comment, timeout);
        Begin(set.IsMap ? "add map " : "add set ", name);
        _text.Append(" { ").Append(set.Declaration).Append(" ; }\n");
    }

    public void FlushSet(string name)
    {
        Set(name).Clear();
        Line("flush set ", name);
    }

    public void DeleteSet(string name)
    {
        table.RemoveSet(name);
        Line("delete set ", name);
    }

    public void AddElement(string set, NftablesElement element)
    {
        Set(set).Add(element);
        Begin("add element ", set);
        _text.Append(" { ").Append(element.ToString()).Append(" }\n");
    }

    public void DeleteElement(string set, string key)
    {
        Set(set).Remove(key);
        Begin("delete element ", set);
        _text.Append(" { ").Append(key).Append(" }\n");
    }

    private NftablesChain Chain(string name)
    {
        NftablesChain? chain = table.FindChain(name);
        Invariant.Hold(chain is not null, "a chain is there before it is used");
        return chain;
    }

    private NftablesSet Set(string name)
    {
        NftablesSet? set = table.FindSet(name);
        Invariant.Hold(set is not null, "a set is there before it is used");
        return set;
    }

    private void Begin(string operation, string name)
    {
        Operations++;
        _text.Append(operation).Append(table.Family).Append(" kube-proxy ").Append(name);
    }

    private void Line(string operation, string name)
    {
        Begin(operation, name);
        _text.Append('\n');
    }
}
