using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Drivers.Qemu.Start.Helpers;
using Vireo.Drivers.Qemu.Start.HostDevices;
using Vireo.Host.Cgroups;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Groups;

/// <summary>Something that a guest may open.</summary>
/// <param name="Rule">What the kernel is told.</param>
/// <param name="Path">The node; null: all of a driver's.</param>
readonly record struct GuestNode(DeviceRule Rule, string? Path);

/// <summary>The devices of the host that a guest may open: those that every QEMU needs, and those of its definition.</summary>
static class GuestNodes
{
    /// <summary>What every guest may open unless qemu.conf has a list of its own (cgroup_device_acl).</summary>
    internal static IReadOnlyList<string> Common { get; } =
        ["/dev/null", "/dev/full", "/dev/zero", "/dev/random", "/dev/urandom", "/dev/ptmx", "/dev/kvm"];

    internal const uint SoundCards = 116;

    /// <summary>Where whoever sends commands of persistent reservations asks for the paths of a disk.</summary>
    internal const string MultipathControl = "/dev/mapper/control";

    /// <summary>The rules for a guest. What is not there needs none; whoever needs it says that it is missing.</summary>
    internal static IReadOnlyList<GuestNode> Of(DomainDef live, QemuConfig config, IEnumerable<HostStep> steps)
    {
        var nodes = new List<GuestNode>();
        void Add(string? path, bool mayWrite = true)
        {
            if (path is not null && DeviceRule.For(path, mayWrite) is { } rule)
                nodes.Add(new(rule, path));
        }

        foreach (string node in config.CgroupDevices ?? Common)
            Add(node);
        nodes.Add(new(DeviceRule.Terminals, null));
        foreach (var allowed in steps.OfType<HostStep.Allow>())
            Add(allowed.Path, !allowed.ReadOnly);
        foreach (string group in LentDevices.Nodes(live))
        {
            Add("/dev/vfio/vfio");
            Add(group);
        }
        Add(live.Os.Nvram?.Path);
        Add(live.Os.Loader?.Path, mayWrite: false);
        foreach (Graphics screen in live.Devices.Graphics)
            Add(RenderNodeOf(screen));
        if (ReservationsHelper.IsWanted(live))
            Add(MultipathControl);
        if (live.LaunchSecurity is LaunchSecurity.OfSev)
            Add("/dev/sev");
        if (!live.Devices.Sounds.IsEmpty && HearsHost(live, config))
            nodes.Add(new(new(IsBlock: false, SoundCards, null, MayWrite: true), null));
        return nodes;
    }

    static bool HearsHost(DomainDef live, QemuConfig config) => live.Devices.Graphics switch
    {
        [] => config.NographicsAllowHostAudio,
        [Graphics.Vnc, ..] => config.Vnc.AllowHostAudio,
        [Graphics.Sdl, ..] => true,
        _ => false,
    };

    /// <summary>The node that draws for a screen; null: it draws by itself.</summary>
    internal static string? RenderNodeOf(Graphics screen) => screen switch
    {
        Graphics.Spice { Gl: { } gl } => gl.RenderNode,
        Graphics.EglHeadless { Gl: { } gl } => gl.RenderNode,
        Graphics.DBus { Gl: { } gl } => gl.RenderNode,
        _ => null,
    };
}
