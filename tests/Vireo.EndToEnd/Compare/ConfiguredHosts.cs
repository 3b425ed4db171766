using Vireo.EndToEnd.Harness;
using Vireo.Host.Users;
using Vireo.Testing.Pki;

namespace Vireo.EndToEnd.Compare;

/// <summary>The system's daemons, whose qemu.conf says something else than the defaults wherever a guest can show it.</summary>
public sealed class ConfiguredHosts : GuestHosts
{
    const string Key = "5b1c9a54-5f0c-4b6c-8d2b-7a8f1e6c9d03";

    protected override string Settings => $"""
        vnc_listen = "127.0.0.2"
        vnc_tls = 1
        vnc_tls_x509_cert_dir = "{Files}/pki"
        vnc_tls_x509_secret_uuid = "{Key}"
        vnc_tls_x509_verify = 1
        vnc_password = "pass"
        vnc_sasl = 1
        vnc_sasl_dir = "{Files}/sasl"
        vnc_allow_host_audio = 1
        spice_listen = "127.0.0.3"
        spice_tls = 1
        spice_tls_x509_cert_dir = "{Files}/pki"
        spice_password = "pass"
        chardev_tls = 1
        chardev_tls_x509_cert_dir = "{Files}/pki"
        chardev_tls_x509_secret_uuid = "{Key}"
        chardev_tls_x509_verify = 1
        nographics_allow_host_audio = 1
        remote_display_port_min = 6100
        remote_display_port_max = 6101
        remote_websocket_port_min = 6200
        remote_websocket_port_max = 6201
        user = "nobody"
        group = "kvm"
        security_driver = "none"
        security_default_confined = 0
        cgroup_controllers = [ "cpu", "devices" ]
        cgroup_device_acl = [ "/dev/null", "/dev/full", "/dev/urandom", "/dev/ptmx", "/dev/kmsg" ]
        set_process_name = 1
        max_processes = 12345
        max_files = 4321
        max_core = 1048576
        dump_guest_core = 1
        seccomp_sandbox = 0
        log_timestamp = 0
        memory_backing_dir = "{Files}/memory"
        pr_helper = "/nonexistent/pr-helper"
        dbus_daemon = "/nonexistent/dbus-daemon"
        capability_filters = [ "netdev.json" ]
        deprecation_behavior = "reject"
        dump_image_format = "gzip"
        save_image_format = "xz"
        snapshot_image_format = "gzip"
        auto_dump_path = "{Files}/dumps"
        auto_dump_bypass_cache = 1
        """;

    protected override string? WhyNot() => HostUsers.FindUser("nobody") is null || HostUsers.FindGroup("kvm") is null ? "there is no user nobody, or no group kvm" : null;

    protected override Task<StockDaemon> StartStockAsync()
    {
        foreach (string folder in (string[])["sasl", "memory", "dumps"])
            File.SetUnixFileMode(Directory.CreateDirectory(Path.Join(Files, folder)).FullName, (UnixFileMode)0x1ff);
        string at = Path.Join(Files, "pki");
        using var authority = new TestPki(at);
        File.Move(authority.Ca, Path.Join(at, "ca-cert.pem"));
        foreach (var (name, purpose) in new[] { ("server-", TestPki.ServerAuth), ("client-", TestPki.ClientAuth) })
            authority.Issue(name, "CN=localhost", purpose).Dispose();
        return base.StartStockAsync();
    }

    protected override async Task ReadyAsync()
    {
        string secret = Path.Join(Files, "tls.xml");
        await File.WriteAllTextAsync(secret, $"<secret private='yes'><uuid>{Key}</uuid><usage type='tls'><name>vireo-real-tls</name></usage></secret>");
        foreach (string socket in (string[])[Stock.Socket, Vireo.Socket])
        {
            string uri = $"qemu+unix:///{Mode}?socket={socket}";
            await RunAsync("virsh", "-q", "-c", uri, "secret-define", secret);
            await RunAsync("virsh", "-q", "-c", uri, "secret-set-value", Key, "bGV0bWVpbg==");
        }
    }
}
