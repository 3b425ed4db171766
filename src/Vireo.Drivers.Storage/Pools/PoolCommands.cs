using Vireo.Core.Errors;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Pools;

/// <summary>Programs that make a pool's volumes appear on the host, for the kinds of pools that need one.</summary>
public static class PoolCommands
{
    /// <summary>Options of every mount: what lies on storage must neither be run nor act as a device of the host.</summary>
    const string MountOptions = "nodev,nosuid,noexec";

    /// <summary>The program and its arguments that start the pool; null: a pool of this type starts without one.</summary>
    /// <exception cref="VireoException">Something is missing that the type cannot do without.</exception>
    public static IReadOnlyList<string>? Start(StoragePoolDef pool) => pool.Type switch
    {
        StoragePoolType.Fs => Mount(pool, Device(pool), Format(pool)),
        StoragePoolType.NetFs => Mount(pool, Export(pool), Format(pool) is "auto" ? null : Format(pool)),
        StoragePoolType.Logical => ["vgchange", "-aly", Group(pool)],
        _ => null,
    };

    /// <summary>The reverse of <see cref="Start"/>.</summary>
    public static IReadOnlyList<string>? Stop(StoragePoolDef pool) => pool.Type switch
    {
        StoragePoolType.Fs or StoragePoolType.NetFs => ["umount", Target(pool)],
        StoragePoolType.Logical => ["vgchange", "-aln", Group(pool)],
        _ => null,
    };

    /// <summary>What is mounted: a device, or a server's folder.</summary>
    /// <exception cref="VireoException">Something is missing that the type cannot do without.</exception>
    public static string Source(StoragePoolDef pool) => pool.Type is StoragePoolType.NetFs ? Export(pool) : Device(pool);

    /// <summary>Makes a file system; that of one kind asks before it overwrites.</summary>
    public static IReadOnlyList<string> Format(string format, string device) => ["mkfs", "-t", format, .. format is "xfs" ? ["-f"] : Array.Empty<string>(), device];

    static IReadOnlyList<string> Mount(StoragePoolDef pool, string source, string? type) =>
        ["mount", "-o", Options(pool), .. type is null ? [] : new[] { "-t", type }, source, Target(pool)];

    /// <summary>What is always said, then what the file system wants, then what the pool's owner adds.</summary>
    static string Options(StoragePoolDef pool)
    {
        List<string> options = [MountOptions];
        if (pool.Type == StoragePoolType.NetFs && Format(pool) is "glusterfs")
            options.Add("direct-io-mode=1");
        if (pool.Type == StoragePoolType.NetFs && Format(pool) is "cifs")
            options.Add("guest");
        if (pool.Source?.ProtocolVersion is { } version)
            options.Add($"nfsvers={version}");
        foreach (StoragePoolOption option in pool.Options?.Options ?? default)
            options.Add(option.Name);
        return string.Join(',', options);
    }

    static string Format(StoragePoolDef pool) => pool.Source?.Format ?? "auto";

    static string Device(StoragePoolDef pool) => pool.Source is { Devices: [{ } device, ..] } ? device.Path : throw Missing("source device name");

    /// <summary>What a server offers, in the words of its protocol.</summary>
    static string Export(StoragePoolDef pool)
    {
        StoragePoolSource source = pool.Source ?? new StoragePoolSource();
        if (source.Hosts.Count == 0)
            throw Missing("source host name");
        if (source.Hosts.Count > 1)
            throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Storage, "expected exactly 1 host for the storage pool");
        string folder = source.Directory ?? throw Missing("source path"), host = source.Hosts[0].Name;
        return Format(pool) is "cifs" ? $"//{host}/{folder}" : $"{host}:{folder}";
    }

    static string Target(StoragePoolDef pool) => pool.Target?.Path ?? throw Missing("target path");

    static string Group(StoragePoolDef pool) => pool.Source?.Name ?? throw Missing("source name");

    static VireoException Missing(string what) => new(ErrorCode.XmlError, ErrorDomain.Storage, $"missing storage pool {what}");
}
