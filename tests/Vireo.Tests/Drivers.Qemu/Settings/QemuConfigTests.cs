using System.Text;
using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Tests.Config;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Settings;

public class QemuConfigTests
{
    static QemuConfig Read(string text) => QemuConfigReader.From(ConfFile.Parse(text, "qemu.conf"));

    [Fact]
    public void Every_key_of_the_table_is_read()
    {
        var file = new StringBuilder();
        foreach (var key in QemuConfigKeys.All)
            file.Append($"{key.Name} = {Value(key.Name)}\n");
        QemuConfig config = Read(file.ToString());
        Assert.Empty(config.Unknown);
        Assert.Equal(93, config.Written.Count);
    }

    static string Value(string key) => key switch
    {
        "cgroup_controllers" or "cgroup_device_acl" or "nvram" or "namespaces" or "capability_filters" => "[ \"a\" ]",
        "save_image_format" or "dump_image_format" or "snapshot_image_format" => "\"raw\"",
        "stdio_handler" => "\"logd\"",
        "deprecation_behavior" or "sched_core" => "\"none\"",
        "allow_disk_format_probing" => "0",
        _ when key.EndsWith("_port_min", StringComparison.Ordinal) => "5900",
        _ when key.EndsWith("_port_max", StringComparison.Ordinal) => "5910",
        _ when Texts.Any(t => key.EndsWith(t, StringComparison.Ordinal)) => "\"x\"",
        _ => "1",
    };

    static readonly string[] Texts =
    [
        "_dir", "_uuid", "_listen", "_password", "_driver", "user", "group", "_path", "_mount", "_helper", "lock_manager", "migration_address", "migration_host",
        "dbus_daemon",
    ];

    [Fact]
    public void What_is_not_written_has_libvirts_defaults()
    {
        QemuConfig config = Read("");
        Assert.Equal((5900, 65535, 5700, 65535), (config.DisplayPortMin, config.DisplayPortMax, config.WebSocketPortMin, config.WebSocketPortMax));
        Assert.Equal("127.0.0.1", config.Vnc.Listen);
        Assert.Equal("nop", config.LockManager);
        Assert.True(config.LogTimestamp);
        Assert.Equal(0ul, config.MaxCore);
        Assert.Null(config.DynamicOwnership);
    }

    [Theory, Trait("qemu.conf", "allow_disk_format_probing")]
    [InlineData("user = 1", "qemu.conf:1:8: expected a string for 'user' parameter")]
    [InlineData("vnc_tls = \"yes\"\nmax_files = -1",
        "qemu.conf:1:11: expected 0 or 1 for 'vnc_tls' parameter; qemu.conf:2:13: expected a number that is not negative for 'max_files' parameter")]
    [InlineData("remote_display_port_min = 6000\nremote_display_port_max = 5000", "qemu.conf: remote_display_port_max: port must be between the minimal port 6000 and 65535")]
    [InlineData("remote_display_port_max = 5900", "qemu.conf: remote_display_port_max: start port 5900 must be less than end port 5900")]
    [InlineData("remote_display_port_min = 100", "qemu.conf: remote_display_port_min: port must be greater than or equal to 5900")]
    [InlineData("remote_websocket_port_min = 100", "qemu.conf: remote_websocket_port_min: port must be greater than or equal to 5700")]
    [InlineData("migration_port_min = 49300", "qemu.conf: migration_port_max: port must be between the minimal port 49300 and 65535")]
    [InlineData("migration_port_max = 49152", "qemu.conf: migration_port_max: start port 49152 must be less than end port 49152")]
    [InlineData("allow_disk_format_probing = 1", "qemu.conf: allow_disk_format_probing is no longer supported: it let guests choose the format of their images")]
    [InlineData("max_core = \"much\"", "qemu.conf:1:12: expected a number or \"unlimited\" for 'max_core' parameter")]
    public void Mistakes_are_told_with_their_place(string text, string told)
    {
        var error = Assert.Throws<VireoException>(() => Read(text));
        Assert.Equal(ErrorCode.ConfSyntax, error.Code);
        Assert.EndsWith(told, error.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("qemu.conf", "default_tls_x509_cert_dir"), Trait("qemu.conf", "default_tls_x509_verify")]
    public void A_service_without_settings_of_its_own_has_the_common_ones()
    {
        QemuConfig config = Read("default_tls_x509_cert_dir = \"/all\"\ndefault_tls_x509_verify = 1\nnbd_tls_x509_cert_dir = \"/nbd\"");
        Assert.Equal("/all", config.Vnc.Tls.Directory);
        Assert.True(config.MigrateTls.Verify);
        Assert.Equal("/nbd", config.NbdTls.Directory);
    }

    [Fact]
    public void Unlimited_and_lists_of_one_are_understood()
    {
        QemuConfig config = Read("max_core = \"unlimited\"\nsecurity_driver = \"none\"\nhugetlbfs_mount = \"/huge\"\nmystery = 1");
        Assert.Equal(ulong.MaxValue, config.MaxCore);
        Assert.Equal(["none"], config.SecurityDrivers!);
        Assert.Equal(["/huge"], config.HugetlbfsMounts!);
        Assert.Equal(["mystery"], config.Unknown);
    }

    // Where systemd keeps a guest's group, systemd limits it: the suite is not run under systemd.
    static readonly string[] withoutTest = ["max_threads_per_process"];

    [Fact]
    public void Every_key_that_is_honoured_or_refused_has_a_test()
    {
        var tests = KeyTests.Of("qemu.conf");
        Assert.Empty(tests.Keys.Except(QemuConfigKeys.All.Select(static key => key.Name)));
        Assert.Equal(withoutTest, QemuConfigKeys.All.Where(static key => key.Fate is not KeyFate.Same).Select(static key => key.Name).Except(tests.Keys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_of_settings_is_made_from_the_table()
    {
        var page = new StringBuilder("""
            # qemu.conf

            Made by a test from the table in the QEMU driver; not written by hand (`VIREO_UPDATE_DOCS=1 ./test` writes it anew).

            `vireod` reads `/etc/libvirt/qemu.conf` (a session `~/.config/libvirt/qemu.conf`; with `--root DIR` below DIR) when it starts. Every key of
            libvirt 9.0.0 is known, and obeyed or refused by name; mistakes are told with file, line and column. A key that nobody knows is named in the log.

            | key | here | tests |
            |---|---|---|

            """.ReplaceLineEndings("\n"));
        var tests = KeyTests.Of("qemu.conf");
        foreach (var key in QemuConfigKeys.All)
            page.Append($"| `{key.Name}` | {(key.Fate is KeyFate.Missing ? $"not there yet: {char.ToLowerInvariant(key.Text[0])}{key.Text[1..]}" : key.Text)} | {string.Join(", ", tests.GetValueOrDefault(key.Name) ?? [])} |\n");
        string path = Path.Join(KeyTests.Top(), "docs/qemu-conf.md");
        if (Environment.GetEnvironmentVariable("VIREO_UPDATE_DOCS") is "1")
            File.WriteAllText(path, page.ToString());
        Assert.Equal(File.ReadAllText(path), page.ToString());
    }
}
