using Vireo.Core.Config;
using Vireo.Core.Errors;

namespace Vireo.Drivers.Qemu.Settings;

/// <summary>Reads qemu.conf.</summary>
public static class QemuConfigReader
{
    /// <summary>Reads the file of a daemon; one that is not there sets nothing.</summary>
    public static QemuConfig Load(string path) => From(File.Exists(path) ? ConfFile.Load(path) : ConfFile.Empty(path));

    /// <summary>The settings of a file.</summary>
    /// <exception cref="VireoException">All mistakes that are in it, with their lines.</exception>
    public static QemuConfig From(ConfFile file)
    {
        var conf = new ConfReader(file);
        QemuConfig config = Read(file, conf);
        conf.ThrowIfWrong();
        CheckRange(file, "remote_display_port", 5900, config.DisplayPortMin, config.DisplayPortMax);
        CheckRange(file, "remote_websocket_port", 5700, config.WebSocketPortMin, config.WebSocketPortMax);
        CheckRange(file, "migration_port", 1, config.MigrationPortMin, config.MigrationPortMax);
        if (conf.Bool("allow_disk_format_probing", false))
            throw Wrong(file, "allow_disk_format_probing is no longer supported: it let guests choose the format of their images");
        return config with { Unknown = [.. conf.Unknown], Written = [.. file.Keys] };
    }

    // A range of one port is refused as libvirt refuses it.
    static void CheckRange(ConfFile file, string key, int least, int min, int max)
    {
        if (min < least) throw Wrong(file, $"{key}_min: port must be greater than or equal to {least}");
        if (max > 65535 || max < min) throw Wrong(file, $"{key}_max: port must be between the minimal port {min} and 65535");
        if (max == min) throw Wrong(file, $"{key}_max: start port {min} must be less than end port {max}");
    }

    static VireoException Wrong(ConfFile file, string what) => new(ErrorCode.ConfSyntax, ErrorDomain.Conf, $"{file.Name}: {what}");

    static QemuConfig Read(ConfFile file, ConfReader conf)
    {
        var none = new QemuConfig();
        TlsSettings tls = new()
        {
            Directory = conf.String("default_tls_x509_cert_dir"),
            Verify = conf.Bool("default_tls_x509_verify"),
            SecretUuid = conf.String("default_tls_x509_secret_uuid"),
        };
        _ = conf.Bool("clear_emulator_capabilities");
        _ = conf.Bool("allow_disk_format_probing");
        return Limits(file, conf, Paths(conf, none with
        {
            DefaultTls = tls,
            Vnc = Screen(conf, "vnc", tls) with { AllowHostAudio = conf.Bool("vnc_allow_host_audio", false) },
            Spice = Screen(conf, "spice", tls),
            CharacterTls = Tls(conf, "chardev_tls", tls, on: true, verify: true, secret: true),
            VxhsTls = Tls(conf, "vxhs_tls", tls, on: true, verify: false, secret: true),
            NbdTls = Tls(conf, "nbd_tls", tls, on: true, verify: false, secret: true),
            MigrateTls = Tls(conf, "migrate_tls", tls, on: false, verify: true, secret: true),
            BackupTls = Tls(conf, "backup_tls", tls, on: false, verify: true, secret: true),
            MigrateTlsForce = conf.Bool("migrate_tls_force", false),
            NographicsAllowHostAudio = conf.Bool("nographics_allow_host_audio", false),
            DisplayPortMin = conf.UInt("remote_display_port_min", none.DisplayPortMin),
            DisplayPortMax = conf.UInt("remote_display_port_max", none.DisplayPortMax),
            WebSocketPortMin = conf.UInt("remote_websocket_port_min", none.WebSocketPortMin),
            WebSocketPortMax = conf.UInt("remote_websocket_port_max", none.WebSocketPortMax),
            SecurityDrivers = conf.List("security_driver", orOne: true),
            SecurityDefaultConfined = conf.Bool("security_default_confined", true),
            SecurityRequireConfined = conf.Bool("security_require_confined", false),
            User = conf.String("user"),
            Group = conf.String("group"),
            DynamicOwnership = conf.Bool("dynamic_ownership"),
            RememberOwner = conf.Bool("remember_owner"),
            CgroupControllers = conf.List("cgroup_controllers"),
            CgroupDevices = conf.List("cgroup_device_acl"),
        }, none));
    }

    static QemuConfig Paths(ConfReader conf, QemuConfig config, QemuConfig none) => config with
    {
        SaveImageFormat = conf.OneOf("save_image_format", Formats) ?? none.SaveImageFormat,
        DumpImageFormat = conf.OneOf("dump_image_format", Formats) ?? none.DumpImageFormat,
        SnapshotImageFormat = conf.OneOf("snapshot_image_format", Formats) ?? none.SnapshotImageFormat,
        AutoDumpPath = conf.String("auto_dump_path"),
        AutoDumpBypassCache = conf.Bool("auto_dump_bypass_cache", false),
        AutoStartBypassCache = conf.Bool("auto_start_bypass_cache", false),
        HugetlbfsMounts = conf.List("hugetlbfs_mount", orOne: true),
        BridgeHelper = conf.String("bridge_helper"),
        PrHelper = conf.String("pr_helper"),
        SlirpHelper = conf.String("slirp_helper"),
        DbusDaemon = conf.String("dbus_daemon"),
        Nvram = conf.List("nvram"),
        MemoryBackingDir = conf.String("memory_backing_dir"),
        SwtpmUser = conf.String("swtpm_user"),
        SwtpmGroup = conf.String("swtpm_group"),
        Namespaces = conf.List("namespaces"),
        StdioHandler = conf.OneOf("stdio_handler", "logd", "file") ?? none.StdioHandler,
        LockManager = conf.String("lock_manager") ?? none.LockManager,
        CapabilityFilters = conf.List("capability_filters") ?? [],
        DeprecationBehavior = conf.OneOf("deprecation_behavior", "none", "omit", "reject", "crash") ?? none.DeprecationBehavior,
        SchedCore = conf.OneOf("sched_core", "none", "vcpus", "emulator", "full") ?? none.SchedCore,
    };

    static QemuConfig Limits(ConfFile file, ConfReader conf, QemuConfig config) => config with
    {
        SetProcessName = conf.Bool("set_process_name", false),
        MaxProcesses = (uint)conf.UInt("max_processes", 0),
        MaxFiles = (uint)conf.UInt("max_files", 0),
        MaxThreadsPerProcess = (uint)conf.UInt("max_threads_per_process", 0),
        MaxCore = MaxCore(file, conf),
        DumpGuestCore = conf.Bool("dump_guest_core", false),
        MacFilter = conf.Bool("mac_filter", false),
        RelaxedAcsCheck = conf.Bool("relaxed_acs_check", false),
        MaxQueued = conf.UInt("max_queued", 0),
        KeepaliveInterval = conf.Int("keepalive_interval", config.KeepaliveInterval),
        KeepaliveCount = conf.UInt("keepalive_count", config.KeepaliveCount),
        SeccompSandbox = conf.Int("seccomp_sandbox", -1),
        MigrationAddress = conf.String("migration_address"),
        MigrationHost = conf.String("migration_host"),
        MigrationPortMin = conf.UInt("migration_port_min", config.MigrationPortMin),
        MigrationPortMax = conf.UInt("migration_port_max", config.MigrationPortMax),
        LogTimestamp = conf.Bool("log_timestamp", true),
        GlusterDebugLevel = conf.UInt("gluster_debug_level", config.GlusterDebugLevel),
        VirtiofsdDebug = conf.Bool("virtiofsd_debug", false),
    };

    static readonly string[] Formats = ["raw", "gzip", "bzip2", "xz", "lzop"];

    // A number of bytes, or the word "unlimited".
    static ulong MaxCore(ConfFile file, ConfReader conf) => file.Find("max_core") switch
    {
        null => 0,
        { Text: "unlimited" } => conf.String("max_core") is null ? 0 : ulong.MaxValue,
        { Number: >= 0 and var bytes } => Seen(conf, (ulong)bytes),
        { } value => throw file.Wrong(value, "expected a number or \"unlimited\" for 'max_core' parameter"),
    };

    static ulong Seen(ConfReader conf, ulong value)
    {
        conf.Accept("max_core");
        return value;
    }

    static ScreenSettings Screen(ConfReader conf, string kind, TlsSettings tls) => new()
    {
        Listen = conf.String(kind + "_listen") ?? "127.0.0.1",
        AutoUnixSocket = conf.Bool(kind + "_auto_unix_socket", false),
        Tls = Tls(conf, kind + "_tls", tls, on: true, verify: kind == "vnc", secret: kind == "vnc"),
        Password = conf.String(kind + "_password"),
        Sasl = conf.Bool(kind + "_sasl", false),
        SaslDirectory = conf.String(kind + "_sasl_dir"),
    };

    static TlsSettings Tls(ConfReader conf, string key, TlsSettings otherwise, bool on, bool verify, bool secret) => new()
    {
        Enabled = on && conf.Bool(key, false),
        Directory = conf.String(key + "_x509_cert_dir") ?? otherwise.Directory,
        Verify = verify ? conf.Bool(key + "_x509_verify") ?? otherwise.Verify : otherwise.Verify,
        SecretUuid = secret ? conf.String(key + "_x509_secret_uuid") ?? otherwise.SecretUuid : otherwise.SecretUuid,
    };
}
