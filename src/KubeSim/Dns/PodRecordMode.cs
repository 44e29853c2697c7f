namespace KubeSim.Dns;

/// <summary>Which names under <c>pod.cluster.local</c> have an address: the option <c>pods</c> of CoreDNS.</summary>
internal enum PodRecordMode
{
    /// <summary>None.</summary>
    Disabled,

    /// <summary>Every name that spells an address, whether a Pod has it or not; kubeadm's choice.</summary>
    Insecure,

    /// <summary>Names that spell the address of a Pod in that namespace.</summary>
    Verified,
}
