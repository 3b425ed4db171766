namespace Vireo.Model.Domain.Devices;

/// <summary>Models of network cards that libvirt knows by name, however they are capitalised; a hypervisor may have more of them.</summary>
public static class CardModels
{
    static readonly string[] known =
    [
        "netfront", "rtl8139", "virtio", "e1000", "e1000e", "virtio-transitional", "virtio-non-transitional", "usb-net", "spapr-vlan", "lan9118",
        "scm91c111", "vlance", "vmxnet", "vmxnet2", "vmxnet3", "Am79C970A", "Am79C973", "82540EM", "82545EM", "82543GC",
    ];

    /// <summary>The usual spelling of a known model; null: it is not known.</summary>
    public static string? Find(string word) => Array.Find(known, model => model.Equals(word, StringComparison.OrdinalIgnoreCase));
}
