namespace Vireo.Core.Config;

/// <summary>
/// libvirtd.conf: every key of libvirt 9.0.0. What becomes of each: <see cref="LibvirtdKeys"/>.
/// </summary>
public sealed record LibvirtdConfig
{
    /// <summary>Strength in bits below which no login over plain TCP is allowed to be configured.</summary>
    public const int MinSsf = 112;

    public bool ListenTls { get; init; } = true;
    public bool ListenTcp { get; init; }
    public string TlsPort { get; init; } = "16514";
    public string TcpPort { get; init; } = "16509";
    public string? ListenAddress { get; init; }

    public string? UnixSocketGroup { get; init; }
    public uint? UnixSocketReadOnlyMode { get; init; }
    public uint? UnixSocketMode { get; init; }
    public uint? UnixSocketAdminMode { get; init; }
    public string? UnixSocketDir { get; init; }

    public string? AuthUnixReadOnly { get; init; }
    public string? AuthUnix { get; init; }
    public string AuthTcp { get; init; } = "sasl";
    public string AuthTls { get; init; } = "none";
    public int TcpMinSsf { get; init; } = MinSsf;
    public IReadOnlyList<string> AccessDrivers { get; init; } = [];

    public string? KeyFile { get; init; }
    public string? CertFile { get; init; }
    public string? CaFile { get; init; }
    public string? CrlFile { get; init; }
    public bool TlsNoSanityCertificate { get; init; }
    public bool TlsNoVerifyCertificate { get; init; }
    public IReadOnlyList<string>? TlsAllowedDnList { get; init; }
    public string TlsPriority { get; init; } = "NORMAL";
    public IReadOnlyList<string>? SaslAllowedUsernames { get; init; }

    public int MaxClients { get; init; } = 5000;
    public int MaxQueuedClients { get; init; } = 1000;
    public int MaxAnonymousClients { get; init; } = 20;
    public int MinWorkers { get; init; } = 5;
    public int MaxWorkers { get; init; } = 20;
    public int PrioWorkers { get; init; } = 5;
    public int MaxClientRequests { get; init; } = 5;

    public int AdminMinWorkers { get; init; } = 5;
    public int AdminMaxWorkers { get; init; } = 20;
    public int AdminMaxClients { get; init; } = 5000;
    public int AdminMaxQueuedClients { get; init; } = 20;
    public int AdminMaxClientRequests { get; init; } = 5;
    public int AdminKeepaliveInterval { get; init; } = 5;
    public int AdminKeepaliveCount { get; init; } = 5;

    public int LogLevel { get; init; } = 3;
    public string LogFilters { get; init; } = "";
    public string LogOutputs { get; init; } = "";
    public int AuditLevel { get; init; } = 1;
    public bool AuditLogging { get; init; }

    public string? HostUuid { get; init; }
    public string HostUuidSource { get; init; } = "smbios";
    public int KeepaliveInterval { get; init; } = 5;
    public int KeepaliveCount { get; init; } = 5;
    public int OvsTimeout { get; init; } = 5;

    /// <summary>Keys that nobody knows; worth a warning.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>Reads the settings; throws with every mistake there is.</summary>
    public static LibvirtdConfig From(ConfFile file) => From(file, new LibvirtdConfig());

    /// <summary>The same; what is not written is as in <paramref name="none"/>.</summary>
    public static LibvirtdConfig From(ConfFile file, LibvirtdConfig none)
    {
        var conf = new ConfReader(file);
        var read = new LibvirtdConfig
        {
            ListenTls = conf.Bool("listen_tls", none.ListenTls),
            ListenTcp = conf.Bool("listen_tcp", none.ListenTcp),
            TlsPort = conf.String("tls_port") ?? none.TlsPort,
            TcpPort = conf.String("tcp_port") ?? none.TcpPort,
            ListenAddress = conf.String("listen_addr"),
            UnixSocketGroup = conf.String("unix_sock_group"),
            UnixSocketReadOnlyMode = conf.Mode("unix_sock_ro_perms"),
            UnixSocketMode = conf.Mode("unix_sock_rw_perms"),
            UnixSocketAdminMode = conf.Mode("unix_sock_admin_perms"),
            UnixSocketDir = conf.String("unix_sock_dir"),
            AuthUnixReadOnly = conf.OneOf("auth_unix_ro", "none", "sasl", "polkit"),
            AuthUnix = conf.OneOf("auth_unix_rw", "none", "sasl", "polkit"),
            AuthTcp = conf.OneOf("auth_tcp", "none", "sasl") ?? none.AuthTcp,
            AuthTls = conf.OneOf("auth_tls", "none", "sasl") ?? none.AuthTls,
            TcpMinSsf = conf.UInt("tcp_min_ssf", none.TcpMinSsf),
            AccessDrivers = conf.List("access_drivers") ?? [],
            KeyFile = conf.String("key_file"),
            CertFile = conf.String("cert_file"),
            CaFile = conf.String("ca_file"),
            CrlFile = conf.String("crl_file"),
            TlsNoSanityCertificate = conf.Bool("tls_no_sanity_certificate", false),
            TlsNoVerifyCertificate = conf.Bool("tls_no_verify_certificate", false),
            TlsAllowedDnList = conf.List("tls_allowed_dn_list"),
            TlsPriority = conf.String("tls_priority") ?? none.TlsPriority,
            SaslAllowedUsernames = conf.List("sasl_allowed_username_list"),
            MaxClients = conf.UInt("max_clients", none.MaxClients),
            MaxQueuedClients = conf.UInt("max_queued_clients", none.MaxQueuedClients),
            MaxAnonymousClients = conf.UInt("max_anonymous_clients", none.MaxAnonymousClients),
            MinWorkers = conf.UInt("min_workers", none.MinWorkers),
            MaxWorkers = conf.UInt("max_workers", none.MaxWorkers),
            PrioWorkers = conf.UInt("prio_workers", none.PrioWorkers),
            MaxClientRequests = conf.UInt("max_client_requests", none.MaxClientRequests),
            AdminMinWorkers = conf.UInt("admin_min_workers", none.AdminMinWorkers),
            AdminMaxWorkers = conf.UInt("admin_max_workers", none.AdminMaxWorkers),
            AdminMaxClients = conf.UInt("admin_max_clients", none.AdminMaxClients),
            AdminMaxQueuedClients = conf.UInt("admin_max_queued_clients", none.AdminMaxQueuedClients),
            AdminMaxClientRequests = conf.UInt("admin_max_client_requests", none.AdminMaxClientRequests),
            AdminKeepaliveInterval = conf.Int("admin_keepalive_interval", none.AdminKeepaliveInterval),
            AdminKeepaliveCount = conf.UInt("admin_keepalive_count", none.AdminKeepaliveCount),
            LogLevel = conf.UInt("log_level", none.LogLevel),
            LogFilters = conf.String("log_filters") ?? "",
            LogOutputs = conf.String("log_outputs") ?? "",
            AuditLevel = conf.UInt("audit_level", none.AuditLevel),
            AuditLogging = conf.Bool("audit_logging", none.AuditLogging),
            HostUuid = conf.String("host_uuid"),
            HostUuidSource = conf.OneOf("host_uuid_source", "smbios", "machine-id") ?? none.HostUuidSource,
            KeepaliveInterval = conf.Int("keepalive_interval", none.KeepaliveInterval),
            KeepaliveCount = conf.UInt("keepalive_count", none.KeepaliveCount),
            OvsTimeout = conf.UInt("ovs_timeout", none.OvsTimeout),
        };
        conf.Bool("keepalive_required");         // accepted, without meaning since long
        conf.Bool("admin_keepalive_required");
        read = read with { Unknown = [.. conf.Unknown] };
        Check(read, conf);
        conf.ThrowIfWrong();
        return read;
    }

    static void Check(LibvirtdConfig read, ConfReader conf)
    {
        if (read.TcpMinSsf < MinSsf)
            conf.Mistake("tcp_min_ssf", $"minimum SSF levels lower than {MinSsf} are not supported");
        if (read.MaxWorkers < 1)
            conf.Mistake("max_workers", "'max_workers' must be greater than 0");
        if (read.AdminMaxWorkers < 1)
            conf.Mistake("admin_max_workers", "'admin_max_workers' must be greater than 0");
        if (read.MaxClients < read.MaxAnonymousClients)
            conf.Mistake(conf.IsSet("max_clients") ? "max_clients" : "max_anonymous_clients",
                "The overall maximum number of clients must not be less than the number of clients waiting for authentication");
        if (read.LogLevel is < 1 or > 4)
            conf.Mistake("log_level", $"Failed to set logging priority, argument '{read.LogLevel}' is invalid");
        if (read.AuditLevel > 2)
            conf.Mistake("audit_level", "expected 0, 1 or 2");
        if (read.HostUuid is { } uuid && !(Uuid.TryParse(uuid, out Uuid value) && value != default))
            conf.Mistake("host_uuid", $"invalid host UUID: {uuid}");
    }
}
