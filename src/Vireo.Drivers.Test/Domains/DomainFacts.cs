using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;
using SecurityLabel = Vireo.Driver.SecurityLabel;

namespace Vireo.Drivers.Test.Domains;

/// <summary>What a domain is and how it is.</summary>
sealed class DomainFacts(TestHost host) : DomainWork(host),
    IDomainInfo, IDomainAutostart, IDomainMetadata, IDomainSecurity, IDomainHostname, IDomainMessages
{
    public ValueTask<string> GetXmlAsync(DomainRef domain, DomainXmlFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainXmlFlags.Secure | DomainXmlFlags.Inactive | DomainXmlFlags.Migratable, "testDomainGetXMLDesc");
        var format = (flags.HasFlag(DomainXmlFlags.Secure) ? DomainFormat.Secure : 0) | (flags.HasFlag(DomainXmlFlags.Migratable) ? DomainFormat.Migratable : 0);
        DomainView found = See(domain);
        return new(!found.IsActive || flags.HasFlag(DomainXmlFlags.Inactive) ? found.Config.ToXml(format | DomainFormat.Inactive) : found.Def.ToXml(format));
    }

    public ValueTask<DomainInfo> GetInfoAsync(DomainRef domain, CancellationToken cancel)
    {
        DomainView found = See(domain);
        return new(new DomainInfo(found.State.State, found.Def.Memory?.KiB ?? 0, found.Memory, found.Vcpus, Host.CpuTime));
    }

    public ValueTask<DomainStateReason> GetStateAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainGetState");
        return new(See(domain).State);
    }

    /// <summary>Whatever the definition says.</summary>
    public ValueTask<string> GetOsTypeAsync(DomainRef domain, CancellationToken cancel) => new("linux");

    public ValueTask<ulong> GetMaxMemoryAsync(DomainRef domain, CancellationToken cancel) => new(See(domain).Def.Memory?.KiB ?? 0);

    public ValueTask<DomainControlInfo> GetControlInfoAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainGetControlInfo");
        SeeRunning(domain);
        return default;
    }

    public ValueTask<bool> IsActiveAsync(DomainRef domain, CancellationToken cancel) => new(See(domain).IsActive);

    public ValueTask<bool> IsPersistentAsync(DomainRef domain, CancellationToken cancel) => new(See(domain).Persistent);

    public ValueTask<bool> IsUpdatedAsync(DomainRef domain, CancellationToken cancel) => new(See(domain) is null);

    public ValueTask<bool> GetAutostartAsync(DomainRef domain, CancellationToken cancel) => new(See(domain).Autostart);

    public ValueTask SetAutostartAsync(DomainRef domain, bool autostart, CancellationToken cancel) =>
        Change(domain, known => known with { Autostart = autostart });

    public ValueTask<string> GetMetadataAsync(
        DomainRef domain, DomainMetadataType type, string? uri, DomainModificationImpact flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(flags, "virDomainGetMetadata");
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainGetMetadata");
        DomainDef def = SeeDef(domain, flags);
        return new(type switch
        {
            DomainMetadataType.Title => def.Title,
            DomainMetadataType.Description => def.Description,
            < 0 => null,
            not DomainMetadataType.Element => throw UnknownMetadata(type),
            _ => DomainMetadataText.Find(def.Metadata, uri),
        } ?? throw new VireoException(ErrorCode.NoDomainMetadata, ErrorDomain.Domain, "Requested metadata element is not present"));
    }

    public ValueTask SetMetadataAsync(
        DomainRef domain, DomainMetadataType type, string? metadata, string? key, string? uri, DomainModificationImpact flags,
        CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainSetMetadata");
        lock (Host.Gate)
        {
            TestDomain found = Host.Get(domain);
            found.Edit(flags, def => type switch
            {
                DomainMetadataType.Title => def with { Title = string.IsNullOrEmpty(metadata) ? null : metadata },
                DomainMetadataType.Description => def with { Description = string.IsNullOrEmpty(metadata) ? null : metadata },
                < 0 => def,
                not DomainMetadataType.Element => throw UnknownMetadata(type),
                _ => def with { Metadata = DomainMetadataText.Replace(def.Metadata, metadata, key, uri) },
            });
            Host.DomainEvents.Raise(new DomainMetadataChangeEvent(found.Now.Ref, type, uri));
        }
        return default;
    }

    static VireoException UnknownMetadata(DomainMetadataType type) => VireoException.InvalidArgument(ErrorDomain.Domain, $"unknown metadata type '{(int)type}'");

    public ValueTask<SecurityLabel> GetSecurityLabelAsync(DomainRef domain, CancellationToken cancel) =>
        new(See(domain).IsActive ? new SecurityLabel("libvirt-test", true) : new SecurityLabel("", false));

    public ValueTask<string> GetHostnameAsync(DomainRef domain, DomainGetHostnameFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("testDomainGetHostname");
        return new(SeeRunning(domain).Name + "host");
    }

    public ValueTask<string[]> GetMessagesAsync(DomainRef domain, DomainMessageType flags, CancellationToken cancel)
    {
        flags.Only(DomainMessageType.Deprecation | DomainMessageType.Tainting, "testDomainGetMessages");
        DomainNotes notes = See(domain).Notes;
        return new(flags switch
        {
            DomainMessageType.Deprecation => notes.Deprecations,
            DomainMessageType.Tainting => notes.Taints,
            _ => [.. notes.Taints, .. notes.Deprecations],
        });
    }
}
