using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Drivers.Qemu.Start.Filesystem;
using Vireo.Drivers.Qemu.Start.Helpers;
using Vireo.Drivers.Qemu.Start.HostDevices;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Drivers.Qemu.Start.Screens;
using Vireo.Drivers.Qemu.Start.Tpm;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>Carries out host steps: each becomes a part of the start flow with its undo.</summary>
static class HostPreparer
{
    /// <summary>A step that ends in a descriptor for QEMU.</summary>
    internal static FlowPart Open(StartRun run, CommandLine.PassedDescriptor wanted) => new(
        $"{NameOf(wanted.Step)}-{wanted.Number}",
        async cancel => run.Passed.Add(new(await AuditedAsync(run, wanted.Step, cancel).ConfigureAwait(false), wanted.Number)),
        () =>
        {
            run.ClosePassed(wanted.Number);
            if (wanted.Step is DescriptorStep.OpenMacvtap { Queue: 0, Name: { } name } tap)
                MacvtapDevices.Remove(name, tap.Device, tap.Mode, run.Keeper.Paths);
            return wanted.Step is DescriptorStep.ListenUnix socket ? Remove(socket.Path) : ValueTask.CompletedTask;
        });

    /// <summary>A step that only has to be done.</summary>
    internal static FlowPart Prepare(StartRun run, HostStep step, int number) => new(
        $"{NameOf(step)}-{number}",
        cancel => step switch
        {
            HostStep.StartTpm tpm => TpmEmulator.StartAsync(run, tpm, cancel),
            HostStep.StartVirtioFs folder => VirtioFsDaemon.StartAsync(run, folder, cancel),
            HostStep.StartBus => BusDaemon.StartAsync(run, cancel),
            HostStep.StartPasst card => Passt.StartAsync(run, card, cancel),
            HostStep.StartVhostUserGpu gpu => GpuPrograms.StartAsync(run, gpu.Card, cancel),
            HostStep.StartReservations => ReservationsHelper.StartAsync(run, cancel),
            _ => Prepare(run, step),
        },
        step switch
        {
            HostStep.StartTpm => () => TpmEmulator.StopAsync(run.Keeper, run.Live, run.Id),
            HostStep.StartVirtioFs => () => VirtioFsDaemon.StopAsync(run.Keeper, run.Live, run.Id),
            HostStep.StartBus => () => BusDaemon.StopAsync(run.Keeper, run.Live, run.Id),
            HostStep.StartPasst card => () => Passt.StopAsync(run.Keeper, run.Id, run.Definition.Name, card.Card.Alias!),
            HostStep.StartVhostUserGpu => () => GpuPrograms.StopAsync(run.Keeper, run.Live, run.Id),
            HostStep.StartReservations => () => ReservationsHelper.StopAsync(run.Keeper, run.Places.Folder),
            HostStep.MakeFolder folder => () => RemoveFolder(folder.Path),
            _ => null,
        });

    /// <summary>What undoes the preparations of a guest that a daemon before us started.</summary>
    internal static IReadOnlyList<Func<ValueTask>> ReleasesOf(QemuKeeper keeper, QemuMachine machine, DomainDef live, int id) =>
    [
        () => NetworkCards.UnplugAsync(keeper, live),
        () => CardSwitches.UnplugAsync(keeper, machine),
        () => CardFilters.UnbindAsync(keeper, live),
        () => TpmEmulator.StopAsync(keeper, live, id),
        () => VirtioFsDaemon.StopAsync(keeper, live, id),
        () => BusDaemon.StopAsync(keeper, live, id),
        () =>
        {
            LentDevices.GiveBack(keeper, live);
            return ValueTask.CompletedTask;
        },
        () => Passt.StopAsync(keeper, live, id),
        () => GpuPrograms.StopAsync(keeper, live, id),
        () => ReservationsHelper.StopAsync(keeper, keeper.Paths.RunFolder(id, live.Name)),
        .. HostSettings.MemoryFolders(keeper.Config, keeper.Paths, DriverPaths.RunName(id, live.Name)).Select(static folder => (Func<ValueTask>)(() => RemoveFolder(folder))),
        () =>
        {
            MacvtapDevices.RemoveAll(live, keeper.Paths);
            return ValueTask.CompletedTask;
        },
        .. live.Devices.OfType<CharDevice>().Select(static device => device.Source).OfType<ChardevSource.OfUnix>()
            .Where(static socket => socket is { Mode: ChardevMode.Bind, Path: not null })
            .Select(static socket => (Func<ValueTask>)(() => Remove(socket.Path!))),
    ];

    /// <summary>Takes away what the host has of one device, be it still there or not.</summary>
    internal static void ReleaseOne(QemuKeeper keeper, Device device)
    {
        if (device is CharDevice { Source: ChardevSource.OfUnix { Mode: ChardevMode.Bind, Path: { } path } })
            Delete(path);
        if (device is Interface { Source: InterfaceSource.OfDirect direct, Target.Device: { } name })
            MacvtapDevices.Remove(name, direct.Device, NetworkBackend.Mode(direct.Mode), keeper.Paths);
    }

    static async ValueTask<SafeFileHandle> AuditedAsync(StartRun run, DescriptorStep step, CancellationToken cancel)
    {
        if (step is DescriptorStep.ConnectGpu gpu)
            return GpuPrograms.Take(run, gpu.Alias);
        if (step is DescriptorStep.TakeGiven given)
            return run.Keeper.GivenFiles.Take(run.Machine, given.Group, given.Number);
        if (step is not DescriptorStep.OpenTap { Queue: 0 } tap)
            return Open(step, run);
        bool done = false;
        try
        {
            var opened = BridgeHelper.Makes(run.Keeper, tap) ? await BridgeHelper.OpenAsync(run, tap, cancel).ConfigureAwait(false) : Open(step, run);
            done = true;
            return opened;
        }
        finally
        {
            run.Audit.NetworkNode(tap.Mac, TapDevices.Node, done);
        }
    }

    static SafeFileHandle Open(DescriptorStep step, StartRun run) =>
        Open(step, run.Keeper.Paths, run.Keeper.Security.SocketsOf(run.Live), (path, append) => run.Log!.OpenConsole(run.Machine, path, append));

    /// <summary>Opens what QEMU gets.</summary>
    /// <param name="step">What.</param>
    /// <param name="paths">The driver's places.</param>
    /// <param name="sockets">Labels sockets.</param>
    /// <param name="file">Opens a file that QEMU writes to, at its end or from its beginning.</param>
    internal static SafeFileHandle Open(DescriptorStep step, DriverPaths paths, UnixSockets.Labelling? sockets, Func<string, bool, SafeFileHandle> file)
    {
        switch (step)
        {
            case DescriptorStep.ListenUnix socket:
                return UnixSockets.Listen(socket.Path, sockets);
            case DescriptorStep.OpenFile written:
                return file(written.Path, written.Append);
            case DescriptorStep.OpenDevice device:
                return OpenNode(device.Path, (errno, node) => device.Use switch
                {
                    NodeUse.Vsock => QemuErrors.Unsupported("unable to open vhost-vsock device"),
                    NodeUse.Vdpa => VireoException.System(ErrorDomain.Qemu, errno, $"Unable to open '{node}' for vdpa device"),
                    NodeUse.Tpm => VireoException.System(ErrorDomain.Qemu, errno, $"Could not open TPM device {node}"),
                    NodeUse.TpmCancel => VireoException.System(ErrorDomain.Qemu, errno, $"Could not open TPM device's cancel path {node}"),
                    _ => NotOpened(errno, node),
                });
            case DescriptorStep.OpenVhostNet:
                return OpenNode("/dev/vhost-net", NotOpened);
            case DescriptorStep.OpenTap tap:
                return TapDevices.Open(tap);
            case DescriptorStep.OpenMacvtap tap:
                return MacvtapDevices.Open(tap, paths);
            default:
                throw QemuErrors.Unsupported($"host preparation {NameOf(step)} is not offered by this driver");
        }
    }

    static ValueTask RemoveFolder(string path)
    {
        RunFolders.Delete(path);
        return ValueTask.CompletedTask;
    }

    static ValueTask Prepare(StartRun run, HostStep step)
    {
        switch (step)
        {
            case HostStep.Allow:
                break;  // nodes belong to the groups, labels have steps of their own
            case HostStep.MakeFolder folder:
                StateFolders.MakeFor(folder.Path, run.Keeper.Security.ProcessOf(run.Live));
                run.Keeper.Security.Confinement?.LabelOwn(run.Live, folder.Path);
                break;
            case HostStep.WriteFile file:
                AtomicFile.Write(file.Path, file.Text, 0x180, durable: false);
                run.Keeper.Security.GiveOwn(run.Live, file.Path);
                break;
            case HostStep.SeedNvram nvram when !File.Exists(nvram.Path):
                if (nvram.Template is not { } template)
                    throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, $"unable to find any master var store for loader: {nvram.Loader}");
                AtomicFile.MakeFolder(Path.GetDirectoryName(nvram.Path)!);
                AtomicFile.Copy(template, nvram.Path);
                break;
            case HostStep.MakeFile file when !File.Exists(file.Path):
                AtomicFile.MakeFolder(Path.GetDirectoryName(file.Path)!);
                AtomicFile.Write(file.Path, "", 0x180);
                break;
            case HostStep.SeedNvram or HostStep.MakeFile:
                break;
            case HostStep.TakePci or HostStep.TakeMediated:
                break;  // they were lent before the guest's groups were made
            default:
                throw QemuErrors.Unsupported($"host preparation {NameOf(step)} is not offered by this driver");
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>What a guest is let at must be there: said before QEMU runs, as libvirt does where control groups have lists of devices.</summary>
    internal static void Reach(string path)
    {
        if (FileOwner.Find(path, out int errno) is null && errno is not 13)     // 13: root may be kept from a folder that the guest's user may use
            throw VireoException.System(ErrorDomain.Cgroup, errno, $"Path '{path}' is not accessible");
    }

    static SafeFileHandle OpenNode(string path, Func<int, string, VireoException> refusal)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw refusal(e is UnauthorizedAccessException ? 13 : e is FileNotFoundException or DirectoryNotFoundException ? 2 : 5, path);
        }
    }

    static VireoException NotOpened(int errno, string path) => VireoException.System(ErrorDomain.Qemu, errno, $"Unable to open '{path}'");

    static ValueTask Remove(string path)
    {
        Delete(path);
        return ValueTask.CompletedTask;
    }

    static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone with its folder.
        }
    }

    /// <summary>The name of a step, as tests and messages have it.</summary>
    internal static string NameOf(HostStep step) => step switch
    {
        HostStep.Allow => "allow",
        HostStep.MakeFolder => "folder",
        HostStep.StartTpm => "tpm",
        HostStep.SeedNvram => "nvram",
        HostStep.StartVirtioFs => "virtiofs",
        HostStep.StartBus => "bus",
        HostStep.WriteFile => "write",
        HostStep.MakeFile => "make",
        HostStep.TakePci => "pci",
        HostStep.TakeMediated => "mdev",
        HostStep.StartPasst => "passt",
        HostStep.StartVhostUserGpu => "gpu",
        HostStep.StartReservations => "reservations",
        DescriptorStep.ConnectGpu => "gpu",
        DescriptorStep.TakeGiven => "given",
        DescriptorStep.ListenUnix => "socket",
        DescriptorStep.OpenFile => "file",
        DescriptorStep.OpenTap => "tap",
        DescriptorStep.OpenMacvtap => "macvtap",
        DescriptorStep.OpenVhostNet => "vhost-net",
        DescriptorStep.OpenDevice => "device",
        _ => "step",
    };
}
