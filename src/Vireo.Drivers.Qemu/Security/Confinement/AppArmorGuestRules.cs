using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Drivers.Qemu.Start.Groups;
using Vireo.Drivers.Qemu.Start.HostDevices;
using Vireo.Drivers.Qemu.Start.Tpm;
using Vireo.Host;
using Vireo.Hypervisor.Security.AppArmor;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Security.Confinement;

/// <summary>Which files of the host a guest's QEMU opens: the rules of its profile, found in its live definition and in what its devices ask of the host.</summary>
/// <param name="paths">The driver's places.</param>
/// <param name="config">qemu.conf.</param>
sealed class AppArmorGuestRules(DriverPaths paths, QemuConfig config)
{
    const string Subtree = "/{,**}";

    /// <summary>All that a guest needs.</summary>
    /// <param name="live">Its live definition.</param>
    /// <param name="places">Its folders.</param>
    /// <param name="steps">What its devices ask of the host.</param>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: a device is a file that no guest gets.</exception>
    internal IReadOnlyList<string> Of(DomainDef live, RunPlaces places, IEnumerable<HostStep> steps)
    {
        var rules = new AppArmorRules();
        rules.Allow(paths.LogFile(live.Name), "w");
        rules.Allow(places.Folder, "rwk", Subtree);
        rules.Allow(places.ChannelFolder, "rwk", Subtree);
        if (live.Devices.Emulator is { } emulator) rules.Allow(emulator, "rmix");
        foreach (string folder in HostSettings.MemoryFolders(config, paths, DriverPaths.RunName(live.Id ?? -1, live.Name)))
            rules.Allow(folder, "rwk", Subtree);
        foreach (string folder in TlsFolders().OfType<string>().Distinct(StringComparer.Ordinal))
            rules.Allow(folder, "r", Subtree);
        Boot(rules, live.Os);
        foreach (Device device in live.Devices)
            AddDevice(rules, device);
        foreach (Graphics screen in live.Devices.Graphics)
        {
            foreach (string socket in Sockets(screen)) rules.Allow(socket, "rw");
            if (GuestNodes.RenderNodeOf(screen) is { } node) rules.Allow(node, "rw");
        }
        foreach (string group in LentDevices.Nodes(live))
            AddLent(rules, group);
        if (live.Devices.Tpms.Any(static t => t.Backend is TpmBackend.OfEmulator)) Emulator(rules, live);
        if (live.LaunchSecurity is LaunchSecurity.OfSev) rules.Allow("/dev/sev", "rw");
        AddSteps(rules, steps);
        return rules.Lines;
    }

    /// <summary>What one device more needs.</summary>
    internal static IReadOnlyList<string> Of(Device device, IEnumerable<HostStep> steps)
    {
        var rules = new AppArmorRules();
        AddDevice(rules, device);
        if (LentDevices.IsLent(device))
            foreach (string group in LentDevices.Nodes(LentDevices.Alone(device)))
                AddLent(rules, group);
        AddSteps(rules, steps);
        return rules.Lines;
    }

    static void Boot(AppArmorRules rules, OsDef os)
    {
        foreach (string? path in (IEnumerable<string?>)[os.Kernel, os.Initrd, os.DeviceTree, .. os.AcpiTables.Select(static table => table.Path)])
            if (path is { Length: > 0 }) rules.AllowReading(Open(path, readOnly: true), "r");
        if (os.Loader is { Path: { Length: > 0 } loader } code)
        {
            if (code.ReadOnly is false) rules.Allow(Open(loader, readOnly: false), "rwk");
            else rules.AllowReading(Open(loader, readOnly: true), "rk");
        }
        if (os.Nvram?.Path is { Length: > 0 } nvram) rules.Allow(Open(nvram, readOnly: false), "rwk");
    }

    static void AddDevice(AppArmorRules rules, Device device)
    {
        switch (device)
        {
            case Disk disk:
                AddDisk(rules, disk);
                break;
            case CharDevice character:
                AddCharacter(rules, character.Source);
                break;
            case Interface { Source: InterfaceSource.OfVhostUser { Path: { Length: > 0 } socket } }:
                rules.Allow(Open(socket, readOnly: false), "rw");
                break;
            case Rng { Backend: RngBackend.OfEgd { Source: { } egd } }:
                AddCharacter(rules, egd);
                break;
            case Filesystem { Source.Directory: { Length: > 0 } folder } shared when shared.Driver?.Type is not FilesystemDriverType.VirtioFs:
                string open = Open(folder, readOnly: true);
                rules.Allow(open, shared.ReadOnly ? "r" : "rwkl", "/**");
                rules.Allow(open, "r", "/");
                break;
            case SharedMemory memory:
                rules.Allow(memory.Server is { } server ? server.Path ?? $"/var/lib/libvirt/shmem-{memory.Name}-sock" : $"/dev/shm/{memory.Name}", "rw");
                break;
            case Pstore store:
                rules.Allow(Open(store.Path!, readOnly: false), "rwk");
                break;
            case MemoryDevice { Source.Path: { Length: > 0 } module }:
                rules.Allow(Open(module, readOnly: false), "rwk");
                break;
        }
    }

    static void AddDisk(AppArmorRules rules, Disk disk)
    {
        Image(disk.Source, disk.ReadOnly);
        Below(disk.BackingStore);
        if (disk.Mirror is { Source: { } copy } mirror)
        {
            Image(copy, readOnly: false);
            Below(mirror.BackingStore);
        }

        void Image(DiskSource source, bool readOnly)
        {
            if (PathOf(source) is not { } path) return;
            Open(path, readOnly);
            if (source is DiskSource.OfDirectory)
            {
                rules.Allow(path, readOnly ? "r" : "rw", Subtree);
                return;
            }
            if (readOnly) rules.AllowReading(path, "rk");
            else rules.Allow(path, "rwk");
        }

        // Not refused for writing: a commit into it may come.
        void Below(BackingStore? image)
        {
            for (; image is { Source: { } source }; image = image.Next)
                if (PathOf(source) is { } path) rules.Allow(Open(path, readOnly: true), "rk");
        }
    }

    static string? PathOf(DiskSource source) => source switch
    {
        DiskSource.OfFile { FdGroup: null, Path: { Length: > 0 } path } => path,
        DiskSource.OfBlock { Path: { Length: > 0 } path } => path,
        DiskSource.OfDirectory { Path: { Length: > 0 } path } => path,
        DiskSource.OfVhostUser { Path: { Length: > 0 } path } => path,
        _ => null,
    };

    static void AddCharacter(AppArmorRules rules, ChardevSource source)
    {
        switch (source)
        {
            case ChardevSource.OfFile { Path: { Length: > 0 } path }: rules.Allow(Open(path, readOnly: false), "rw"); break;
            case ChardevSource.OfDevice { Path: { Length: > 0 } path }: rules.Allow(Open(path, readOnly: false), "rw"); break;
            case ChardevSource.OfUnix { Path: { Length: > 0 } path }: rules.Allow(Open(path, readOnly: false), "rw"); break;
            case ChardevSource.OfPty { Path: { Length: > 0 } path }: rules.Allow(path, "rw"); break;
            case ChardevSource.OfPipe { Path: { Length: > 0 } path }:
                rules.Allow(Open(path, readOnly: false), "rw");
                rules.Allow(path + ".in", "rw");
                rules.Allow(path + ".out", "rw");
                break;
        }
        if (source.Log?.File is { Length: > 0 } log) rules.Allow(Open(log, readOnly: false), "w");
    }

    static IEnumerable<string> Sockets(Graphics screen)
    {
        IEnumerable<GraphicsListen> listens = screen switch { Graphics.Vnc vnc => vnc.Listens, Graphics.Spice spice => spice.Listens, _ => [] };
        return listens.OfType<GraphicsListen.OfSocket>().Select(static listen => listen.Socket).Append((screen as Graphics.Vnc)?.Socket).OfType<string>();
    }

    static void AddLent(AppArmorRules rules, string group)
    {
        rules.Allow("/dev/vfio/vfio", "rw");
        rules.Allow(group, "rw");
        // What VFIO's functions are like, the kernel tells there.
        rules.Allow("/sys/bus/pci/devices", "r", Subtree);
        rules.Allow("/sys/devices", "r", "/**/{config,vendor,device,class,revision,resource,resource[0-9]*,rom}");
    }

    // The emulator of its TPM runs under the guest's profile.
    void Emulator(AppArmorRules rules, DomainDef live)
    {
        string state = TpmEmulator.StorageOf(paths, live.Uuid!.Value);
        rules.Allow(TpmEmulator.SocketOf(paths, live.Id ?? -1, live.Name), "rw");
        rules.Allow(state, "rwk", Subtree);
        rules.Allow(Path.Join(paths.TpmLogDir, live.Name + "-swtpm.log"), "w");
    }

    static void AddSteps(AppArmorRules rules, IEnumerable<HostStep> steps)
    {
        foreach (HostStep step in steps)
        {
            switch (step)
            {
                case HostStep.Allow allowed: rules.Allow(allowed.Path, allowed.ReadOnly ? "r" : "rw"); break;
                case HostStep.MakeFolder folder: rules.Allow(folder.Path, "rwk", Subtree); break;
                case HostStep.WriteFile file: rules.Allow(file.Path, "r"); break;
                case HostStep.StartVirtioFs folder: rules.Allow(folder.SocketPath, "rw"); break;
                case HostStep.StartPasst card: rules.Allow(card.SocketPath, "rw"); break;
                case DescriptorStep.OpenDevice node: rules.Allow(node.Path, "rw"); break;
                case DescriptorStep.OpenVhostNet: rules.Allow("/dev/vhost-net", "rw"); break;
            }
        }
    }

    IEnumerable<string?> TlsFolders() =>
        new[] { config.DefaultTls, config.CharacterTls, config.NbdTls, config.VxhsTls, config.MigrateTls, config.BackupTls, config.Vnc.Tls, config.Spice.Tls }.Select(static tls => tls.Directory);

    static string Open(string path, bool readOnly) => AppArmorRules.IsClosed(path, readOnly)
        ? throw VireoException.Internal(ErrorDomain.Security, $"cannot load AppArmor profile: '{path}' is the host's own, and no guest gets it{(readOnly ? "" : " for writing")}")
        : path;
}
