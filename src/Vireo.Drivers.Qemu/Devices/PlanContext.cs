using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>
/// What a planner may know beside its device: the machine with aliases and addresses assigned, the binary, the start. Cold and
/// hot differ only in <paramref name="pass"/>, which turns a descriptor to be opened into the text QEMU knows it by (a number at
/// start, a name on a running monitor).
/// </summary>
/// <param name="machine">The live definition.</param>
/// <param name="facts">What the binary can do.</param>
/// <param name="start">Paths and settings.</param>
/// <param name="pass">Has QEMU get what a step opens.</param>
/// <param name="firstSet">The number of the first new set of descriptors; null: 0, as at start.</param>
public sealed class PlanContext(DomainDef machine, QemuFacts facts, StartContext start, Func<DescriptorStep, string> pass, int? firstSet = null)
{
    int? descriptorSets;

    readonly Lazy<DescriptorSets> imageDescriptors = new(() => DescriptorSets.Of(machine, firstSet ?? 0));
    readonly Lazy<BootIndexes> boot = new(() => BootIndexes.Of(machine));

    /// <summary>The live definition.</summary>
    public DomainDef Machine { get; } = machine;

    /// <summary>The machine's family.</summary>
    public MachineType MachineType { get; } = MachineType.OfDefinition(machine);

    /// <summary>What the binary can do.</summary>
    public QemuFacts Facts { get; } = facts;

    /// <summary>Paths and settings.</summary>
    public StartContext Start { get; } = start;

    /// <summary>Has QEMU get what a step opens.</summary>
    public string Pass(DescriptorStep step) => pass(step);

    /// <summary>The number of the next set of descriptors.</summary>
    public int NextDescriptorSet()
    {
        int next = descriptorSets ?? (firstSet ?? 0) + ImageDescriptors.Count;
        descriptorSets = next + 1;
        return next;
    }

    /// <summary>The sets of descriptors that images are opened through.</summary>
    internal DescriptorSets ImageDescriptors => imageDescriptors.Value;

    /// <summary>When the firmware tries a device.</summary>
    public uint? BootIndex(Device device) => boot.Value.Find(device);

    /// <summary>The name of a virtio device on the bus of its address, such as virtio-rng-pci.</summary>
    public string Virtio(string name, Device device, VirtioModel model = VirtioModel.Plain)
    {
        string suffix = device.Address switch
        {
            DeviceAddress.Ccw => "-ccw",
            DeviceAddress.VirtioMmio => "-device",
            _ => "-pci",
        };
        if (suffix != "-pci" || model is VirtioModel.Plain || !Facts.Has(QemuFlag.VirtioPciNonTransitional))
            return name + suffix;
        return name + (model is VirtioModel.Transitional ? "-pci-transitional" : "-pci-non-transitional");
    }

    /// <summary>The options every virtio device has; on binaries without models of their own also what makes the model.</summary>
    public QemuProperties VirtioOptions(IVirtioOptions? options, VirtioModel model = VirtioModel.Plain)
    {
        var properties = new QemuProperties();
        if (model is not VirtioModel.Plain && !Facts.Has(QemuFlag.VirtioPciNonTransitional))
        {
            properties["disable-legacy"] = model is VirtioModel.Transitional ? "off" : "on";
            properties["disable-modern"] = model is VirtioModel.Transitional ? false : null;
        }
        properties["iommu_platform"] = options?.Iommu;
        properties["ats"] = options?.Ats;
        properties["packed"] = options?.Packed;
        properties["page-per-vq"] = options?.PagePerVq;
        return properties;
    }

    /// <summary>The audio back end of an id, or the first.</summary>
    /// <exception cref="VireoException">The machine has none: sound is to be the host's, and nobody says how.</exception>
    public string AudioOf(uint? id)
    {
        id ??= Machine.Devices.Audios.IsEmpty ? null : Machine.Devices.Audios[0].Id;
        return id is null ? throw VireoException.Internal(ErrorDomain.None, "unable to find audio backend for sound device") : $"audio{id}";
    }

    /// <summary>Where the device sits, as bus and addr.</summary>
    public QemuProperties Address(Device device) => AddressProperties.Of(device, Machine, MachineType);
}

/// <summary>Which generations of virtio a PCI device speaks.</summary>
public enum VirtioModel
{
    /// <summary>What the slot makes of it.</summary>
    Plain,

    /// <summary>Both.</summary>
    Transitional,

    /// <summary>The new one only.</summary>
    NonTransitional,
}
