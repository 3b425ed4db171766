using Vireo.Core.Config;

namespace Vireo.Drivers.Qemu.Settings;

/// <summary>qemu.conf: every key of libvirt 9.0.0, with its default. What each does here is in <see cref="QemuConfigKeys"/>.</summary>
public sealed record QemuConfig
{
#pragma warning disable CS1591 // the keys are libvirt's; QemuConfigKeys says what they do
    public TlsSettings DefaultTls { get; init; } = new();
    public ScreenSettings Vnc { get; init; } = new();
    public ScreenSettings Spice { get; init; } = new();
    public TlsSettings CharacterTls { get; init; } = new();
    public TlsSettings VxhsTls { get; init; } = new();
    public TlsSettings NbdTls { get; init; } = new();
    public TlsSettings MigrateTls { get; init; } = new();
    public TlsSettings BackupTls { get; init; } = new();
    public bool MigrateTlsForce { get; init; }
    public bool NographicsAllowHostAudio { get; init; }
    public int DisplayPortMin { get; init; } = 5900;
    public int DisplayPortMax { get; init; } = 65535;
    public int WebSocketPortMin { get; init; } = 5700;
    public int WebSocketPortMax { get; init; } = 65535;

    /// <summary>Null: what the host has, and dac for the system's daemon.</summary>
    public IReadOnlyList<string>? SecurityDrivers { get; init; }
    public bool SecurityDefaultConfined { get; init; } = true;
    public bool SecurityRequireConfined { get; init; }
    public string? User { get; init; }
    public string? Group { get; init; }
    public bool? DynamicOwnership { get; init; }
    public bool? RememberOwner { get; init; }
    public IReadOnlyList<string>? CgroupControllers { get; init; }
    public IReadOnlyList<string>? CgroupDevices { get; init; }
    public string SaveImageFormat { get; init; } = "raw";
    public string DumpImageFormat { get; init; } = "raw";
    public string SnapshotImageFormat { get; init; } = "raw";
    public string? AutoDumpPath { get; init; }
    public bool AutoDumpBypassCache { get; init; }
    public bool AutoStartBypassCache { get; init; }
    public IReadOnlyList<string>? HugetlbfsMounts { get; init; }
    public string? BridgeHelper { get; init; }
    public bool SetProcessName { get; init; }
    public uint MaxProcesses { get; init; }
    public uint MaxFiles { get; init; }
    public uint MaxThreadsPerProcess { get; init; }

    /// <summary>Bytes; 0: no core files.</summary>
    public ulong MaxCore { get; init; }
    public bool DumpGuestCore { get; init; }
    public bool MacFilter { get; init; }
    public bool RelaxedAcsCheck { get; init; }
    public string LockManager { get; init; } = "nop";
    public int MaxQueued { get; init; }
    public int KeepaliveInterval { get; init; } = 5;
    public int KeepaliveCount { get; init; } = 5;
    public int SeccompSandbox { get; init; } = -1;
    public string? MigrationAddress { get; init; }
    public string? MigrationHost { get; init; }
    public int MigrationPortMin { get; init; } = 49152;
    public int MigrationPortMax { get; init; } = 49215;
    public bool LogTimestamp { get; init; } = true;
    public IReadOnlyList<string>? Nvram { get; init; }
    public string StdioHandler { get; init; } = "logd";
    public int GlusterDebugLevel { get; init; } = 4;
    public bool VirtiofsdDebug { get; init; }
    public IReadOnlyList<string>? Namespaces { get; init; }
    public string? MemoryBackingDir { get; init; }
    public string? PrHelper { get; init; }
    public string? SlirpHelper { get; init; }
    public string? DbusDaemon { get; init; }
    public string? SwtpmUser { get; init; }
    public string? SwtpmGroup { get; init; }
    public IReadOnlyList<string> CapabilityFilters { get; init; } = [];
    public string DeprecationBehavior { get; init; } = "none";
    public string SchedCore { get; init; } = "none";
#pragma warning restore CS1591

    /// <summary>The keys that the file sets, in its order.</summary>
    public IReadOnlyList<string> Written { get; init; } = [];

    /// <summary>Keys that nobody knows.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];
}

/// <summary>Where a service has its certificates, and what it asks of its peers.</summary>
public sealed record TlsSettings
{
    /// <summary>The service uses TLS.</summary>
    public bool Enabled { get; init; }
    /// <summary>Folder of the certificates.</summary>
    public string? Directory { get; init; }
    /// <summary>Peers must show a certificate.</summary>
    public bool? Verify { get; init; }
    /// <summary>The secret that unlocks the key.</summary>
    public string? SecretUuid { get; init; }
}

/// <summary>Settings of one kind of screen.</summary>
public sealed record ScreenSettings
{
    /// <summary>Where it listens if the guest does not say.</summary>
    public string Listen { get; init; } = "127.0.0.1";
    /// <summary>Guests that do not say otherwise get a UNIX socket.</summary>
    public bool AutoUnixSocket { get; init; }
    /// <summary>TLS.</summary>
    public TlsSettings Tls { get; init; } = new();
    /// <summary>A password for guests without one.</summary>
    public string? Password { get; init; }
    /// <summary>Users prove themselves by SASL.</summary>
    public bool Sasl { get; init; }
    /// <summary>Folder of SASL's configuration.</summary>
    public string? SaslDirectory { get; init; }
    /// <summary>Audio may play on the host although nobody asked.</summary>
    public bool AllowHostAudio { get; init; }
}
