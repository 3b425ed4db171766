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

namespace Vireo.Drivers.Qemu.Security.Confinement;

/// <summary>
/// libvirt's model "apparmor": each guest's QEMU runs under a profile of its own, which opens the files of its definition to it. A change of its devices
/// loads the profile anew.
/// </summary>
sealed class AppArmorConfinement(AppArmorHost host, HostPaths paths, QemuConfig config, ProcessHost processes)
{
    readonly AppArmorProfiles profiles = new(host, Path.Join(paths.Root ?? host.Root.Path, "etc/apparmor.d/libvirt"), processes);
    readonly AppArmorGuestRules rules = new(paths.Driver("qemu"), config);

    /// <summary>How the host's capabilities show it.</summary>
    internal static HostSecurityModel Shown { get; } = new(AppArmorHost.Model, "0", []);

    /// <summary>A guest's label of this model, complete.</summary>
    /// <exception cref="VireoException">VIR_ERR_CONFIG_UNSUPPORTED: it asks for what the model does not have.</exception>
    internal static SecurityLabel Complete(DomainDef machine, SecurityLabel written)
    {
        if (written.BaseLabel is not null)
            throw QemuErrors.Unsupported("Cannot set a base label with AppArmour");
        if (written.Type is SecurityLabelType.None or SecurityLabelType.Static)
            return written;
        string name = AppArmorProfiles.NameOf(machine.Uuid!.Value);
        return written with { Type = SecurityLabelType.Dynamic, Relabel = written.Relabel ?? true, Label = name, ImageLabel = name };
    }

    /// <summary>What the kernel is told of a guest's process before it becomes QEMU; null: it is not confined.</summary>
    internal static string? OfProcess(DomainDef live) => Written(live) is { Type: not SecurityLabelType.None, Label: { } label } ? $"exec {label}" : null;

    /// <summary>What a process runs under.</summary>
    internal AppArmorLabel? LabelOf(int pid) => host.LabelOf(pid);

    /// <summary>Gives the kernel the profile of a guest that starts.</summary>
    internal Task LoadAsync(DomainDef live, RunPlaces places, IEnumerable<HostStep> steps, CancellationToken cancel) =>
        IsOurs(live) ? profiles.LoadAsync(live.Uuid!.Value, rules.Of(live, places, steps), cancel) : Task.CompletedTask;

    /// <summary>Lets a guest use files that it gets as descriptors.</summary>
    internal Task AdmitAsync(DomainDef live, IEnumerable<SafeHandle> passed, CancellationToken cancel)
    {
        if (!IsOurs(live)) return Task.CompletedTask;
        var wanted = new AppArmorRules();
        foreach (SafeHandle handle in passed)
            if (PathOf(handle) is { } path) wanted.Allow(path, "rw");
        IReadOnlyList<string> known = profiles.RulesOf(live.Uuid!.Value);
        string[] more = [.. wanted.Lines.Where(line => !known.Any(old => old.StartsWith(line[..(line.LastIndexOf('"') + 1)], StringComparison.Ordinal)))];
        return more.Length == 0 ? Task.CompletedTask
            : profiles.LoadAsync(live.Uuid!.Value, [.. known, .. more.Select(static line => line + AppArmorRules.Descriptor)], cancel);
    }

    /// <summary>Lets a guest use what one more device needs.</summary>
    /// <returns>The rules as they were before; null: nothing changed.</returns>
    internal async Task<IReadOnlyList<string>?> AddAsync(DomainDef live, Device device, IEnumerable<HostStep> steps, CancellationToken cancel)
    {
        if (!IsOurs(live)) return null;
        IReadOnlyList<string> before = profiles.RulesOf(live.Uuid!.Value);
        string[] more = [.. AppArmorGuestRules.Of(device, steps).Except(before)];
        if (more.Length == 0) return null;
        await profiles.LoadAsync(live.Uuid!.Value, [.. before, .. more], cancel).ConfigureAwait(false);
        return before;
    }

    /// <summary>Makes a guest's rules those from before again.</summary>
    internal Task RestoreAsync(DomainDef live, IReadOnlyList<string> before) => profiles.LoadAsync(live.Uuid!.Value, before, CancellationToken.None);

    /// <summary>Lets a guest use no more than its definition and the descriptors that it has.</summary>
    internal Task NarrowAsync(DomainDef live, RunPlaces places, IEnumerable<HostStep> steps)
    {
        if (!IsOurs(live)) return Task.CompletedTask;
        IReadOnlyList<string> now = profiles.RulesOf(live.Uuid!.Value);
        string[] wanted = [.. rules.Of(live, places, steps), .. now.Where(static line => line.EndsWith(AppArmorRules.Descriptor, StringComparison.Ordinal))];
        return wanted.Order(StringComparer.Ordinal).SequenceEqual(now.Order(StringComparer.Ordinal)) ? Task.CompletedTask
            : profiles.LoadAsync(live.Uuid!.Value, wanted, CancellationToken.None);
    }

    /// <summary>Takes the profile of a guest that is gone.</summary>
    internal Task RemoveAsync(DomainDef live) => IsOurs(live) ? profiles.RemoveAsync(live.Uuid!.Value, CancellationToken.None) : Task.CompletedTask;

    // A static profile is whose who wrote it.
    static bool IsOurs(DomainDef live) => Written(live) is { Type: SecurityLabelType.Dynamic };

    static SecurityLabel? Written(DomainDef live) => live.SecurityLabels.FirstOrDefault(static label => label.Model == AppArmorHost.Model);

    // Pipes, sockets and files in memory have no path, and the kernel asks for none.
    static string? PathOf(SafeHandle handle) => HostFile.PathOf(handle) is { } path && path.StartsWith('/') && !path.EndsWith(" (deleted)", StringComparison.Ordinal)
        && path is not "/dev/net/tun" and not "/dev/null" ? path : null;
}
