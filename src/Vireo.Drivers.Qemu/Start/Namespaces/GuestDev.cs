using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Drivers.Qemu.Start.Groups;
using Vireo.Host.Files;
using Vireo.Host.Namespaces;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Namespaces;

/// <summary>The /dev that a guest has for itself: what every guest has, and what its definition names, which is its own there and untouched on the host.</summary>
static class GuestDev
{
    /// <summary>What a guest has when it starts.</summary>
    internal static PrivateDev Of(StartRun run) =>
        Of(run.Live, run.Keeper.Config, run.Line.Host, run.Keeper.Security);

    /// <summary>All that the devices of a definition need.</summary>
    /// <param name="live">The definition.</param>
    /// <param name="config">What every guest has.</param>
    /// <param name="steps">What its devices ask of the host.</param>
    /// <param name="security">Whose its files are, and what they are called; null: they stay as they are.</param>
    internal static PrivateDev Of(DomainDef live, QemuConfig config, IReadOnlyList<HostStep> steps, QemuSecurity? security)
    {
        var dev = new PrivateDev(DevMounts.Here());
        Dictionary<string, Ids> owners = security?.ImagesOf(live) is { } whose ? GuestFiles.Of(live, whose).ToDictionary(static f => f.Path, static f => f.Ids, StringComparer.Ordinal) : [];
        Dictionary<string, string?> labels = (security?.Confinement?.FilesOf(live) ?? []).ToDictionary(static f => f.Path, static f => f.Label, StringComparer.Ordinal);
        foreach (string path in Paths(live, config, steps).Distinct(StringComparer.Ordinal))
            dev.Add(path, owners.TryGetValue(path, out Ids own) ? own : null, labels.GetValueOrDefault(path));
        return dev;
    }

    /// <summary>What one path needs.</summary>
    internal static PrivateDev Of(string path, Ids? owner, string? label)
    {
        var dev = new PrivateDev(DevMounts.Here());
        dev.Add(path, owner, label);
        return dev;
    }

    static IEnumerable<string> Paths(DomainDef live, QemuConfig config, IReadOnlyList<HostStep> steps) =>
        GuestNodes.Of(live, config, steps).Select(static node => node.Path).OfType<string>()
            .Concat(steps.OfType<HostStep.Allow>().Select(static step => step.Path).Where(static path => path.StartsWith("/dev/", StringComparison.Ordinal)))
            .Concat(live.Devices.OfType<CharDevice>().Select(static device => device.Source).OfType<ChardevSource.OfUnix>()
                .Where(static socket => socket.Mode is not ChardevMode.Bind).Select(static socket => socket.Path).OfType<string>()
                .Where(static path => path.StartsWith("/dev/", StringComparison.Ordinal)));
}

/// <summary>The files of a guest that are given to it on the host: not the nodes that it has in a /dev of its own.</summary>
/// <param name="owned">It has one.</param>
sealed class HostFiles(bool owned)
{
    readonly PrivateDev? dev = owned ? new PrivateDev(DevMounts.Here()) : null;

    /// <summary>It is given on the host.</summary>
    internal bool Has(string path) => dev?.Holds(path) is not true;
}
