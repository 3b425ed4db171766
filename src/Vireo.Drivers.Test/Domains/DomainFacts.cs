using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;
using SecurityLabel = Vireo.Driver.SecurityLabel;

namespace Vireo.Drivers.Test.Domains;

/// <summary>What a domain is and how it is.</summary>
sealed class DomainFacts(TestHost host) : ReadsUnderGate(host),
    IDomainInfo, IDomainAutostart, IDomainMetadata, IDomainSecurity, IDomainHostname, IDomainMessages, IDomainScheduler
{
    public ValueTask<string> GetXmlAsync(DomainRef domain, DomainXmlFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainXmlFlags.Secure | DomainXmlFlags.Inactive | DomainXmlFlags.Migratable, "testDomainGetXMLDesc");
        var format = (flags.HasFlag(DomainXmlFlags.Secure) ? DomainFormat.Secure : 0) | (flags.HasFlag(DomainXmlFlags.Migratable) ? DomainFormat.Migratable : 0);
        return Read(known =>
        {
            TestDomain found = known.Get(domain);
            return !found.IsActive || flags.HasFlag(DomainXmlFlags.Inactive)
                ? (found.Next ?? found.Def).ToXml(format | DomainFormat.Inactive)
                : found.Def.ToXml(format);
        });
    }

    public ValueTask<DomainInfo> GetInfoAsync(DomainRef domain, CancellationToken cancel) => Read(known =>
    {
        TestDomain found = known.Get(domain);
        DomainDef def = found.Def;
        ulong most = def.Memory?.KiB ?? 0;
        return new DomainInfo(found.State.State, most, def.CurrentMemory?.KiB ?? most, found.Vcpus, known.CpuTime);
    });

    public ValueTask<DomainStateReason> GetStateAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainGetState");
        return Read(known => known.Get(domain).State);
    }

    /// <summary>Whatever the definition says.</summary>
    public ValueTask<string> GetOsTypeAsync(DomainRef domain, CancellationToken cancel) => new("linux");

    public ValueTask<ulong> GetMaxMemoryAsync(DomainRef domain, CancellationToken cancel) => Read(known => known.Get(domain).Def.Memory?.KiB ?? 0);

    public ValueTask<DomainControlInfo> GetControlInfoAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainGetControlInfo");
        return Read(known =>
        {
            known.GetRunning(domain);
            return default(DomainControlInfo);
        });
    }

    public ValueTask<bool> IsActiveAsync(DomainRef domain, CancellationToken cancel) => Read(known => known.Get(domain).IsActive);

    public ValueTask<bool> IsPersistentAsync(DomainRef domain, CancellationToken cancel) => Read(known => known.Get(domain).Persistent);

    public ValueTask<bool> IsUpdatedAsync(DomainRef domain, CancellationToken cancel) => Read(known =>
    {
        known.Get(domain);
        return false;
    });

    public ValueTask<bool> GetAutostartAsync(DomainRef domain, CancellationToken cancel) => Read(known => known.Get(domain).Autostart);

    public ValueTask SetAutostartAsync(DomainRef domain, bool autostart, CancellationToken cancel) =>
        Change(known => known.Get(domain).Autostart = autostart);

    public ValueTask<string> GetMetadataAsync(
        DomainRef domain, DomainMetadataType type, string? uri, DomainModificationImpact flags, CancellationToken cancel) => Read(known =>
    {
        TestErrors.NotBoth(flags.HasFlag(DomainModificationImpact.Live), flags.HasFlag(DomainModificationImpact.Config), "virDomainGetMetadata");
        TestDomain found = Affected(known, domain, flags);
        DomainDef def = flags.HasFlag(DomainModificationImpact.Config) ? found.Next ?? found.Def : found.Def;
        return type switch
        {
            DomainMetadataType.Title => def.Title,
            DomainMetadataType.Description => def.Description,
            _ => found.Metadata.GetValueOrDefault(uri ?? ""),
        } ?? throw new VireoException(ErrorCode.NoDomainMetadata, ErrorDomain.Domain, "Requested metadata element is not present");
    });

    public ValueTask SetMetadataAsync(
        DomainRef domain, DomainMetadataType type, string? metadata, string? key, string? uri, DomainModificationImpact flags,
        CancellationToken cancel) => Change(known =>
    {
        TestDomain found = Affected(known, domain, flags);
        switch (type)
        {
            case DomainMetadataType.Title:
                found.Edit(def => def with { Title = metadata }, flags);
                break;
            case DomainMetadataType.Description:
                found.Edit(def => def with { Description = metadata }, flags);
                break;
            default:
                found.Metadata[uri ?? ""] = metadata;
                break;
        }
        known.DomainEvents.Raise(new DomainMetadataChangeEvent(found.Ref, type, uri));
    });

    static TestDomain Affected(TestHost host, DomainRef domain, DomainModificationImpact flags) =>
        flags.HasFlag(DomainModificationImpact.Live) ? host.GetRunning(domain) : host.Get(domain);

    public ValueTask<SecurityLabel> GetSecurityLabelAsync(DomainRef domain, CancellationToken cancel) =>
        Read(known => known.Get(domain).IsActive ? new SecurityLabel("libvirt-test", true) : new SecurityLabel("", false));

    public ValueTask<string> GetHostnameAsync(DomainRef domain, DomainGetHostnameFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainGetHostnameFlags.Lease, "testDomainGetHostname");
        return Read(known => known.GetRunning(domain).Name + "host");
    }

    public ValueTask<string[]> GetMessagesAsync(DomainRef domain, DomainMessageType flags, CancellationToken cancel) => Read<string[]>(known =>
    {
        known.Get(domain);
        return [];
    });

    public ValueTask<SchedulerType> GetSchedulerTypeAsync(DomainRef domain, CancellationToken cancel) => new(new SchedulerType("fair", 1));
}
