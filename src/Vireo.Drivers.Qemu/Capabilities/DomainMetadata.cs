using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Title, description and what other programs keep in a definition.</summary>
sealed class DomainMetadata(QemuConnection connection) : IDomainMetadata
{
    public ValueTask<string> GetMetadataAsync(
        DomainRef domain, DomainMetadataType type, string? uri, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "virDomainObjGetMetadata");
        var def = DomainNumbers.Choose(connection.Get(domain).Snapshot,
            flags.HasFlag(DomainModificationImpact.Live), flags.HasFlag(DomainModificationImpact.Config));
        return new(type switch
        {
            DomainMetadataType.Description => def.Description,
            DomainMetadataType.Title => def.Title,
            _ => DomainMetadataText.Find(def.Metadata, uri),
        } ?? throw new VireoException(ErrorCode.NoDomainMetadata, ErrorDomain.Domain, "Requested metadata element is not present"));
    }

    public async ValueTask SetMetadataAsync(
        DomainRef domain, DomainMetadataType type, string? metadata, string? key, string? uri, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "virDomainObjSetMetadata");
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Modify, connection.As("DomainSetMetadata"), cancel).ConfigureAwait(false);
        var now = job.Snapshot;
        bool live = flags.HasFlag(DomainModificationImpact.Live) || (flags == 0 && now.IsActive);
        bool config = flags.HasFlag(DomainModificationImpact.Config) || (flags == 0 && !now.IsActive);
        if (live && !now.IsActive) throw MachineErrors.NotRunning();
        if (config && !now.IsPersistent) throw QemuErrors.Invalid("transient domains do not have any persistent config");
        if (config)
        {
            var changed = Change(now.Persistent!, type, metadata, key, uri);
            connection.Keeper.Definitions.Save(now.Name, now.Uuid, changed.ToXml(DomainFormat.Inactive | DomainFormat.Secure));
            machine.Commit(s => s with { Persistent = changed });
        }
        if (live)
        {
            machine.Commit(s => s.Live is { } def ? s with { Live = Change(def, type, metadata, key, uri) } : s);
            connection.Keeper.Save(machine);
        }
        machine.Raise(new DomainMetadataChangeEvent(machine.Snapshot.Ref, type, type == DomainMetadataType.Element ? uri : null));
    }

    static DomainDef Change(DomainDef def, DomainMetadataType type, string? value, string? key, string? uri) => type switch
    {
        DomainMetadataType.Description => def with { Description = string.IsNullOrEmpty(value) ? null : value },
        DomainMetadataType.Title => def with { Title = string.IsNullOrEmpty(value) ? null : value },
        _ => def with { Metadata = DomainMetadataText.Replace(def.Metadata, value, key, uri) },
    };
}
