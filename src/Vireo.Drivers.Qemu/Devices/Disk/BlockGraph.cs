using System.Collections.Immutable;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>
/// A disk's block nodes, the deepest image first. Every image has a node for its bytes, libvirt-N-storage, and one for its
/// format, libvirt-N-format, where N is the index that the source was given when the guest started.
/// </summary>
sealed class BlockGraph
{
    readonly ImmutableArray<QemuPart>.Builder parts = ImmutableArray.CreateBuilder<QemuPart>();
    readonly ImmutableArray<HostStep>.Builder host = ImmutableArray.CreateBuilder<HostStep>();

    public ImmutableArray<QemuPart> Parts => parts.ToImmutable();

    public ImmutableArray<HostStep> Host => host.ToImmutable();

    /// <summary>What the drive is attached to; null for an empty drive.</summary>
    public string? TopNode { get; private set; }

    public static BlockGraph Of(Disk disk, PlanContext at)
    {
        var graph = new BlockGraph();
        if (IsEmpty(disk.Source))
            return graph;
        graph.AddImages(disk, at);
        if (disk.Driver?.CopyOnRead is true)
        {
            string filter = $"libvirt-CoR-{disk.Target.Device}";
            graph.parts.Add(new QemuBlockdev
            {
                { "driver", "copy-on-read" },
                { "node-name", filter },
                { "file", graph.TopNode },
                { "discard", "unmap" },
            });
            graph.TopNode = filter;
        }
        return graph;
    }

    /// <summary>How the host caches: what was written, and not at all for a disk that other guests see.</summary>
    public static DiskCache? CacheOf(Model.Domain.Devices.Disk disk) =>
        disk.Driver?.Cache ?? (disk.Shareable && !disk.ReadOnly ? DiskCache.None : null);

    /// <summary>No medium.</summary>
    public static bool IsEmpty(DiskSource source) => source switch
    {
        DiskSource.OfFile file => file.Path is null,
        DiskSource.OfBlock block => block.Path is null,
        DiskSource.OfDirectory directory => directory.Path is null,
        DiskSource.OfVolume volume => volume.Volume is null,
        _ => false,
    };

    void AddImages(Disk disk, PlanContext at)
    {
        var below = new Stack<(DiskSource Source, StorageFormat? Format, BackingStore? Next)>();
        BackingStore? store = disk.BackingStore;
        while (store is { Source: { } source })
        {
            below.Push((source with { Index = store.Index ?? source.Index }, store.Format, store.Next));
            store = store.Next;
        }
        string? under = null;
        foreach (var (source, format, next) in below)
            under = AddImage(disk, source, format, under, Ends(next), top: false, at);
        TopNode = AddImage(disk, disk.Source, disk.Driver?.Type, under, Ends(disk.BackingStore), top: true, at);
    }

    static bool Ends(BackingStore? next) => next is { Source: null };

    string AddImage(Disk disk, DiskSource source, StorageFormat? written, string? under, bool ends, bool top, PlanContext at)
    {
        string name = $"libvirt-{source.Index}";
        StorageFormat format = written ?? StorageFormat.Raw;
        DiskCache? cache = CacheOf(disk);
        DiskEncryption? encryption = source.Encryption ?? (top ? disk.Encryption : null);
        string? secret = Secret(encryption, name, at);
        bool readOnly = !top || disk.ReadOnly;

        var storage = new QemuBlockdev { StorageNode.Of(source, disk, at, host) };
        storage.Add("node-name", $"{name}-storage");
        storage.Add("cache", Cache(cache));
        storage.Add("auto-read-only", true);
        storage.Add("discard", "unmap");
        parts.Add(storage);

        bool luks = encryption?.Format is EncryptionFormat.Luks && format is StorageFormat.Raw;
        parts.Add(new QemuBlockdev
        {
            { "node-name", $"{name}-format" },
            { "read-only", readOnly },
            { "discard", disk.Driver?.Discard switch { DiskDiscard.Unmap => "unmap", DiskDiscard.Ignore => "ignore", _ => null } },
            { "detect-zeroes", top ? DetectZeroes(disk.Driver) : null },
            { "cache", Cache(cache) },
            { "driver", luks ? "luks" : DriverOf(format) },
            { "key-secret", luks ? secret : null },
            { "encrypt", !luks && secret is not null ? new QemuProperties { { "format", "luks" }, { "key-secret", secret } } : null },
            { "cache-size", top && format is StorageFormat.Qcow2 ? disk.Driver?.MetadataCache?.Bytes : null },
            { "file", $"{name}-storage" },
        });
        if (under is not null)
            parts[^1].Add("backing", under);
        else if (ends && format is not (StorageFormat.Raw or StorageFormat.None))
            parts[^1].Add("backing", QemuValue.Null);
        return $"{name}-format";
    }

    string? Secret(DiskEncryption? encryption, string name, PlanContext at)
    {
        if (encryption is null || encryption.Secrets.IsEmpty || at.Start.Secrets is not { } secrets)
            return null;
        string id = $"{name}-format-encryption-secret0";
        var (data, iv) = secrets.Encrypt(encryption.Secrets[0]);
        parts.Add(new QemuObject("secret", id)
        {
            { "data", data },
            { "keyid", "masterKey0" },
            { "iv", iv },
            { "format", "base64" },
        });
        return id;
    }

    static string? DetectZeroes(DiskDriver? driver) => driver?.DetectZeroes switch
    {
        DiskDetectZeroes.Off => "off",
        DiskDetectZeroes.On => "on",
        DiskDetectZeroes.Unmap => driver.Discard is DiskDiscard.Unmap ? "unmap" : "on",
        _ => null,
    };

    static QemuProperties? Cache(DiskCache? cache) => cache is null or DiskCache.Default
        ? null
        : new QemuProperties
        {
            { "direct", cache is DiskCache.None or DiskCache.DirectSync },
            { "no-flush", cache is DiskCache.Unsafe },
        };

    static string DriverOf(StorageFormat format) => format switch
    {
        StorageFormat.Qcow2 => "qcow2",
        StorageFormat.Qcow => "qcow",
        StorageFormat.Qed => "qed",
        StorageFormat.Vmdk => "vmdk",
        StorageFormat.Vdi => "vdi",
        StorageFormat.Vpc => "vpc",
        StorageFormat.Vhd => "vhdx",
        StorageFormat.Bochs => "bochs",
        StorageFormat.Cloop => "cloop",
        StorageFormat.Dmg => "dmg",
        StorageFormat.Ploop => "parallels",
        _ => "raw",
    };
}
