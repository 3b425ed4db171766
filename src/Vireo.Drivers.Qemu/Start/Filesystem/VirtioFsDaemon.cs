using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Filesystem;

/// <summary>virtiofsd: a process beside QEMU for each folder, in the guest's control groups, as root. It ends by itself when QEMU lets go of it.</summary>
static class VirtioFsDaemon
{
    static readonly string[] Places = ["/usr/libexec/virtiofsd", "/usr/lib/qemu/virtiofsd", "/usr/libexec/qemu/virtiofsd"];

    /// <summary>The definition with the program that will serve each folder.</summary>
    internal static DomainDef WithPrograms(DomainDef live) => live with
    {
        Devices = live.Devices with
        {
            Filesystems = live.Devices.Filesystems.Map(static folder => folder is { Driver.Type: FilesystemDriverType.VirtioFs, Source.Socket: null, Binary: null or { Path: null } }
                ? folder with { Binary = (folder.Binary ?? new FilesystemBinary()) with { Path = Array.Find(Places, File.Exists) } }
                : folder),
        },
    };

    internal static async ValueTask StartAsync(StartRun run, HostStep.StartVirtioFs step, CancellationToken cancel)
    {
        if (!run.Keeper.Host.Privileged)
            throw QemuErrors.Unsupported("virtiofs is not yet supported in session mode");
        Model.Domain.Devices.Filesystem folder = step.Folder;
        string program = folder.Binary?.Path ?? throw QemuErrors.Unsupported("Unable to find a satisfying virtiofsd");
        string source = folder.Source?.Directory ?? "";
        if (!Directory.Exists(source))
            throw QemuErrors.Invalid($"the virtiofs export directory '{source}' does not exist");
        File.Delete(step.SocketPath);
        using var socket = UnixSockets.Listen(step.SocketPath, run.Keeper.Security.ConnectionsTo(run.Live));
        run.Keeper.Security.GiveSocket(run.Live, step.SocketPath);
        string logFile = Path.Join(run.Keeper.Paths.LogDir, $"{DriverPaths.RunName(run.Id, run.Definition.Name)}-{folder.Alias}-virtiofsd.log");
        using var log = LogFile.OpenNamed(logFile, append: false);
        IReadOnlyList<string> arguments = Arguments(folder, source, run.Keeper.Config.VirtiofsdDebug);
        run.Log!.Note(run.Keeper.Time.GetUtcNow(), "Starting external device: virtiofsd", program, arguments);
        using var process = await run.Keeper.Processes.StartAsync(new ProcessPlan
        {
            Program = program,
            Arguments = arguments,
            Environment =
            [
                new("LC_ALL", "C"), .. CommandLine.StartContext.DaemonsPath, new("HOME", run.Places.Folder),
            ],
            Descriptors = [new(socket, 3), new(log, 1), new(log, 2)],
            Cgroups = run.Cgroup?.Folders ?? [],
        }, cancel).ConfigureAwait(false);
        HelperPrograms.Note(run, process, PidFileOf(run.Keeper.Paths, run.Id, run.Definition.Name, folder));
    }

    /// <summary>Its arguments; the socket is descriptor 3.</summary>
    internal static IReadOnlyList<string> Arguments(Model.Domain.Devices.Filesystem folder, string source, bool debug)
    {
        FilesystemBinary wishes = folder.Binary ?? new FilesystemBinary();
        var options = new List<string> { "source=" + source.Replace(",", ",,", StringComparison.Ordinal) };
        if (wishes.Cache is { } cache)
            options.Add("cache=" + cache.ToXml());
        if (wishes.Sandbox is { } sandbox)
            options.Add("sandbox=" + sandbox.ToXml());
        void Switch(bool? on, string word)
        {
            if (on is { } set)
                options.Add(set ? word : "no_" + word);
        }
        Switch(wishes.XAttr, "xattr");
        Switch(wishes.FLock, "flock");
        Switch(wishes.PosixLock, "posix_lock");
        var arguments = new List<string> { "--fd=3", "-o", string.Join(',', options) };
        if (wishes.ThreadPoolSize is { } threads)
            arguments.Add($"--thread-pool-size={threads}");
        if (debug)
            arguments.Add("-d");
        return arguments;
    }

    /// <summary>Ends the programs of a run.</summary>
    internal static async ValueTask StopAsync(QemuKeeper keeper, DomainDef live, int id)
    {
        foreach (Model.Domain.Devices.Filesystem folder in live.Devices.Filesystems.AsSpan().ToArray())
        {
            if (folder.Driver?.Type is not FilesystemDriverType.VirtioFs || folder.Source?.Socket is not null)
                continue;
            await HelperPrograms.EndAsync(keeper, PidFileOf(keeper.Paths, id, live.Name, folder), $"source={folder.Source?.Directory}").ConfigureAwait(false);
        }
    }

    static string PidFileOf(DriverPaths paths, int id, string name, Model.Domain.Devices.Filesystem folder) =>
        Path.Join(paths.StateDir, $"{DriverPaths.RunName(id, name)}-{folder.Alias}-fs.pid");
}
