using KubeSim.Addressing;

namespace KubeSim.Dataplane;

/// <summary>A flow that a machine knows: as its packets come, and as the answers come.</summary>
internal struct ConntrackEntry
{
    public Flow Original;

    /// <summary>The flow of the answers. Without translation the original reversed.</summary>
    public Flow Reply;

    public bool IsReplied;

    /// <summary>Whether its sender still has it open. TCP entries end with that; UDP entries wait for their time-out.</summary>
    public bool IsOpen;

    /// <summary>When it was opened, in ticks of virtual time.</summary>
    public long OpenedAt;

    /// <summary>The first tick at which it is gone unless a packet comes before.</summary>
    public long ExpiresAt;

    /// <summary>Whose balancer placed it; null where none did.</summary>
    public ServicePortState? PlacedBy;

    /// <summary>The Pod that answered when it was opened; null where it was none.</summary>
    public PodAttachment? Server;

    /// <summary>The entry of the next machine that translates the flow; default where there is none.</summary>
    public ConnectionHandle Onward;

    /// <summary>Which of the entries that used the slot, one after another, this is.</summary>
    public uint Generation;

    /// <summary>What <see cref="FlowIndex"/> finds the original by.</summary>
    public uint OriginalHash;

    /// <summary>What <see cref="FlowIndex"/> finds the answers by.</summary>
    public uint ReplyHash;

    /// <summary>The flow as it leaves this machine.</summary>
    public readonly Flow Translated => Reply.Reversed;
}
