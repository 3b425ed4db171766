using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Test.Storage;

/// <summary>A storage pool in memory.</summary>
sealed class TestPool(StoragePoolDef def)
{
    const ulong Size = 100UL << 30;

    readonly List<StorageVolumeDef> volumes = [];

    /// <summary>As it is. What is defined while it is active is never looked at again, as with libvirt's test driver.</summary>
    public StoragePoolDef Def { get; private set; } = Empty(def);

    public string Name => Def.Name!;

    public Uuid Uuid { get; } = def.Uuid ?? throw new ArgumentException("a pool needs a uuid", nameof(def));

    public StoragePoolKind Kind => StoragePoolKind.Of(Def.Type);

    public bool IsActive { get; set; }

    public bool IsPersistent { get; set; }

    public bool Autostart { get; set; }

    public IReadOnlyList<StorageVolumeDef> Volumes => volumes;

    public StoragePoolRef Ref => new(Name, Uuid);

    public StoragePoolInfo Info =>
        new(IsActive ? StoragePoolState.Running : StoragePoolState.Inactive, Size, Def.Allocation!.Value.Bytes, Def.Available!.Value.Bytes);

    /// <summary>Whether it stands for a virtual fibre channel adapter, which is made with it.</summary>
    public bool IsFibreChannel => Def.Source?.Adapter is { Type: StorageAdapterType.FcHost };

    /// <summary>Takes another definition unless it is active. It counts as empty afterwards either way; its volumes stay.</summary>
    public void Take(StoragePoolDef next) => Def = Empty(IsActive ? Def : next);

    static StoragePoolDef Empty(StoragePoolDef def) =>
        def with { Capacity = new ByteSize(Size), Allocation = new ByteSize(0), Available = new ByteSize(Size) };

    public void RequireActive()
    {
        if (!IsActive)
            throw VireoException.OperationInvalid(ErrorDomain.Test, $"storage pool '{Name}' is not active");
    }

    public void RequireInactive()
    {
        if (IsActive)
            throw VireoException.OperationInvalid(ErrorDomain.Test, $"storage pool '{Name}' is active");
    }

    public StorageVolumeDef? FindVolume(string name) => volumes.Find(volume => volume.Name == name);

    public StorageVolumeDef GetVolume(string name) => FindVolume(name) ?? throw ObjectErrors.NoVolume("name", name);

    /// <summary>A volume at its place in the pool. The path of a pool without one is the word that C's printf has for it.</summary>
    public StorageVolumeDef Place(StorageVolumeDef volume)
    {
        string path = PathOf(volume.Name);
        return volume with { Key = path, Target = (volume.Target ?? new StorageVolumeTarget()) with { Path = path } };
    }

    /// <summary>A volume of a node document: what that says of its place counts.</summary>
    public StorageVolumeDef PlaceUnlessWritten(StorageVolumeDef volume)
    {
        string path = volume.Target?.Path ?? PathOf(volume.Name);
        return volume with { Key = volume.Key ?? path, Target = (volume.Target ?? new StorageVolumeTarget()) with { Path = path } };
    }

    string PathOf(string volume) => $"{Def.Target?.Path ?? "(null)"}/{volume}";

    /// <summary>Whether there is room for what a volume takes.</summary>
    public bool HasRoomFor(StorageVolumeDef volume) => unchecked(Def.Allocation!.Value.Bytes + volume.Allocation!.Value.Bytes) <= Size;

    public void Add(StorageVolumeDef volume)
    {
        volumes.Add(volume);
        Occupy(unchecked(Def.Allocation!.Value.Bytes + volume.Allocation!.Value.Bytes));
    }

    public void Remove(StorageVolumeDef volume)
    {
        volumes.Remove(volume);
        Occupy(unchecked(Def.Allocation!.Value.Bytes - volume.Allocation!.Value.Bytes));
    }

    void Occupy(ulong bytes) => Def = Def with { Allocation = new ByteSize(bytes), Available = new ByteSize(unchecked(Size - bytes)) };

    public StorageVolumeRef RefOf(StorageVolumeDef volume) => new(Name, volume.Name, volume.Key!);

    /// <summary>What volumes of a pool of this type are, whatever their documents say.</summary>
    public Driver.StorageVolumeType VolumeType => Def.Type switch
    {
        StoragePoolType.Dir or StoragePoolType.Fs or StoragePoolType.NetFs or StoragePoolType.VStorage => Driver.StorageVolumeType.File,
        _ when Kind.IsRemote => Driver.StorageVolumeType.Network,
        _ => Driver.StorageVolumeType.Block,
    };
}
