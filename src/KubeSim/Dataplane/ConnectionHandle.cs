namespace KubeSim.Dataplane;

/// <summary>Names an open connection at the machine where it starts. The default value names none.</summary>
/// <param name="Conntrack">That machine's table of connections.</param>
/// <param name="Slot">The entry.</param>
/// <param name="Generation">Which of the entries that used the slot, one after another, is meant.</param>
internal readonly record struct ConnectionHandle(Conntrack? Conntrack, int Slot, uint Generation);
