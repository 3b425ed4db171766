using System.Security.Cryptography;
using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.EndToEnd.Harness;
using Vireo.Model.Backup;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>
/// A guest that stands still, whose disk of four megabytes is written to from outside through QEMU, beside a model of what is on it: contents are held against
/// the model, since images that QEMU has open need not be whole.
/// </summary>
sealed class BackedGuest(QemuRoot root, string folder, DomainRef guest)
{
    internal const int Megabytes = 4;

    readonly byte[] model = new byte[Megabytes << 20];

    static CancellationToken Test => TestContext.Current.CancellationToken;

    internal QemuRoot Root => root;
    internal DomainRef Ref { get; private set; } = guest;
    internal string Folder => folder;
    internal string Disk => Path.Join(folder, "disk.qcow2");
    internal ICheckpoints Checkpoints => root.Get<ICheckpoints>();
    internal IDomainBackup Backups => root.Get<IDomainBackup>();

    internal static async Task<BackedGuest> StartAsync(string name = "backed")
    {
        var root = await new QemuRoot().StartAsync();
        string folder = Path.Join(root.Paths.Root!, "images");
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        string disk = await Images.MakeAsync(Path.Join(folder, "disk.qcow2"));
        string xml = QemuRoot.Guest(name).Replace("<serial type='pty'/>", $"<disk type='file'><driver name='qemu' type='qcow2'/><source file='{disk}'/><target dev='vda' bus='virtio'/></disk>", StringComparison.Ordinal);
        var backed = new BackedGuest(root, folder, await root.Get<IDomainDefinition>().DefineAsync(xml, default, Test));
        await backed.PowerOnAsync();
        return backed;
    }

    internal async Task PowerOnAsync() => Ref = await root.Get<IDomainPower>().CreateAsync(Ref, DomainCreateFlags.StartPaused, Test);

    internal async Task PowerOffAsync() => await root.Get<IDomainPower>().DestroyAsync(Ref, Test);

    /// <summary>The daemon ends and another takes over.</summary>
    internal async Task RestartAsync()
    {
        await root.StopAsync();
        await root.StartAsync();
    }

    internal async Task KillAsync()
    {
        using var process = root.Processes.Find(root.Pids().Single())!;
        process.Signal(9);
        await process.Exited;
        while ((await root.StateAsync(Ref)).State != DomainState.ShutOff)
            await Task.Delay(10, Test);
    }

    /// <summary>Writes 64 KiB of a number.</summary>
    internal async Task WriteAsync(int number, int megabyte, int part = 0)
    {
        int at = (megabyte << 20) + (part << 16);
        string said = await root.Get<IQemuMonitor>().RunMonitorCommandAsync(Ref, $"qemu-io -d /machine/peripheral/virtio-disk0/virtio-backend \"write -q -P {number} {at} 64k\"", QemuMonitorCommandFlags.Human, Test);
        Assert.True(said.Trim().Length == 0, said);
        model.AsSpan(at, 1 << 16).Fill((byte)number);
    }

    /// <summary>What is on the disk now.</summary>
    internal string Hash => Convert.ToHexString(SHA256.HashData(model));

    internal async Task<string> CheckpointAsync(string name)
    {
        await Checkpoints.CreateCheckpointAsync(Ref, Checkpoint(name), default, Test);
        return name;
    }

    internal static string Checkpoint(string name) => $"<domaincheckpoint><name>{name}</name><disks><disk name='vda' checkpoint='bitmap'/></disks></domaincheckpoint>";

    static string Since(string? since) => since is null ? "" : $"<incremental>{since}</incremental>";

    /// <summary>Has QEMU write a backup, and waits for its end.</summary>
    internal async Task<string> PushAsync(string file, string? since = null, string? checkpoint = null)
    {
        string path = Path.Join(folder, file);
        await Backups.BeginBackupAsync(Ref, $"<domainbackup>{Since(since)}<disks><disk name='vda' type='file'><target file='{path}'/><driver type='qcow2'/></disk></disks></domainbackup>",
            checkpoint is null ? null : Checkpoint(checkpoint), default, Test);
        await EndAsync();
        return path;
    }

    internal string Socket => Path.Join(folder, "nbd.sock");

    internal string Scratch => Path.Join(folder, "scratch");

    internal async Task PullAsync(string? since = null, string? checkpoint = null, DomainBackupBeginFlags flags = default) => await Backups.BeginBackupAsync(Ref,
        $"<domainbackup mode='pull'>{Since(since)}<server transport='unix' socket='{Socket}'/><disks><disk name='vda'><scratch file='{Scratch}'/></disk></disks></domainbackup>",
        checkpoint is null ? null : Checkpoint(checkpoint), flags, Test);

    /// <summary>Makes the file that is written to while a backup is read, which a flag says is there.</summary>
    internal async Task MakeScratchAsync() => await Images.RunAsync("qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", Path.Join(folder, "disk.qcow2"), Scratch);

    internal async Task AbortAsync()
    {
        await root.Get<IDomainJobs>().AbortJobAsync(Ref, default, Test);
        await EndAsync();
    }

    internal async Task<BackupDef?> BackupAsync()
    {
        try
        {
            return BackupDef.Parse(await Backups.GetBackupXmlAsync(Ref, 0, Test));
        }
        catch (VireoException e) when (e.Code is ErrorCode.NoDomainBackup)
        {
            return null;
        }
    }

    /// <summary>Waits until no backup is under way.</summary>
    internal async Task EndAsync()
    {
        while (await BackupAsync() is not null)
            await Task.Delay(10, Test);
    }

    /// <summary>The hash of what is offered.</summary>
    internal async Task<string> ReadAsync()
    {
        string copy = Path.Join(folder, "pulled.raw");
        CommandResult read = await Command.RunAsync(Needs.Program("qemu-img"), ["convert", "-O", "raw", $"nbd+unix:///vda?socket={Socket}", copy]);
        Assert.True(read.ExitCode == 0, read.Error);
        string hash = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(copy, Test)));
        File.Delete(copy);
        return hash;
    }

    /// <summary>The pieces of what is offered that changed, as megabyte and part.</summary>
    internal async Task<string[]> ChangedAsync()
    {
        string options = $$"""json:{"driver":"nbd","export":"vda","server":{"type":"unix","path":"{{Socket}}"},"x-dirty-bitmap":"qemu:dirty-bitmap:backup-vda"}""";
        CommandResult map = await Command.RunAsync(Needs.Program("qemu-img"), ["map", "--output=json", options]);
        Assert.True(map.ExitCode == 0, map.Error);
        using var found = JsonDocument.Parse(map.Output);
        return
        [
            .. found.RootElement.EnumerateArray().Where(static e => !e.GetProperty("data").GetBoolean())
                .SelectMany(static e => Enumerable.Range((int)(e.GetProperty("start").GetInt64() >> 16), (int)(e.GetProperty("length").GetInt64() >> 16)))
                .Select(static piece => $"{piece >> 4}.{piece & 15}"),
        ];
    }

    /// <summary>The hash of a backup with those that it builds on, the first a full one.</summary>
    internal static async Task<string> RestoredAsync(params string[] files)
    {
        for (int i = 1; i < files.Length; i++)
        {
            CommandResult based = await Command.RunAsync(Needs.Program("qemu-img"), ["rebase", "-u", "-f", "qcow2", "-F", "qcow2", "-b", files[i - 1], files[i]]);
            Assert.True(based.ExitCode == 0, based.Error);
        }
        return await Images.HashAsync(files[^1]);
    }

    internal string[] Names => [.. Directory.GetFiles(folder).Select(static f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
}
