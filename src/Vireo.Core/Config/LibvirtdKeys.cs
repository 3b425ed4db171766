namespace Vireo.Core.Config;

/// <summary>What comes of a key of libvirtd.conf.</summary>
public enum LibvirtdKeyFate
{
    /// <summary>It does what it does in libvirt.</summary>
    Honoured,
    /// <summary>Nothing depends on it, here as in libvirt.</summary>
    Same,
}

/// <summary>What a daemon must have for a key to set anything.</summary>
public enum LibvirtdKeyHome
{
    /// <summary>Nothing that not every daemon has.</summary>
    Every,
    /// <summary>Sockets for TCP and TLS: libvirtd and virtproxyd.</summary>
    RemoteSockets,
    /// <summary>Drivers of its own: every daemon but virtproxyd.</summary>
    Drivers,
}

/// <summary>A key.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fate">What comes of it.</param>
/// <param name="Text">What it does.</param>
/// <param name="Home">In which daemons.</param>
public sealed record LibvirtdKey(string Name, LibvirtdKeyFate Fate, string Text, LibvirtdKeyHome Home = LibvirtdKeyHome.Every);

/// <summary>All keys of libvirt 9.0.0. The table in the documentation is made from this, and every honoured one has a test.</summary>
public static class LibvirtdKeys
{
    const LibvirtdKeyFate Honoured = LibvirtdKeyFate.Honoured, Same = LibvirtdKeyFate.Same;
    const LibvirtdKeyHome Remote = LibvirtdKeyHome.RemoteSockets, Drivers = LibvirtdKeyHome.Drivers;

    /// <summary>The keys.</summary>
    public static IReadOnlyList<LibvirtdKey> All { get; } =
    [
        new("listen_tls", Honoured, "0 has no TLS socket. libvirtd: with `--listen`, and on unless it is written; virtproxyd: off unless it is written.", Remote),
        new("listen_tcp", Honoured, "1 has a TCP socket; in libvirtd with `--listen`.", Remote),
        new("tls_port", Honoured, "Port or service name of TLS, 16514.", Remote),
        new("tcp_port", Honoured, "Port or service name of TCP, 16509.", Remote),
        new("listen_addr", Honoured, "Address or name to listen at; all addresses without.", Remote),
        new("unix_sock_group", Honoured, "Group of the read-write and the read-only socket."),
        new("unix_sock_ro_perms", Honoured, "Mode of the read-only socket, 0777."),
        new("unix_sock_rw_perms", Honoured, "Mode of the read-write socket: 0700 if `auth_unix_rw` is \"none\", else 0777."),
        new("unix_sock_admin_perms", Honoured, "Mode of the administrators' socket, 0700."),
        new("unix_sock_dir", Honoured, "Folder of the sockets."),
        new("auth_unix_ro", Honoured, "Login at the read-only socket: \"none\", \"sasl\", \"polkit\" (the system daemon's default)."),
        new("auth_unix_rw", Honoured, "Login at the read-write socket: \"none\", \"sasl\", \"polkit\" (the system daemon's default)."),
        new("auth_tcp", Honoured, "Login over TCP: \"sasl\" (the default) or \"none\".", Remote),
        new("auth_tls", Honoured, "Login over TLS beside the certificate: \"sasl\" or \"none\" (the default).", Remote),
        new("tcp_min_ssf", Honoured, "Bits of encryption that SASL must bring over plain TCP, 112; less is refused.", Remote),
        new("access_drivers", Honoured, "Who may do what: \"nop\" (everybody everything), \"polkit\", or \"rights\" ([rights](rights.md)); all that are named must agree.", Drivers),
        new("key_file", Honoured, "The server's private key.", Remote),
        new("cert_file", Honoured, "The server's certificate.", Remote),
        new("ca_file", Honoured, "Certificates of the authorities of clients.", Remote),
        new("crl_file", Honoured, "Certificates that authorities took back; the file may be missing.", Remote),
        new("tls_no_sanity_certificate", Honoured, "1: our own certificates are not examined at the start.", Remote),
        new("tls_no_verify_certificate", Honoured, "1: clients need no certificate.", Remote),
        new("tls_allowed_dn_list", Honoured, "Names of certificates that are let in; `*` and `?` stand for other characters.", Remote),
        new("tls_priority", Honoured, "Protocols and ciphers, as a GnuTLS priority string; a word that cannot be obeyed ends the start.", Remote),
        new("sasl_allowed_username_list", Honoured, "Names that are let in after SASL; `*` and `?` stand for other characters."),
        new("max_clients", Honoured, "Clients at a time, 5000; the rest waits in the listen queue."),
        new("max_queued_clients", Honoured, "Length of the listen queue, 1000."),
        new("max_anonymous_clients", Honoured, "Clients at a time that have not logged in, 20; 0 is no limit."),
        new("min_workers", Honoured, "Workers that stay, 5. They are made when they are first needed."),
        new("max_workers", Honoured, "Workers at most, 20."),
        new("prio_workers", Honoured, "Further workers for calls that must not wait, 5."),
        new("max_client_requests", Honoured, "Calls of a client under way, 5; then it is not read."),
        new("admin_min_workers", Honoured, "Workers of the administrators' server that stay, 5."),
        new("admin_max_workers", Honoured, "Its workers at most, 20."),
        new("admin_max_clients", Honoured, "Its clients at a time, 5000."),
        new("admin_max_queued_clients", Honoured, "Length of its listen queue, 20."),
        new("admin_max_client_requests", Honoured, "Calls of an administrator under way, 5."),
        new("log_level", Honoured, "1 debug, 2 information, 3 warnings, 4 errors."),
        new("log_filters", Honoured, "Levels of sources, \"1:qemu 3:rpc\"."),
        new("log_outputs", Honoured, "Where lines go: stderr, syslog:NAME, file:/PATH, journald, each with a level."),
        new("audit_level", Honoured, "The kernel's [audit](audit.md): 0 leaves it alone, 1 (the default) writes to it if it is there, 2 cannot start without."),
        new("audit_logging", Honoured, "1: audit records also stand in the log."),
        new("host_uuid", Honoured, "The host's UUID.", Drivers),
        new("host_uuid_source", Honoured, "Where else it comes from: \"smbios\" or \"machine-id\".", Drivers),
        new("keepalive_interval", Honoured, "Seconds of silence after which a client is pinged, 5; -1 is never."),
        new("keepalive_count", Honoured, "Pings without an answer before a client is given up, 5."),
        new("keepalive_required", Same, "Read by nobody."),
        new("admin_keepalive_required", Same, "Read by nobody."),
        new("admin_keepalive_interval", Honoured, "As `keepalive_interval`, for administrators."),
        new("admin_keepalive_count", Honoured, "As `keepalive_count`, for administrators."),
        new("ovs_timeout", Honoured, "Seconds that Open vSwitch's database may take to answer, 5.", Drivers),
    ];
}
