using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Test.Domains;

/// <summary>What somebody should know about a domain: what it should not do, and what of its definition will go.</summary>
sealed record DomainNotes(string[] Taints, string[] Deprecations)
{
    /// <summary>A model that exists to be called deprecated.</summary>
    const string DeprecatedModel = "Deprecated-Test";

    /// <summary>Nothing.</summary>
    public static DomainNotes None { get; } = new([], []);

    /// <summary>What a definition gives cause for, in the order of libvirt's list of taints.</summary>
    public static DomainNotes Of(DomainDef def)
    {
        DeviceSet devices = def.Devices;
        bool deprecated = def.Cpu is CpuDef { Model.Name: DeprecatedModel };
        List<string> taints = [];
        if (devices.Disks.Any(disk => disk.RawIo is true) || devices.Hostdevs.Any(device => device.RawIo is true))
            taints.Add("running with undesirable elevated privileges");
        if (devices.Interfaces.Any(card => card.Script is not null))
            taints.Add("network configuration using opaque shell scripts");
        if (devices.Disks.Any(disk => disk is { Kind: DiskKind.CdRom, Source: DiskSource.OfBlock { Path: not null } }))
            taints.Add("use of host cdrom passthrough");
        if (def.Os.DeviceTree is not null)
            taints.Add("custom device tree blob used");
        if (deprecated)
            taints.Add("use of deprecated configuration settings");
        return taints.Count is 0 ? None : new([.. taints.Select(taint => "tainted: " + taint)],
            deprecated ? [$"deprecated configuration: CPU model {DeprecatedModel}"] : []);
    }
}
