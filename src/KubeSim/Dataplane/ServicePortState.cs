namespace KubeSim.Dataplane;

internal sealed class ServicePortState;
