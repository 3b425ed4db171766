using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Drivers.Qemu.Start.Filesystem;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Host.Users;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Settings;

/// <summary>What keys of qemu.conf do to a start that no guest on this host shows.</summary>
public class SettingsEffectTests
{
    const string Key = "5b1c9a54-5f0c-4b6c-8d2b-7a8f1e6c9d03";

    static readonly HostPaths Host = HostPaths.System("/tmp/nowhere");

    static QemuConfig Read(params string[] lines) => QemuConfigReader.From(ConfFile.Parse(string.Join('\n', lines), "qemu.conf"));

    static StartContext Start(QemuConfig config) => HostSettings.Apply(config, Host, new StartContext
    {
        DomainDirectory = "/lib", ShortName = "1-m", Descriptors = new DescriptorNumbers.Counting(), MonitorPath = "/lib/monitor.sock",
    });

    static DomainDef Machine(string devices) =>
        DomainDef.Parse($"<domain type='qemu'><name>m</name><memory>65536</memory><os><type>hvm</type></os><devices>{devices}</devices></domain>", DomainParse.Inactive);

    [Theory]
    [InlineData("nbd"), Trait("qemu.conf", "nbd_tls"), Trait("qemu.conf", "nbd_tls_x509_cert_dir"), Trait("qemu.conf", "nbd_tls_x509_secret_uuid")]
    [InlineData("backup"), Trait("qemu.conf", "backup_tls_x509_cert_dir"), Trait("qemu.conf", "backup_tls_x509_verify"), Trait("qemu.conf", "backup_tls_x509_secret_uuid")]
    [InlineData("migrate"), Trait("qemu.conf", "migrate_tls_x509_cert_dir"), Trait("qemu.conf", "migrate_tls_x509_verify"), Trait("qemu.conf", "migrate_tls_x509_secret_uuid")]
    public void A_service_has_the_certificates_that_are_set(string service)
    {
        List<string> lines = [$"{service}_tls_x509_cert_dir = \"/{service}\"", $"{service}_tls_x509_secret_uuid = \"{Key}\""];
        lines.Add(service is "nbd" ? "nbd_tls = 1" : $"{service}_tls_x509_verify = 1");
        QemuConfig config = Read([.. lines]);
        TlsFiles files = service switch { "nbd" => Start(config).Tls.Nbd, "backup" => Start(config).Tls.Backup, _ => HostSettings.MigrationTls(config, Host) };
        Assert.Equal(("/" + service, Key), (files.Directory, files.SecretUuid));
        Assert.True(service is "nbd" ? files.ByDefault : files.Verify);
    }

    [Fact, Trait("qemu.conf", "default_tls_x509_secret_uuid")]
    public void The_common_secret_unlocks_the_key_of_a_service_that_has_none_of_its_own()
    {
        DomainDef machine = Machine("<serial type='tcp'><source mode='bind' host='h' service='1' tls='yes'/></serial>");
        Assert.Equal(Key, Assert.Single(GuestSecrets.NeededBy(machine, Read($"default_tls_x509_secret_uuid = \"{Key}\""))).Secret.Uuid.ToString());
        Assert.Empty(GuestSecrets.NeededBy(machine, Read("")));
    }

    [Fact, Trait("qemu.conf", "spice_sasl"), Trait("qemu.conf", "spice_sasl_dir")]
    public void SPICEs_users_prove_themselves_by_SASL_if_that_is_set()
    {
        GraphicsSettings set = Start(Read("spice_sasl = 1", "spice_sasl_dir = \"/sasl\"")).Graphics;
        Assert.Equal((true, "/sasl"), (set.SpiceSasl, set.SpiceSaslDirectory));
        Assert.False(Start(Read("")).Graphics.SpiceSasl);
    }

    [Fact, Trait("qemu.conf", "gluster_debug_level")]
    public void Glusters_client_logs_as_much_as_is_set() => Assert.Equal((7, 4), (Start(Read("gluster_debug_level = 7")).GlusterDebug, Start(Read("")).GlusterDebug));

    [Fact, Trait("qemu.conf", "virtiofsd_debug")]
    public void Virtiofsd_logs_all_if_that_is_set()
    {
        var folder = Machine("<filesystem type='mount'><driver type='virtiofs'/><source dir='/srv'/><target dir='t'/></filesystem>").Devices.Filesystems[0];
        Assert.Equal(["-d"], VirtioFsDaemon.Arguments(folder, "/srv", Read("virtiofsd_debug = 1").VirtiofsdDebug).Except(VirtioFsDaemon.Arguments(folder, "/srv", Read("").VirtiofsdDebug)));
    }

    [Fact, Trait("qemu.conf", "bridge_helper")]
    public void Taps_on_bridges_are_made_by_the_program_that_is_set()
    {
        Assert.Equal("/bin/sh", BridgeHelper.ProgramOf(Read("bridge_helper = \"/bin/sh\"")));
        var refused = Assert.Throws<VireoException>(() => BridgeHelper.ProgramOf(Read("bridge_helper = \"/nonexistent/helper\"")));
        Assert.Equal((ErrorCode.SystemError, "'/nonexistent/helper' is not a suitable bridge helper: No such file or directory"), (refused.Code, refused.Message));
    }

    [Fact, Trait("qemu.conf", "remote_websocket_port_min"), Trait("qemu.conf", "remote_websocket_port_max")]
    public void Web_sockets_have_the_ports_that_are_set() =>
        Assert.Equal(new ScreenPorts.Range(6200, 6201, "webSocket"), new ScreenPorts(Read("remote_websocket_port_min = 6200", "remote_websocket_port_max = 6201")).WebSockets);

    // As stock tells them: what a daemon made for its own run is not what was asked for.
    [Theory]
    [InlineData("")]
    [InlineData("vnc_auto_unix_socket = 1\nspice_auto_unix_socket = 1")]
    public void A_socket_that_a_start_made_for_VNC_is_no_part_of_a_definition(string settings)
    {
        string folder = Host.Driver("qemu").LibDir + "/domain-1-m";
        DomainDef machine = DefinitionPasses.Complete(
            Machine($"<graphics type='vnc' socket='{folder}/vnc.sock'/><graphics type='spice'><listen type='socket' socket='{folder}/spice.sock'/></graphics>"),
            HostSettings.ContextOf(Read(settings), Host.Driver("qemu"), TestFacts.Modern));
        string xml = machine.ToXml();
        Assert.Contains("<graphics type='vnc' port='-1' autoport='yes'>\n      <listen type='address'/>", xml, StringComparison.Ordinal);
        Assert.Contains($"<listen type='socket' socket='{folder}/spice.sock'/>", xml, StringComparison.Ordinal);
    }

    [Theory, Trait("qemu.conf", "vnc_allow_host_audio"), Trait("qemu.conf", "nographics_allow_host_audio")]
    [InlineData("", "", "none")]
    [InlineData("<graphics type='vnc'/>", "", "none")]
    [InlineData("", "nographics_allow_host_audio = 1", "alsa")]
    [InlineData("<graphics type='vnc'/>", "vnc_allow_host_audio = 1", "alsa")]
    [InlineData("<graphics type='vnc'/>", "nographics_allow_host_audio = 1", "none")]
    public void Sound_is_the_hosts_as_QEMUs_variable_says_if_that_is_set(string screen, string settings, string audio)
    {
        DefinitionContext context = HostSettings.ContextOf(Read(settings), Host.Driver("qemu"), TestFacts.Modern) with { HostAudio = "alsa" };
        Assert.Contains($"<audio id='1' type='{audio}'/>", DefinitionPasses.Complete(Machine(screen), context).ToXml(), StringComparison.Ordinal);
    }

    [Fact, Trait("qemu.conf", "nvram")]
    public void Firmwares_begin_with_the_variables_that_are_set() =>
        Assert.Equal(new Dictionary<string, string> { ["/code"] = "/vars" }, Start(Read("nvram = [ \"/code:/vars\" ]")).VariableTemplates);

    [Fact, Trait("qemu.conf", "hugetlbfs_mount")]
    public void Huge_pages_are_taken_where_it_is_set()
    {
        Assert.Empty(Start(Read("hugetlbfs_mount = \"/nowhere\"")).Hugepages);
        if (HugepageMounts.Found().FirstOrDefault() is { } mount)
            Assert.Equal([mount], Start(Read($"hugetlbfs_mount = [ \"{mount.Folder}\" ]")).Hugepages);
    }

    [Fact, Trait("qemu.conf", "swtpm_user"), Trait("qemu.conf", "swtpm_group")]
    public void TPMs_are_emulated_by_the_user_that_is_set()
    {
        Assert.SkipUnless(OwnProcess.IsRoot, "needs root, who can run programs as others");
        Assert.SkipUnless(HostUsers.FindUser("nobody") is not null && HostUsers.FindGroup("nogroup") is not null, "there is no user nobody");
        Assert.Equal(new Ids(HostUsers.FindUser("nobody")!.Value, HostUsers.FindGroup("nogroup")!.Value),
            QemuSecurity.Create(Read("swtpm_user = \"nobody\"", "swtpm_group = \"nogroup\""), Host, TimeProvider.System).Tpms);
    }
}
