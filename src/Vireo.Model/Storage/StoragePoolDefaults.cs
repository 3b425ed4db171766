using Vireo.Core;

namespace Vireo.Model.Storage;

/// <summary>Fills in what a pool's type implies and drops what it does not look at; a document that went through it is what libvirt shows.</summary>
public static class StoragePoolDefaults
{
    /// <summary>The pool as libvirt keeps it; the caller gives it a uuid if it has none.</summary>
    public static StoragePoolDef Apply(StoragePoolDef pool)
    {
        StoragePoolKind kind = StoragePoolKind.Of(pool.Type);
        string? name = pool.Name ?? (kind.Uses(StoragePoolParts.Name) ? pool.Source?.Name : null);
        StoragePoolSource source = Source(pool.Source ?? new StoragePoolSource(), kind, name);
        return pool with
        {
            Name = name,
            Capacity = pool.Capacity ?? new ByteSize(0),
            Allocation = pool.Allocation ?? new ByteSize(0),
            Available = pool.Available ?? new ByteSize(0),
            Source = source,
            Target = kind.IsRemote ? null : Target(pool, source.Name),
            Options = pool.Options?.Kind == OptionsOf(pool.Type) ? pool.Options : null,
        };
    }

    static StoragePoolOptionKind? OptionsOf(StoragePoolType type) => type switch
    {
        StoragePoolType.Fs or StoragePoolType.NetFs => StoragePoolOptionKind.Mount,
        StoragePoolType.Rbd => StoragePoolOptionKind.Rbd,
        _ => null,
    };

    static StoragePoolSource Source(StoragePoolSource source, StoragePoolKind kind, string? name)
    {
        string? folder = kind.Uses(StoragePoolParts.Directory) ? source.Directory : null;
        return source with
        {
            Hosts = kind.Uses(StoragePoolParts.Host) ? source.Hosts.Map(host => host.Port == 0 ? host with { Port = null } : host) : default,
            Devices = kind.Uses(StoragePoolParts.Device) ? source.Devices : default,
            Directory = folder is not null ? PathText.Clean(folder) : kind.Type == StoragePoolType.Gluster ? "/" : null,
            Adapter = kind.Uses(StoragePoolParts.Adapter) && source.Adapter is { } adapter ? Adapter(adapter) : null,
            Name = kind.Uses(StoragePoolParts.Name) ? source.Name ?? name : null,
            Initiator = kind.Uses(StoragePoolParts.Initiator) ? source.Initiator : null,
            Format = kind.Formats.Length > 0 ? source.Format ?? kind.Format : null,
            Auth = source.Auth is { Type: Domain.Devices.StorageAuthType.None } ? null : source.Auth,
            ProtocolVersion = NonEmpty(source.ProtocolVersion),
            Vendor = NonEmpty(source.Vendor),
            Product = NonEmpty(source.Product),
        };
    }

    static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    static StorageAdapter Adapter(StorageAdapter adapter) => adapter.Type == StorageAdapterType.FcHost
        ? adapter with { Name = null, ParentAddress = null }
        : new StorageAdapter { Type = StorageAdapterType.ScsiHost, Name = adapter.Name, ParentAddress = adapter.ParentAddress };

    static StoragePoolTarget Target(StoragePoolDef pool, string? source) => new()
    {
        Path = pool.Type switch
        {
            StoragePoolType.Logical => $"/dev/{source}",
            StoragePoolType.Zfs => $"/dev/zvol/{source}",
            _ => pool.Target?.Path is { } path ? PathText.Clean(path) : null,
        },
        Permissions = pool.Target?.Permissions?.Normal(),
    };
}
