using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Start.Groups;
using Vireo.Host.Cgroups;
using Vireo.Host.Files;
using Vireo.Host.Namespaces;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Namespaces;

/// <summary>What a guest that runs may open: its control group's rules, and its own /dev if it has one.</summary>
sealed class LiveDev(QemuKeeper keeper, LiveQemu live, IPlugGuest guest)
{
    CgroupDevices? Rules => live.Cgroup is { Devices: { } devices } group && group.Whole.Has(CgroupControllers.Devices, out _, out _) ? devices : null;

    /// <summary>Lets it open a path for one of its devices, with the undo of that.</summary>
    internal FlowPart Admit(string name, string path, bool readOnly, Device device) => new(name, _ =>
    {
        if (Rules is not null || path.StartsWith("/dev/", StringComparison.Ordinal))
            HostPreparer.Reach(path);
        if (Rules is { } rules && DeviceRule.For(path, !readOnly) is { } rule)
            rules.Allow(rule);
        if (live.HasOwnDev)
            MountNamespaces.Add(live.Process.Pid, GuestDev.Of(path, OwnerOf(path, device), LabelOf(path, device)));
        return ValueTask.CompletedTask;
    }, () =>
    {
        Dismiss(path, readOnly, device);
        return ValueTask.CompletedTask;
    });

    /// <summary>Takes that back. What another of its devices needs too stays, and so does what every guest may open.</summary>
    internal void Dismiss(string path, bool readOnly, Device device)
    {
        if (DeviceRule.For(path, !readOnly) is not { } rule)
            return;
        DomainDef others = Without(guest.Def, device);
        IReadOnlyList<HostStep> steps = [.. StepsOf(guest, others)];
        if (Rules is { } rules && !GuestNodes.Of(others, keeper.Config, steps).Any(node => SameDevice(node.Rule, rule)))
            rules.Deny(rule);
        if (live.HasOwnDev)
            MountNamespaces.Remove(live.Process.Pid, GuestDev.Of(path, null, null), GuestDev.Of(others, keeper.Config, steps, null));
    }

    /// <summary>What the devices of a definition ask of the host.</summary>
    internal static IEnumerable<HostStep> StepsOf(IPlugGuest guest, DomainDef def) =>
        def.Devices.Where(static d => d.Alias is not null).SelectMany(device => PlugRun.Of(guest, device).Plan.Host);

    static bool SameDevice(DeviceRule one, DeviceRule other) => (one.IsBlock, one.Major, one.Minor) == (other.IsBlock, other.Major, other.Minor);

    Ids? OwnerOf(string path, Device device) => keeper.Security.ImagesOf(guest.Def) is { } ids
        && GuestFiles.Of(Only(guest.Def, device), ids).FirstOrDefault(f => f.Path == path) is { Path: not null } file ? file.Ids : null;

    string? LabelOf(string path, Device device) =>
        keeper.Security.Confinement?.FilesOf(Only(guest.Def, device)).FirstOrDefault(f => f.Path == path).Label;

    /// <summary>A definition with one device alone.</summary>
    internal static DomainDef Only(DomainDef def, Device device) => def with { Devices = new DeviceSet().With(device) };

    /// <summary>A definition without one of its devices, if it has it.</summary>
    internal static DomainDef Without(DomainDef def, Device device) =>
        def.Devices.FirstOrDefault(d => d.Alias == device.Alias && d is not GuestConsole) is { } own ? def with { Devices = def.Devices.Without(own) } : def;
}
