using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Security.AppArmor;
using Vireo.Model.Capabilities;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using ProcessLabel = Vireo.Driver.SecurityLabel;

namespace Vireo.Drivers.Qemu.Security.Confinement;

/// <summary>
/// libvirt's model "apparmor": each guest's QEMU runs under a profile of its own, which opens the files of its definition to it. A change of its devices
/// loads the profile anew.
/// </summary>
sealed class AppArmorConfinement(AppArmorHost host, HostPaths paths, QemuConfig config, ProcessHost processes) : GuestConfinement
{
    readonly AppArmorProfiles profiles = new(host, Path.Join(paths.Root ?? host.Root.Path, "etc/apparmor.d/libvirt"), processes);
    readonly AppArmorGuestRules rules = new(paths.Driver("qemu"), config);

    internal override string Model => AppArmorHost.Model;

    internal override HostSecurityModel Shown { get; } = new(AppArmorHost.Model, "0", []);

    internal override SecurityLabel Complete(DomainDef machine, SecurityLabel written)
    {
        if (written.BaseLabel is not null)
            throw QemuErrors.Unsupported("Cannot set a base label with AppArmour");
        if (written.Type is SecurityLabelType.None or SecurityLabelType.Static)
            return written;
        string name = AppArmorProfiles.NameOf(machine.Uuid!.Value);
        return written with { Type = SecurityLabelType.Dynamic, Relabel = written.Relabel ?? true, Label = name, ImageLabel = name };
    }

    private protected override string InWords(string label) => $"exec {label}";

    // Whether a profile is enforced, the kernel says.
    internal override ProcessLabel LabelOf(DomainDef live, int pid)
    {
        string label = Written(live)?.Label ?? "";
        return label.Length > 0 && host.LabelOf(pid) is { } real ? new ProcessLabel(real.Profile, real.IsEnforced) : new ProcessLabel(label, false);
    }

    internal override Task LoadAsync(DomainDef live, RunPlaces places, IEnumerable<HostStep> steps, CancellationToken cancel) =>
        IsOurs(live) ? profiles.LoadAsync(live.Uuid!.Value, rules.Of(live, places, steps), cancel) : Task.CompletedTask;

    internal override Task AdmitAsync(DomainDef live, IEnumerable<GuestDescriptor> passed, CancellationToken cancel)
    {
        if (!IsOurs(live)) return Task.CompletedTask;
        var wanted = new AppArmorRules();
        foreach (GuestDescriptor one in passed)
            if (PathOf(one.Handle) is { } path) wanted.Allow(path, "rw");
        IReadOnlyList<string> known = profiles.RulesOf(live.Uuid!.Value);
        string[] more = [.. wanted.Lines.Where(line => !known.Any(old => old.StartsWith(line[..(line.LastIndexOf('"') + 1)], StringComparison.Ordinal)))];
        return more.Length == 0 ? Task.CompletedTask
            : profiles.LoadAsync(live.Uuid!.Value, [.. known, .. more.Select(static line => line + AppArmorRules.Descriptor)], cancel);
    }

    internal override async Task<Func<Task>?> AddAsync(DomainDef live, Device device, IEnumerable<HostStep> steps, CancellationToken cancel)
    {
        if (!IsOurs(live)) return null;
        IReadOnlyList<string> before = profiles.RulesOf(live.Uuid!.Value);
        string[] more = [.. AppArmorGuestRules.Of(device, steps).Except(before)];
        if (more.Length == 0) return null;
        await profiles.LoadAsync(live.Uuid!.Value, [.. before, .. more], cancel).ConfigureAwait(false);
        return () => profiles.LoadAsync(live.Uuid!.Value, before, CancellationToken.None);
    }

    internal override Task NarrowAsync(DomainDef live, RunPlaces places, IEnumerable<HostStep> steps)
    {
        if (!IsOurs(live)) return Task.CompletedTask;
        IReadOnlyList<string> now = profiles.RulesOf(live.Uuid!.Value);
        string[] wanted = [.. rules.Of(live, places, steps), .. now.Where(static line => line.EndsWith(AppArmorRules.Descriptor, StringComparison.Ordinal))];
        return wanted.Order(StringComparer.Ordinal).SequenceEqual(now.Order(StringComparer.Ordinal)) ? Task.CompletedTask
            : profiles.LoadAsync(live.Uuid!.Value, wanted, CancellationToken.None);
    }

    internal override Task RemoveAsync(DomainDef live) => IsOurs(live) ? profiles.RemoveAsync(live.Uuid!.Value, CancellationToken.None) : Task.CompletedTask;

    // A static profile is whose who wrote it.
    bool IsOurs(DomainDef live) => Written(live) is { Type: SecurityLabelType.Dynamic };

    // Pipes, sockets and files in memory have no path, and the kernel asks for none.
    static string? PathOf(SafeHandle handle) => HostFile.PathOf(handle) is { } path && path.StartsWith('/') && !path.EndsWith(" (deleted)", StringComparison.Ordinal)
        && path is not "/dev/net/tun" and not "/dev/null" ? path : null;
}
