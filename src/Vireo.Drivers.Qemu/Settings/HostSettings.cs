using System.Collections.Immutable;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Host;
using Vireo.Host.Processes;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Settings;

/// <summary>What qemu.conf means for a start.</summary>
static class HostSettings
{
    /// <summary>Refuses settings that would need what is not there.</summary>
    internal static void Check(QemuConfig config)
    {
        if (config.LockManager is not ("nop" or LockdConfig.Name))
            throw QemuErrors.Unsupported($"qemu.conf: lock_manager = \"{config.LockManager}\" needs a lock manager that is not there; \"lockd\" and \"nop\" are");
        if (config.SchedCore != "none")
            throw QemuErrors.Unsupported(CoreScheduling.IsAvailable() ? $"qemu.conf: sched_core = \"{config.SchedCore}\" is not offered" : "SCHED_CORE not supported by kernel");
        if (config.SlirpHelper is { Length: > 0 } helper && File.Exists(helper))
            throw QemuErrors.Unsupported($"qemu.conf: slirp_helper = \"{helper}\" is not offered: user networks are QEMU's own, or passt's");
    }

    /// <summary>What the definitions of a binary's machines are completed by.</summary>
    internal static DefinitionContext ContextOf(QemuConfig config, DriverPaths paths, QemuFacts facts) => new()
    {
        Facts = facts,
        HostArch = GuestArchs.Host,
        LibraryFolder = paths.LibDir,
        ChannelFolder = paths.ChannelTargetDir,
        NvramFolder = paths.NvramDir,
        VncAllowsHostAudio = config.Vnc.AllowHostAudio,
        NographicsAllowsHostAudio = config.NographicsAllowHostAudio,
        HostAudio = Environment.GetEnvironmentVariable("QEMU_AUDIO_DRV"),
        SdlAudio = Environment.GetEnvironmentVariable("SDL_AUDIODRIVER"),
    };

    /// <summary>What every plan for a run has: its places, and the host's settings.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="places">The run's folders.</param>
    /// <param name="type">What the run's machine is.</param>
    internal static StartContext ContextOf(QemuKeeper keeper, RunPlaces places, DomainType? type) => Apply(keeper.Config, keeper.Host, new StartContext
    {
        DomainDirectory = places.Folder,
        ShortName = Path.GetFileName(places.Folder)["domain-".Length..],
        Descriptors = new DescriptorNumbers.Counting(),
        MonitorPath = places.MonitorSocket,
        MasterKeyPath = places.MasterKey,
        OfUser = !keeper.Host.Privileged,
        VhostNetUsable = type is DomainType.Kvm && File.Exists("/dev/vhost-net"),
        MemoryBackingDirectory = MemoryBacking(keeper.Config, keeper.Paths),
        Clock = keeper.Time,
        ScsiNode = static lun => Start.HostDevices.HostScsi.NodeOf(lun),
    });

    /// <summary>Where a run's definition gets what a definition leaves open.</summary>
    internal static LivePaths PathsOf(QemuKeeper keeper, RunPlaces places, QemuFacts facts) => new(places.ChannelFolder)
    {
        DomainDirectory = places.Folder,
        Firmwares = () => Start.StartFlow.Firmwares(keeper),
        VariablesDirectory = keeper.Paths.NvramDir,
        HostArch = GuestArchs.Host,
        HostCpu = facts.Arch is "ppc64" or "ppc64le" && GuestArchs.IsNative(facts.Arch) ? keeper.Node.PhysicalCpu : null,
    };

    /// <summary>A start's context with the host's settings.</summary>
    internal static StartContext Apply(QemuConfig config, HostPaths host, StartContext start) => start with
    {
        Sandbox = config.SeccompSandbox switch { 0 => false, _ => true },
        LogTimestamp = config.LogTimestamp,
        Deprecation = config.DeprecationBehavior,
        DumpGuestCore = config.DumpGuestCore,
        ProcessName = config.SetProcessName,
        Hugepages = [.. Hugepages(config)],
        Tls = new ServiceCertificates
        {
            Nbd = Files(config.NbdTls, host, "libvirt-nbd"),
            Vxhs = Files(config.VxhsTls, host, "libvirt-vxhs"),
            Chardev = Files(config.CharacterTls, host, "libvirt-chardev"),
            Backup = Files(config.BackupTls, host, "libvirt-backup"),
        },
        GlusterDebug = config.GlusterDebugLevel,
        VariableTemplates = FirmwarePairs.Of(config),
        HostFips = File.Exists("/proc/sys/crypto/fips_enabled") && File.ReadAllText("/proc/sys/crypto/fips_enabled").StartsWith('1'),
        Graphics = new GraphicsSettings
        {
            VncTlsDirectory = config.Vnc.Tls.Enabled ? Certificates(config.Vnc.Tls, host, "libvirt-vnc") : null,
            VncTlsVerify = config.Vnc.Tls.Verify ?? false,
            VncTlsSecretUuid = config.Vnc.Tls.SecretUuid,
            VncSasl = config.Vnc.Sasl,
            VncSaslDirectory = config.Vnc.SaslDirectory,
            VncPassword = config.Vnc.Password,
            SpiceTlsDirectory = config.Spice.Tls.Enabled ? Certificates(config.Spice.Tls, host, "libvirt-spice") : null,
            SpiceSasl = config.Spice.Sasl,
            SpiceSaslDirectory = config.Spice.SaslDirectory,
            SpicePassword = config.Spice.Password,
        },
    };

    /// <summary>Folders where the memory of a run may be, by the short name of the run.</summary>
    internal static IEnumerable<string> MemoryFolders(QemuConfig config, DriverPaths paths, string run)
    {
        yield return Path.Join(MemoryBacking(config, paths), run);
        foreach (HugepageMount mount in Hugepages(config))
            yield return Path.Join(mount.Folder, "libvirt/qemu", run);
    }

    /// <summary>Where guests' memory is that is a file.</summary>
    internal static string MemoryBacking(QemuConfig config, DriverPaths paths) =>
        config.MemoryBackingDir is { } backing ? Path.Join(backing, "libvirt/qemu") : paths.MemoryBackingDir;

    static IEnumerable<HugepageMount> Hugepages(QemuConfig config) =>
        config.HugetlbfsMounts is { } mounts ? HugepageMounts.Named(mounts) : HugepageMounts.Found();

    /// <summary>The certificates of migrations.</summary>
    internal static TlsFiles MigrationTls(QemuConfig config, HostPaths host) => Files(config.MigrateTls, host, "libvirt-migrate");

    static TlsFiles Files(TlsSettings tls, HostPaths host, string service) => new()
    {
        Directory = Certificates(tls, host, service),
        ByDefault = tls.Enabled,
        Verify = tls.Verify ?? false,
        SecretUuid = tls.SecretUuid,
    };

    static string Certificates(TlsSettings tls, HostPaths host, string service)
    {
        if (tls.Directory is { } written) return written;
        string above = Path.Join(Path.GetDirectoryName(host.EtcDir), "pki"), own = Path.Join(above, service);
        return Directory.Exists(own) ? own : Path.Join(above, "qemu");
    }

    /// <summary>Limits of a guest's process.</summary>
    internal static IReadOnlyList<ResourceLimit> Limits(QemuConfig config)
    {
        var limits = new List<ResourceLimit>();
        if (config.MaxProcesses > 0) limits.Add(new(Resource.Processes, config.MaxProcesses, config.MaxProcesses));
        // The limit is one more than the last descriptor.
        if (config.MaxFiles > 0) limits.Add(new(Resource.Files, config.MaxFiles + 1ul, config.MaxFiles + 1ul));
        limits.Add(new(Resource.Core, config.MaxCore, config.MaxCore));
        return limits;
    }
}
