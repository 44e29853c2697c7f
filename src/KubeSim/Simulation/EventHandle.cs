namespace KubeSim.Simulation;

/// <summary>Names one scheduled event so that it can be cancelled. The default value names none.</summary>
/// <param name="Slot">Where the event is kept.</param>
/// <param name="Generation">Which of the events that used the slot, one after another, is meant; 0 is never used.</param>
internal readonly record struct EventHandle(int Slot, uint Generation);
