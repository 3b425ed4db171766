using Vireo.Host.Processes;

namespace Vireo.Drivers.Qemu.Start.Leases;

/// <summary>
/// What block devices are called on every host that has them. Asked with libvirt's own questions, so that its hosts and ours give a lease the same name.
/// </summary>
/// <param name="read">Runs a program and gives what it prints; null: it failed, or is not there.</param>
sealed class DiskIds(Func<string, IReadOnlyList<string>, CancellationToken, Task<string?>> read)
{
    /// <summary>Asks this host's programs.</summary>
    internal static DiskIds Of(ProcessHost processes) => new(async (name, arguments, cancel) =>
        (File.Exists(name) ? name : ProgramOutput.Find(name)) is { } program ? await processes.ReadAsync(program, arguments, cancel).ConfigureAwait(false) : null);

    /// <summary>The uuid of a volume of LVM; null: it is none.</summary>
    internal async ValueTask<string?> VolumeAsync(string path, CancellationToken cancel) =>
        Name(await read("lvs", ["--noheadings", "--unbuffered", "--nosuffix", "--options", "uuid", path], cancel).ConfigureAwait(false));

    /// <summary>The id of a SCSI unit; null: it is none.</summary>
    internal async ValueTask<string?> UnitAsync(string path, CancellationToken cancel) =>
        Name(await read("/lib/udev/scsi_id", ["--replace-whitespace", "--whitelisted", "--device", path], cancel).ConfigureAwait(false));

    // Blanks behind the id belong to libvirt's name of the lease.
    static string? Name(string? said) => said?.TrimStart(' ').Split('\n')[0] is { Length: > 0 } name ? name : null;
}
