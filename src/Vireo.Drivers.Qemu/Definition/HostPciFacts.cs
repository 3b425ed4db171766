namespace Vireo.Drivers.Qemu.Definition;

/// <summary>What addresses depend on of a PCI device of the host that goes to a guest.</summary>
/// <param name="IommuGroup">The devices that can only be given away together; null: the host has no IOMMU.</param>
/// <param name="IsExpress">It is a PCI Express device.</param>
public sealed record HostPciFacts(int? IommuGroup, bool IsExpress);
