using System.Text;
using System.Text.Json;
using Vireo.Conformance.Runner;
using Vireo.Core;
using Vireo.Cpu;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Definition.Volumes;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Conformance.Qemu;

/// <summary>The command line of a definition is libvirt's, argument by argument.</summary>
sealed class QemuCommandLineSuite : Suite
{
    public override string Name => "qemu-xml2argv";

    public override Outputs Run(CaseInput input) => Outputs.Of(Print(Build(input)));

    /// <summary>The command line of a case.</summary>
    internal static QemuCommandLine Build(CaseInput input)
    {
        var one = new QemuCase(input);
        DomainDef defined = one.Define(inactive: true);
        defined = VolumeSources.ResolveAsync(defined, new FixtureStorage(input), CancellationToken.None).AsTask().GetAwaiter().GetResult();
        defined = LivePasses.ScreensOnSockets(defined, vnc: Set(one, "vncAutoUnixSocket"), spice: Set(one, "spiceAutoUnixSocket"));
        DomainDef machine = WithPorts(new GuestPlanning().MakeLive(defined, one.FactsFor(defined), new LivePaths("/tmp/channel")
        {
            DomainDirectory = $"/tmp/lib/domain--1-{Shortened(defined.Name)}",
            RenderNode = "/dev/dri/foo",
            HostCpu = defined.Os.Arch is "ppc64" or "ppc64le" ? new CpuSpec { Role = CpuRole.Host, Model = input.Word("host_cpu") ?? "POWER8" } : null,
            Firmwares = () => new DescriptorTree(input, "firmware").Firmwares,
        }));
        return QemuCommandLineBuilder.Build(machine, one.FactsFor(machine), Start(one, machine));
    }

    static StartContext Start(QemuCase one, DomainDef machine)
    {
        string shortName = "-1-" + Shortened(machine.Name);
        string directory = $"/tmp/lib/domain-{shortName}";
        return new StartContext
        {
            DomainDirectory = directory,
            ShortName = shortName,
            Descriptors = new CorpusNumbers(one.Input.Find("fd_groups")),
            MonitorPath = directory + "/monitor.sock",
            MasterKeyPath = directory + "/master-key.aes",
            Environment =
            [
                new("PATH", "/bin"), new("USER", "test"), new("LOGNAME", "test"),
            ],
            Graphics = GraphicsOf(one),
            Incoming = one.Input.Word("migrate_from"),
            Secrets = new CorpusSecrets(),
            Tls = TlsOf(one),
            HostFips = one.Input.Flag("host_fips"),
            ScsiNode = static _ => "/dev/sg0",
            DBusAddress = $"unix:path=/bad-test-used-env-xdg-runtime-dir/libvirt/qemu/run/dbus/{shortName}-dbus.sock",
            PasstSocketPath = alias => $"/bad-test-used-env-xdg-runtime-dir/libvirt/qemu/run/passt/{shortName}-{alias}.socket",
            AutomaticNodes = CpuSet.First(4),
            DescriptorGroup = name => one.Input.Json("fd_groups").GetProperty(name).GetArrayLength(),
            TpmSocketPath = static _ => "/dev/test",
            Hugepages = [new HugepageMount("/dev/hugepages2M", 2048, true), new HugepageMount("/dev/hugepages1G", 1048576, false)],
            Clock = new CorpusClock(),
        };
    }

    static string Shortened(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name)
            text.Append(c is '/' or '\\' ? '-' : c);
        return text.ToString() is var all && all.Length > 20 ? all[..20] : text.ToString();
    }

    static bool Set(QemuCase one, string key) => one.DriverConfig is { } config && config.TryGetProperty(key, out JsonElement value)
        && (value.ValueKind is JsonValueKind.True || value.ValueKind is JsonValueKind.Number && value.GetInt32() != 0);

    static string? Word(QemuCase one, string key, string? standard) =>
        one.DriverConfig is { } config && config.TryGetProperty(key, out JsonElement value) ? value.GetString() : standard;

    static ServiceCertificates TlsOf(QemuCase one)
    {
        TlsFiles Of(string service, string folder) => new()
        {
            Directory = Word(one, service + "TLSx509certdir", folder)!,
            ByDefault = Set(one, service + "TLS"),
            Verify = Set(one, service + "TLSx509verify"),
            SecretUuid = Word(one, service + "TLSx509secretUUID", null),
        };
        return new ServiceCertificates
        {
            Nbd = Of("nbd", "/etc/pki/libvirt-nbd/dummy,path"),
            Vxhs = Of("vxhs", "/etc/pki/libvirt-vxhs/dummy,path"),
            Chardev = Of("chardev", "/etc/pki/libvirt-chardev"),
        };
    }

    static GraphicsSettings GraphicsOf(QemuCase one)
    {
        bool Set(string key) => QemuCommandLineSuite.Set(one, key);
        string? Word(string key, string? standard) => QemuCommandLineSuite.Word(one, key, standard);
        return new GraphicsSettings
        {
            VncTlsDirectory = Set("vncTLS") ? Word("vncTLSx509certdir", "/etc/pki/libvirt-vnc") : null,
            VncTlsVerify = Set("vncTLSx509verify"),
            VncTlsSecretUuid = Word("vncTLSx509secretUUID", null),
            VncSasl = Set("vncSASL"),
            VncSaslDirectory = Word("vncSASLdir", null),
            SpiceTlsDirectory = Word("spiceTLSx509certdir", "/etc/pki/libvirt-spice"),
            SpiceSasl = Set("spiceSASL"),
            SpiceSaslDirectory = Word("spiceSASLdir", null),
            SpicePassword = "123456",
        };
    }

    /// <summary>Ports that a start would choose.</summary>
    static DomainDef WithPorts(DomainDef machine)
    {
        int next = 5900;
        return machine with
        {
            Devices = machine.Devices with
            {
                Graphics = machine.Devices.Graphics.Map<Graphics>(graphics => graphics switch
                {
                    Graphics.Vnc { Port: -1 } vnc => vnc with { Port = next++, WebSocket = vnc.WebSocket is -1 ? 5700 : vnc.WebSocket },
                    Graphics.Spice { AutoPort: true } spice => spice with { Port = 5901, TlsPort = 5902 },
                    Graphics.Spice { Port: -1 } spice => spice with { Port = next++ },
                    _ => graphics,
                }),
            },
        };
    }

    static string Print(QemuCommandLine made)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in made.Environment)
            text.Append(name).Append('=').Append(CommandText.Quoted(value)).Append(" \\\n");
        text.Append(made.Arguments[0]);
        for (int i = 1; i < made.Arguments.Length; i++)
            text.Append(made.Arguments[i].StartsWith('-') ? " \\\n" : " ").Append(CommandText.Quoted(made.Arguments[i]));
        return text.ToString();
    }

    sealed class CorpusNumbers(JsonElement? groups) : DescriptorNumbers
    {
        int tap = 3, kernel = 44;

        public override int Next(DescriptorStep step) => step switch
        {
            DescriptorStep.ListenUnix => 1729,
            DescriptorStep.OpenFile { Purpose: FilePurpose.Log } => 1751,
            DescriptorStep.OpenFile => 1750,
            DescriptorStep.TakeGiven given => groups!.Value.GetProperty(given.Group)[given.Number].GetInt32(),
            DescriptorStep.ConnectGpu => 1729,
            DescriptorStep.OpenDevice { Path: "/dev/vhost-scsi" } => 3,
            DescriptorStep.OpenDevice { Path: var node } when node.Contains("vdpa", StringComparison.Ordinal) => 1732,
            DescriptorStep.OpenVhostNet => kernel++,
            DescriptorStep.OpenDevice { Path: "/dev/vhost-vsock" } => 6789,
            DescriptorStep.OpenDevice { Path: var path } => path.EndsWith("cancel", StringComparison.Ordinal) ? 1731 : 1730,
            _ => tap++,
        };
    }

    sealed class CorpusSecrets : ISecretSource
    {
        public (string Data, string Iv) Encrypt(SecretRef secret) =>
            Value;

        public (string Data, string Iv) Encrypt(ReadOnlySpan<byte> value) => Value;

        static readonly (string, string) Value = ("9eao5F8qtkGt+seB1HYivWIxbtwUu6MQtg1zpj/oDtUsPr1q8wBYM91uEHCn6j/1", "AAECAwQFBgcICQoLDA0ODw==");
    }

    sealed class CorpusClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(1234567890);

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.CreateCustomTimeZone("VIR", TimeSpan.FromMinutes(-30), "VIR", "VIR");
    }
}
