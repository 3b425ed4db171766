using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Migrate;

/// <summary>
/// What the two daemons of a migration tell each other beside the definition, libvirt's <c>&lt;qemu-migration&gt;</c>. Each of them reads and
/// writes the parts that it knows and that the step wants.
/// </summary>
[Element("qemu-migration")]
public sealed partial record MigrationCookie
{
    /// <summary>The longest cookie, in characters.</summary>
    public const int SizeLimit = 4 * 1024 * 1024;

    /// <summary>The machine's name.</summary>
    [Text("name", Missing = "internal|missing name element in migration data")] public required string Name { get; init; }

    /// <summary>The machine's uuid.</summary>
    [Text("uuid", Missing = "internal|missing uuid element in migration data")] public required Uuid Uuid { get; init; }

    /// <summary>The host of the daemon that wrote it.</summary>
    [Text("hostname", Missing = "internal|missing hostname element in migration data")] public required string HostName { get; init; }

    /// <summary>The uuid of that host.</summary>
    [Text("hostuuid", Missing = "internal|missing hostuuid element in migration data")] public required Uuid HostUuid { get; init; }

    /// <summary>What the reader must know, or the migration fails.</summary>
    [Child("feature")] public ValueList<CookieFeature> Features { get; init; }
    [Child] public CookieGraphics? Graphics { get; init; }
    [Child] public CookieLockState? LockState { get; init; }

    /// <summary>The definition that the machine is to have after its next start.</summary>
    [Hook("domain")] public DomainDef? Persistent { get; init; }
    [Child] public CookieNetwork? Network { get; init; }
    [Child] public CookieNbd? Nbd { get; init; }
    [Child] public CookieStatistics? Statistics { get; init; }

    /// <summary>The processor as the definition had it when the machine started.</summary>
    [Child] public CpuDef? Cpu { get; init; }

    /// <summary>Whether the guest may reboot. libvirt 9.0.0 reads it and does not write it.</summary>
    [Hook("allowReboot")] public bool? AllowReboot { get; init; }
    [Child] public CookieCapabilities? Capabilities { get; init; }
    [Child] public CookieBitmaps? Bitmaps { get; init; }

    /// <summary>Reads a cookie and checks that it is meant for this host and machine.</summary>
    /// <param name="xml">The cookie.</param>
    /// <param name="wanted">The parts that are understood here; the others are dropped.</param>
    /// <param name="reader">Who reads it.</param>
    /// <exception cref="VireoException">
    /// It is malformed, of another machine, of this very host, or demands what is not understood.
    /// </exception>
    public static MigrationCookie Parse(string xml, CookieParts wanted, CookieReader reader)
    {
        if (xml.Length > SizeLimit)
            throw Refused($"migration cookie of more than {SizeLimit} characters");
        MigrationCookie cookie = XmlInput.Document(xml, "qemu-migration", new XmlInputOptions("qemu_migration_cookie", From: ErrorDomain.Qemu), ReadXml);
        if (cookie.Name != reader.Name)
            throw Refused($"Incoming cookie data had unexpected name {cookie.Name} vs {reader.Name}");
        if (cookie.Uuid != reader.Uuid)
            throw Refused($"Incoming cookie data had unexpected UUID {cookie.Uuid} vs {reader.Uuid}");
        if (cookie.HostUuid == reader.HostUuid)
            throw Refused($"Attempt to migrate guest to the same host {cookie.HostUuid}");
        foreach (CookieFeature feature in cookie.Features)
        {
            if (CookieFeature.PartOf(feature.Name) is not { } part)
                throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, $"Unknown migration cookie feature {feature.Name}");
            if (!wanted.HasFlag(part))
                throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, $"Unsupported migration cookie feature {feature.Name}");
        }
        return cookie.Only(wanted);
    }

    /// <summary>Without the parts that are not wanted.</summary>
    public MigrationCookie Only(CookieParts wanted) => this with
    {
        Graphics = wanted.HasFlag(CookieParts.Graphics) ? Graphics : null,
        LockState = wanted.HasFlag(CookieParts.LockState) ? LockState : null,
        Persistent = wanted.HasFlag(CookieParts.Persistent) ? Persistent : null,
        Network = wanted.HasFlag(CookieParts.Network) ? Network : null,
        Nbd = wanted.HasFlag(CookieParts.Nbd) ? Nbd : null,
        Statistics = wanted.HasFlag(CookieParts.Statistics) ? Statistics : null,
        Cpu = wanted.HasFlag(CookieParts.Cpu) ? Cpu : null,
        AllowReboot = wanted.HasFlag(CookieParts.AllowReboot) ? AllowReboot : null,
        Capabilities = wanted.HasFlag(CookieParts.Capabilities) ? Capabilities ?? new() : null,
        Bitmaps = wanted.HasFlag(CookieParts.Bitmaps) ? Bitmaps : null,
    };

    /// <summary>What this cookie has to say to the other side, from a host of its own and without demands.</summary>
    /// <param name="hostName">The host that says it.</param>
    /// <param name="hostUuid">Its uuid.</param>
    public MigrationCookie From(string hostName, Uuid hostUuid) => this with { HostName = hostName, HostUuid = hostUuid, Features = [] };

    /// <summary>Writes it in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions(Secure: true));
        WriteXml(output);
        return output.ToString();
    }

    static VireoException Refused(string text) => new(ErrorCode.InternalError, ErrorDomain.Qemu, text);

    static void ReadPersistent(XmlInput x, ref DomainDef? domain) => domain ??= x.Inner(ErrorDomain.Domain, inactive: true, DomainDef.ReadXml);

    void WritePersistent(XmlOutput o) => Persistent?.WriteXml(o);

    static void ReadAllowReboot(XmlInput x, ref bool? allow) => allow ??= x.YesNo(x.Attribute("value"), "value");

    static void WriteAllowReboot(XmlOutput _) { }
}

/// <summary>The parts of a cookie.</summary>
[Flags]
public enum CookieParts
{
    None = 0, Graphics = 1, LockState = 2, Persistent = 4, Network = 8, Nbd = 16, Statistics = 32,
    MemoryHotplug = 64, CpuHotplug = 128, Cpu = 256, AllowReboot = 512, Capabilities = 1024, Bitmaps = 2048,

    /// <summary>Every one of them.</summary>
    All = 4095,
}

/// <summary>Who reads a cookie.</summary>
/// <param name="Name">The machine that is migrated.</param>
/// <param name="Uuid">Its uuid.</param>
/// <param name="HostUuid">The reader's host, which the cookie must not be of.</param>
public sealed record CookieReader(string Name, Uuid Uuid, Uuid HostUuid);
