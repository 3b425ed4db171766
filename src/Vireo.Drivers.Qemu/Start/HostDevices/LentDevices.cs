using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.HostDevices;

/// <summary>Devices of the host that a guest has as its own by VFIO: each is one guest's at a time.</summary>
static class LentDevices
{
    /// <summary>A PCI function that a guest has.</summary>
    /// <param name="Address">Where it is.</param>
    /// <param name="IsManaged">It is taken from its driver and given back.</param>
    internal readonly record struct Function(HostPciAddress Address, bool IsManaged);

    static readonly string[] Everywhere = ["/sbin/modprobe", "/usr/sbin/modprobe"];

    /// <summary>The functions of a machine: devices, and controllers of NVMe disks.</summary>
    internal static IReadOnlyList<Function> Functions(DomainDef machine) =>
    [
        .. machine.Devices.Hostdevs.Where(static d => d.Source is HostdevSource.OfPci).Select(static d => new Function(((HostdevSource.OfPci)d.Source).Address, d.Managed is true)),
        .. machine.Devices.Disks.Select(static d => d.Source).OfType<DiskSource.OfNvme>().Where(static s => s.Address is not null)
            .Select(static s => new Function(s.Address!, s.Managed is true)).Distinct(),
    ];

    /// <summary>The nodes that a machine's process opens for them.</summary>
    internal static IEnumerable<string> Nodes(DomainDef machine) => Nodes(machine, HostPci.OfHost(static _ => false));

    /// <summary>The same by another sysfs.</summary>
    internal static IEnumerable<string> Nodes(DomainDef machine, HostPci host) =>
        Functions(machine).Select(static f => "pci/devices/" + HostPci.NameOf(f.Address)).Concat(Mediated(machine).Select(static m => $"mdev/devices/{m.Source.Uuid}"))
            .Select(host.GroupNodeOf).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>The parts of a start that take them.</summary>
    internal static IEnumerable<FlowPart> Take(StartRun run)
    {
        HostPci host = HostPci.OfHost(module => Load(run.Keeper.Processes, module));
        foreach (Function function in Functions(run.Live))
            yield return new FlowPart(HostPci.NameOf(function.Address), _ =>
            {
                if (UserOf(run.Keeper.Machines.All, run.Machine, function.Address) is { } other)
                    throw QemuErrors.Invalid($"PCI device {HostPci.NameOf(function.Address)} is in use by driver QEMU, domain {other}");
                host.Take(function.Address, function.IsManaged, run.Keeper.Config.RelaxedAcsCheck);
                return ValueTask.CompletedTask;
            }, () =>
            {
                if (function.IsManaged) host.GiveBack(function.Address);
                return ValueTask.CompletedTask;
            });
        foreach (var (source, model) in Mediated(run.Live))
            yield return new FlowPart(source.Uuid.ToString(), _ =>
            {
                host.Find(source.Uuid, model);
                if (run.Keeper.Machines.All.FirstOrDefault(other => other != run.Machine && other.Snapshot.Live is { } live
                    && Mediated(live).Any(m => m.Source.Uuid == source.Uuid)) is { } user)
                    throw QemuErrors.Invalid($"mediated device {source.Uuid} is in use by driver QEMU, domain {user.Name}");
                return ValueTask.CompletedTask;
            });
    }

    /// <summary>Gives back those of a run that is over.</summary>
    internal static void GiveBack(DomainDef live)
    {
        HostPci host = HostPci.OfHost(static _ => false);
        foreach (Function function in Functions(live))
            if (function.IsManaged)
                host.GiveBack(function.Address);
    }

    static IEnumerable<(HostdevSource.OfMdev Source, HostdevModel? Model)> Mediated(DomainDef machine) =>
        machine.Devices.Hostdevs.Where(static d => d.Source is HostdevSource.OfMdev).Select(static d => ((HostdevSource.OfMdev)d.Source, d.Model)).ToList();

    static string? UserOf(IEnumerable<QemuMachine> all, QemuMachine own, HostPciAddress at) =>
        all.FirstOrDefault(other => other != own && other.Snapshot.Live is { } live && Functions(live).Any(f => f.Address == at))?.Name;

    // Modules are few and small, and nobody waits for more than this start.
    static bool Load(ProcessHost processes, string module) => Array.Find(Everywhere, File.Exists) is { } program
        && processes.ReadAsync(program, ["-b", module]).GetAwaiter().GetResult() is not null;
}
