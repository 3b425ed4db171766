using System.Collections.Immutable;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Cpu.Map;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.CommandLine;

/// <summary>
/// What the live side knows and the definition does not: where the guest's files are, which descriptors it will inherit and
/// what the host offers. The definition itself must be the live one: aliases, addresses and ports assigned.
/// </summary>
public sealed record StartContext
{
    /// <summary>The guest's private folder, such as /var/lib/libvirt/qemu/domain-1-name.</summary>
    public required string DomainDirectory { get; init; }

    /// <summary>Id and name shortened for paths, such as 1-name.</summary>
    public required string ShortName { get; init; }

    /// <summary>Gives numbers to the descriptors QEMU inherits.</summary>
    public required DescriptorNumbers Descriptors { get; init; }

    /// <summary>Path of the monitor's socket.</summary>
    public required string MonitorPath { get; init; }

    /// <summary>The file of the master key; null if none was written.</summary>
    public string? MasterKeyPath { get; init; }

    /// <summary>Environment to pass on; the system's guests have their folders in HOME and XDG_*, those of a user in XDG_CACHE_HOME alone.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>The daemon is a user's own.</summary>
    public bool OfUser { get; init; }

    /// <summary>What QEMU gets of the daemon's own environment.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> DaemonsEnvironment =>
    [
        .. GuestEnvironment.Passed.Where(static name => name != "PATH").Select(static name => KeyValuePair.Create(name, System.Environment.GetEnvironmentVariable(name)!))
            .Where(static pair => !string.IsNullOrEmpty(pair.Value)),
        .. DaemonsPath,
    ];

    /// <summary>The daemon's own path to programs, as environment to pass on.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> DaemonsPath =>
        [new("PATH", System.Environment.GetEnvironmentVariable("PATH") ?? "/usr/sbin:/usr/bin:/sbin:/bin")];

    /// <summary>QEMU may use /dev/vhost-net.</summary>
    public bool VhostNetUsable { get; init; } = true;

    /// <summary>-sandbox with everything denied; null: the option is left out.</summary>
    public bool? Sandbox { get; init; } = true;

    /// <summary>QEMU's log lines carry the time.</summary>
    public bool LogTimestamp { get; init; } = true;

    /// <summary>The process shows the guest's name.</summary>
    public bool ProcessName { get; init; }

    /// <summary>Guest memory is part of core dumps unless the guest says otherwise.</summary>
    public bool DumpGuestCore { get; init; }

    /// <summary>What comes of members of commands that will go away, if the machine does not say: none, omit, reject or crash.</summary>
    public string Deprecation { get; init; } = "none";

    /// <summary>Sockets of character devices are opened here and passed (else QEMU opens them by path).</summary>
    public bool PassSockets { get; init; } = true;

    /// <summary>
    /// The command line is for a person to read or run: nobody opens files and sockets of character devices for it, so it names them.
    /// </summary>
    public bool StandAlone { get; init; }

    /// <summary>What the host's configuration says of graphics.</summary>
    public GraphicsSettings Graphics { get; init; } = new();

    /// <summary>Where an incoming migration comes from, such as defer or fd:3; null for a plain start.</summary>
    public string? Incoming { get; init; }

    /// <summary>Values of secrets that devices refer to.</summary>
    public ISecretSource? Secrets { get; init; }

    /// <summary>Tells whether a block device is a CD-ROM drive of the host.</summary>
    public Func<string, bool> IsHostCdRom { get; init; } = static path => path.StartsWith("/dev/cdrom", StringComparison.Ordinal)
        || path.StartsWith("/dev/sr", StringComparison.Ordinal);

    /// <summary>Where the emulated TPM of an alias listens.</summary>
    public Func<string, string> TpmSocketPath { get; init; } = static alias => $"/run/libvirt/qemu/swtpm/{alias}-swtpm.sock";

    /// <summary>Folder for memory backed by files.</summary>
    public string MemoryBackingDirectory { get; init; } = "/var/lib/libvirt/qemu/ram";

    /// <summary>Mounted hugetlbfs folders.</summary>
    public ImmutableArray<HugepageMount> Hugepages { get; init; } = [];

    /// <summary>Nodes of the host that were found best for a machine that leaves the choice; null: none were.</summary>
    public CpuSet? AutomaticNodes { get; init; }

    /// <summary>Certificates of the services that guests connect to or offer.</summary>
    public ServiceCertificates Tls { get; init; } = new();

    /// <summary>The generic node of a LUN of the host's.</summary>
    public Func<HostdevSource.OfScsi, string> ScsiNode { get; init; } = static lun => throw new VireoException(ErrorCode.InternalError, ErrorDomain.Qemu,
        $"could not find the generic node of the LUN {lun.Adapter}:{lun.Bus}:{lun.Target}:{lun.Unit}");

    /// <summary>The host runs in FIPS mode, which old QEMU has to be told.</summary>
    public bool HostFips { get; init; }

    /// <summary>Stores of variables that go with firmwares that no descriptor describes, by the path of their code.</summary>
    public IReadOnlyDictionary<string, string> VariableTemplates { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Where the guest's own message bus listens.</summary>
    public string DBusAddress { get; init; } = "unix:path=/run/libvirt/qemu/dbus/dbus.sock";

    /// <summary>Where passt serves a card.</summary>
    public Func<string, string> PasstSocketPath { get; init; } = static alias => $"/run/libvirt/qemu/passt/{alias}.socket";

    /// <summary>How much the Gluster client of disks logs, 0 to 9.</summary>
    public int GlusterDebug { get; init; } = 4;

    /// <summary>How many descriptors a client has given under a name for the machine's disks.</summary>
    public Func<string, int> DescriptorGroup { get; init; } = static name =>
        throw new VireoException(ErrorCode.InvalidArg, ErrorDomain.Qemu, $"file descriptor group '{name}' was not associated with the domain");

    /// <summary>What CPU models and features are called.</summary>
    public CpuMap CpuMap { get; init; } = CpuMap.Default;

    /// <summary>The time to which offsets of the clock are relative.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>One hugetlbfs.</summary>
public sealed record HugepageMount(string Folder, ulong SizeKiB, bool IsDefault);

/// <summary>What qemu.conf says of VNC and SPICE.</summary>
public sealed record GraphicsSettings
{
    /// <summary>Folder of VNC's certificates; null: no TLS.</summary>
    public string? VncTlsDirectory { get; init; }

    /// <summary>VNC clients must show a certificate.</summary>
    public bool VncTlsVerify { get; init; }

    /// <summary>Secret that unlocks VNC's key.</summary>
    public string? VncTlsSecretUuid { get; init; }

    /// <summary>VNC users prove themselves by SASL.</summary>
    public bool VncSasl { get; init; }

    /// <summary>Folder of SASL's configuration for VNC.</summary>
    public string? VncSaslDirectory { get; init; }

    /// <summary>A password for all VNC servers.</summary>
    public string? VncPassword { get; init; }

    /// <summary>Folder of SPICE's certificates; null: no TLS.</summary>
    public string? SpiceTlsDirectory { get; init; }

    /// <summary>SPICE users prove themselves by SASL.</summary>
    public bool SpiceSasl { get; init; }

    /// <summary>Folder of SASL's configuration for SPICE.</summary>
    public string? SpiceSaslDirectory { get; init; }

    /// <summary>A password for all SPICE servers.</summary>
    public string? SpicePassword { get; init; }
}

/// <summary>Where the services of guests have their certificates.</summary>
public sealed record ServiceCertificates
{
    /// <summary>NBD disks.</summary>
    public TlsFiles Nbd { get; init; } = new() { Directory = "/etc/pki/libvirt-nbd" };

    /// <summary>VxHS disks.</summary>
    public TlsFiles Vxhs { get; init; } = new() { Directory = "/etc/pki/libvirt-vxhs" };

    /// <summary>Character devices over TCP.</summary>
    public TlsFiles Chardev { get; init; } = new() { Directory = "/etc/pki/libvirt-chardev" };

    /// <summary>Backups that are read over NBD.</summary>
    public TlsFiles Backup { get; init; } = new() { Directory = "/etc/pki/libvirt-backup" };
}

/// <summary>A service's certificates.</summary>
public sealed record TlsFiles
{
    /// <summary>Their folder.</summary>
    public required string Directory { get; init; }

    /// <summary>Devices that do not say otherwise use TLS.</summary>
    public bool ByDefault { get; init; }

    /// <summary>Peers must show a certificate.</summary>
    public bool Verify { get; init; }

    /// <summary>The secret that unlocks the key.</summary>
    public string? SecretUuid { get; init; }
}

/// <summary>Values of secrets, already encrypted with the guest's master key.</summary>
public interface ISecretSource
{
    /// <summary>Encrypts for QEMU's secret object: base64 of AES-256-CBC and of its IV.</summary>
    (string Data, string Iv) Encrypt(SecretRef secret);

    /// <summary>Encrypts what the definition itself has.</summary>
    (string Data, string Iv) Encrypt(ReadOnlySpan<byte> value);
}

/// <summary>Numbers for inherited descriptors.</summary>
public abstract class DescriptorNumbers
{
    /// <summary>A number for what <paramref name="step"/> will open.</summary>
    public abstract int Next(DescriptorStep step);

    /// <summary>3, 4, 5, ...</summary>
    public sealed class Counting(int first = 3) : DescriptorNumbers
    {
        int next = first;

        /// <inheritdoc/>
        public override int Next(DescriptorStep step) => next++;
    }
}
