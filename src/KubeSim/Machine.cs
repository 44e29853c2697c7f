using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.Kubelet;
using KubeSim.Proxy;

namespace KubeSim;

/// <summary>A node's place in the network and the two agents on it.</summary>
internal sealed record Machine(NetworkNode Node, KubeletAgent Kubelet, KubeProxy Proxy, EquatableArray<Cidr> PodCidrs);
