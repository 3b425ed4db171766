using Vireo.Core.Errors;
using Vireo.Host.Processes;

namespace Vireo.Drivers.Storage.Programs;

/// <summary>The programs that make and show storage.</summary>
/// <param name="processes">Starts them.</param>
/// <param name="find">Where a program is; null: where libvirt looks.</param>
sealed class StoragePrograms(ProcessHost processes, Func<string, string?>? find)
{
    /// <summary>Where Debian's libvirt has them; messages show it. Others are where PATH says.</summary>
    static readonly Dictionary<string, string> usual = new()
    {
        ["mount"] = "/bin/mount", ["umount"] = "/bin/umount", ["mkfs"] = "/sbin/mkfs", ["parted"] = "/sbin/parted", ["showmount"] = "/sbin/showmount",
        ["dmsetup"] = "/sbin/dmsetup", ["blkid"] = "/sbin/blkid", ["iscsiadm"] = "/usr/bin/iscsiadm", ["scsi_id"] = "/lib/udev/scsi_id", ["udevadm"] = "/bin/udevadm",
        ["pvcreate"] = "/sbin/pvcreate", ["pvremove"] = "/sbin/pvremove", ["pvs"] = "/sbin/pvs", ["vgcreate"] = "/sbin/vgcreate",
        ["vgremove"] = "/sbin/vgremove", ["vgchange"] = "/sbin/vgchange", ["vgs"] = "/sbin/vgs", ["vgscan"] = "/sbin/vgscan",
        ["lvcreate"] = "/sbin/lvcreate", ["lvremove"] = "/sbin/lvremove", ["lvs"] = "/sbin/lvs", ["lvchange"] = "/sbin/lvchange",
    };

    /// <summary>The file of a program; null: it is not installed.</summary>
    public string? Find(string program) => find is not null ? find(program)
        : usual.TryGetValue(program, out string? place) && File.Exists(place) ? place : ProgramOutput.Find(program);

    /// <summary>The file of a program.</summary>
    /// <exception cref="VireoException">It is not installed.</exception>
    public string Get(string program) => Find(program) ?? throw StorageErrors.SystemAnywhere(2, $"Cannot find '{program}' in path");

    /// <summary>Runs one to its end, whatever that is.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">What it is told.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="umask">What others may not do with its files.</param>
    /// <param name="isBrief">It takes a moment, and may go on where the daemon ends: its start, which is then most of it, is quicker.</param>
    public Task<FinishedProgram> TryAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancel, int? umask = null, bool isBrief = false) => processes.FinishAsync(
        new ProcessPlan
        {
            Program = Get(program),
            Arguments = arguments,
            Environment = [new("LC_ALL", "C"), new("PATH", Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin")],
            DiesWithDaemon = !isBrief,
            Umask = umask,
        }, cancel: cancel);

    /// <summary>Runs one, which must succeed.</summary>
    public async Task<FinishedProgram> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancel, int? umask = null, bool isBrief = false) =>
        (await TryAsync(program, arguments, cancel, umask, isBrief).ConfigureAwait(false)).Checked();

    /// <summary>Runs a command line whose first word is the program.</summary>
    public Task<FinishedProgram> RunAsync(IReadOnlyList<string> line, CancellationToken cancel) => RunAsync(line[0], [.. line.Skip(1)], cancel);
}
