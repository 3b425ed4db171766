using Vireo.Core;
using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Finding one pool.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStoragePoolLookup
{
    /// <summary>The pool with this name.</summary>
    [Procedure(84, Priority.High, Inline = true), CExport("virStoragePoolLookupByName")]
    [Acl(StoragePoolRight.GetAttributes)]
    ValueTask<StoragePoolRef> LookupByNameAsync(string name, CancellationToken cancel);

    /// <summary>The pool with this uuid.</summary>
    [Procedure(85, Priority.High, Inline = true), CExport("virStoragePoolLookupByUUID")]
    [Acl(StoragePoolRight.GetAttributes)]
    ValueTask<StoragePoolRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel);

    /// <summary>The pool that a volume is in.</summary>
    [Procedure(86, Priority.High, Inline = true), CExport("virStoragePoolLookupByVolume")]
    [Acl(StoragePoolRight.GetAttributes)]
    ValueTask<StoragePoolRef> LookupByVolumeAsync(StorageVolumeRef volume, CancellationToken cancel);
}

/// <summary>Listing pools.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStoragePoolListing
{
    /// <summary>All pools that match every group of the given flags.</summary>
    [Procedure(281, Priority.High, Inline = true, Shape = Shape.List), CExport("virConnectListAllStoragePools")]
    [Acl(ConnectRight.SearchStoragePools)]
    [Acl(StoragePoolRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<StoragePoolRef[]> ListAllAsync(ListStoragePoolsFlags flags, CancellationToken cancel);

    /// <summary>How many are active.</summary>
    [Procedure(71, Priority.High, Inline = true), CExport("virConnectNumOfStoragePools")]
    [Acl(ConnectRight.SearchStoragePools)]
    [Acl(StoragePoolRight.GetAttributes, Filter = true)]
    ValueTask<int> CountActiveAsync(CancellationToken cancel);

    /// <summary>Their names.</summary>
    [Procedure(72, Priority.High, Inline = true, Shape = Shape.UpTo), CExport("virConnectListStoragePools")]
    [Acl(ConnectRight.SearchStoragePools)]
    [Acl(StoragePoolRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<string[]> ListActiveNamesAsync(CancellationToken cancel);

    /// <summary>How many are defined and inactive.</summary>
    [Procedure(73, Priority.High, Inline = true), CExport("virConnectNumOfDefinedStoragePools")]
    [Acl(ConnectRight.SearchStoragePools)]
    [Acl(StoragePoolRight.GetAttributes, Filter = true)]
    ValueTask<int> CountDefinedAsync(CancellationToken cancel);

    /// <summary>Their names.</summary>
    [Procedure(74, Priority.High, Inline = true, Shape = Shape.UpTo), CExport("virConnectListDefinedStoragePools")]
    [Acl(ConnectRight.SearchStoragePools)]
    [Acl(StoragePoolRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<string[]> ListDefinedNamesAsync(CancellationToken cancel);
}

/// <summary>What a pool is and how it is.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStoragePoolInfo
{
    /// <summary>State and space.</summary>
    [Procedure(87, Priority.High, Inline = true), CExport("virStoragePoolGetInfo")]
    [Acl(StoragePoolRight.Read)]
    ValueTask<StoragePoolInfo> GetInfoAsync(StoragePoolRef pool, CancellationToken cancel);

    /// <summary>The pool's document.</summary>
    [Procedure(88, Priority.High, Inline = true), CExport("virStoragePoolGetXMLDesc")]
    [Acl(StoragePoolRight.Read)]
    ValueTask<string> GetXmlAsync(StoragePoolRef pool, StorageXmlFlags flags, CancellationToken cancel);

    /// <summary>Whether it is active.</summary>
    [Procedure(154, Priority.High, Inline = true), CExport("virStoragePoolIsActive")]
    [Acl(StoragePoolRight.Read)]
    ValueTask<bool> IsActiveAsync(StoragePoolRef pool, CancellationToken cancel);

    /// <summary>Whether it is kept when it stops.</summary>
    [Procedure(155, Priority.High, Inline = true), CExport("virStoragePoolIsPersistent")]
    [Acl(StoragePoolRight.Read)]
    ValueTask<bool> IsPersistentAsync(StoragePoolRef pool, CancellationToken cancel);

    /// <summary>Whether it starts with the daemon.</summary>
    [Procedure(89, Priority.High, Inline = true), CExport("virStoragePoolGetAutostart")]
    [Acl(StoragePoolRight.Read)]
    ValueTask<bool> GetAutostartAsync(StoragePoolRef pool, CancellationToken cancel);
}

/// <summary>Making, starting and stopping pools.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStoragePoolLifecycle
{
    /// <summary>Starts a pool that is gone when it stops.</summary>
    [Procedure(76, Write = true), CExport("virStoragePoolCreateXML")]
    [Acl(StoragePoolRight.Start)]
    [Acl(StoragePoolRight.Write)]
    ValueTask<StoragePoolRef> CreateTransientAsync(string xml, StoragePoolCreateFlags flags, CancellationToken cancel);

    /// <summary>Makes a persistent pool of a document, or changes one.</summary>
    [Procedure(77, Priority.High, Write = true), CExport("virStoragePoolDefineXML")]
    [Acl(StoragePoolRight.Write)]
    [Acl(StoragePoolRight.Save)]
    ValueTask<StoragePoolRef> DefineAsync(string xml, StoragePoolDefineFlags flags, CancellationToken cancel);

    /// <summary>Starts a defined pool.</summary>
    [Procedure(78, Write = true), CExport("virStoragePoolCreate")]
    [Acl(StoragePoolRight.Start)]
    ValueTask CreateAsync(StoragePoolRef pool, StoragePoolCreateFlags flags, CancellationToken cancel);

    /// <summary>Makes what the pool stands on.</summary>
    [Procedure(79, Write = true), CExport("virStoragePoolBuild")]
    [Acl(StoragePoolRight.Format)]
    ValueTask BuildAsync(StoragePoolRef pool, StoragePoolBuildFlags flags, CancellationToken cancel);

    /// <summary>Stops it.</summary>
    [Procedure(80, Priority.High, Write = true), CExport("virStoragePoolDestroy")]
    [Acl(StoragePoolRight.Stop)]
    ValueTask DestroyAsync(StoragePoolRef pool, CancellationToken cancel);

    /// <summary>Deletes what the pool stands on.</summary>
    [Procedure(81, Write = true), CExport("virStoragePoolDelete")]
    [Acl(StoragePoolRight.Format)]
    ValueTask DeleteAsync(StoragePoolRef pool, StoragePoolDeleteFlags flags, CancellationToken cancel);

    /// <summary>Forgets it.</summary>
    [Procedure(82, Priority.High, Write = true), CExport("virStoragePoolUndefine")]
    [Acl(StoragePoolRight.Delete)]
    ValueTask UndefineAsync(StoragePoolRef pool, CancellationToken cancel);

    /// <summary>Looks again at what is there.</summary>
    [Procedure(83, Write = true), CExport("virStoragePoolRefresh")]
    [Acl(StoragePoolRight.Refresh)]
    ValueTask RefreshAsync(StoragePoolRef pool, uint flags, CancellationToken cancel);

    /// <summary>Whether it shall start with the daemon.</summary>
    [Procedure(90, Priority.High, Write = true), CExport("virStoragePoolSetAutostart")]
    [Acl(StoragePoolRight.Write)]
    ValueTask SetAutostartAsync(StoragePoolRef pool, bool autostart, CancellationToken cancel);
}

/// <summary>Finding volumes.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStorageVolumeLookup
{
    /// <summary>The volume of a pool with this name.</summary>
    [Procedure(95, Priority.High, Inline = true), CExport("virStorageVolLookupByName")]
    [Acl(StorageVolumeRight.GetAttributes)]
    ValueTask<StorageVolumeRef> LookupByNameAsync(StoragePoolRef pool, string name, CancellationToken cancel);

    /// <summary>The volume with this key.</summary>
    [Procedure(96, Priority.High, Inline = true), CExport("virStorageVolLookupByKey")]
    [Acl(StorageVolumeRight.GetAttributes)]
    ValueTask<StorageVolumeRef> LookupByKeyAsync(string key, CancellationToken cancel);

    /// <summary>The volume at this path.</summary>
    [Procedure(97, Priority.High, Inline = true), CExport("virStorageVolLookupByPath")]
    [Acl(StorageVolumeRight.GetAttributes)]
    ValueTask<StorageVolumeRef> LookupByPathAsync(string path, CancellationToken cancel);

    /// <summary>How many a pool has.</summary>
    [Procedure(91, Priority.High, Inline = true), CExport("virStoragePoolNumOfVolumes")]
    [Acl(StoragePoolRight.SearchVolumes)]
    [Acl(StorageVolumeRight.GetAttributes, Filter = true)]
    ValueTask<int> CountVolumesAsync(StoragePoolRef pool, CancellationToken cancel);

    /// <summary>Their names.</summary>
    [Procedure(92, Priority.High, Inline = true, Shape = Shape.UpTo), CExport("virStoragePoolListVolumes")]
    [Acl(StoragePoolRight.SearchVolumes)]
    [Acl(StorageVolumeRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<string[]> ListVolumeNamesAsync(StoragePoolRef pool, CancellationToken cancel);

    /// <summary>All volumes of a pool.</summary>
    [Procedure(282, Priority.High, Inline = true, Shape = Shape.List), CExport("virStoragePoolListAllVolumes")]
    [Acl(StoragePoolRight.SearchVolumes)]
    [Acl(StorageVolumeRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<StorageVolumeRef[]> ListVolumesAsync(StoragePoolRef pool, uint flags, CancellationToken cancel);
}

/// <summary>What a volume is.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStorageVolumeInfo
{
    /// <summary>Kind and space.</summary>
    [Procedure(98, Priority.High, Inline = true), CExport("virStorageVolGetInfo")]
    [Acl(StorageVolumeRight.Read)]
    ValueTask<StorageVolumeInfo> GetInfoAsync(StorageVolumeRef volume, CancellationToken cancel);

    /// <summary>The volume's document.</summary>
    [Procedure(99, Priority.High, Inline = true), CExport("virStorageVolGetXMLDesc")]
    [Acl(StorageVolumeRight.Read)]
    ValueTask<string> GetXmlAsync(StorageVolumeRef volume, uint flags, CancellationToken cancel);

    /// <summary>Where it is.</summary>
    [Procedure(100, Priority.High, Inline = true), CExport("virStorageVolGetPath")]
    [Acl(StorageVolumeRight.Read)]
    ValueTask<string> GetPathAsync(StorageVolumeRef volume, CancellationToken cancel);
}

/// <summary>Making and deleting volumes.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStorageVolumes
{
    /// <summary>Makes a volume of a document.</summary>
    [Procedure(93, Write = true), CExport("virStorageVolCreateXML")]
    [Acl(StorageVolumeRight.Create)]
    ValueTask<StorageVolumeRef> CreateAsync(
        StoragePoolRef pool, string xml, StorageVolumeCreateFlags flags, CancellationToken cancel);

    /// <summary>Makes a volume and fills it from another.</summary>
    [Procedure(125, Write = true), CExport("virStorageVolCreateXMLFrom")]
    [Acl(StorageVolumeRight.Create)]
    ValueTask<StorageVolumeRef> CreateFromAsync(
        StoragePoolRef pool, string xml, StorageVolumeRef source, StorageVolumeCreateFlags flags, CancellationToken cancel);

    /// <summary>Deletes a volume.</summary>
    [Procedure(94, Write = true), CExport("virStorageVolDelete")]
    [Acl(StorageVolumeRight.Delete)]
    ValueTask DeleteAsync(StorageVolumeRef volume, StorageVolumeDeleteFlags flags, CancellationToken cancel);
}

/// <summary>Finding pools by what they show on the host.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStoragePoolTargets
{
    /// <summary>The pool with this target.</summary>
    [Procedure(391, Priority.High, Inline = true), CExport("virStoragePoolLookupByTargetPath")]
    [Acl(StoragePoolRight.GetAttributes)]
    ValueTask<StoragePoolRef> LookupByTargetPathAsync(string path, CancellationToken cancel);
}

/// <summary>What a volume is, with a choice of what is measured.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStorageVolumeMeasures
{
    /// <summary>Kind and space.</summary>
    [Procedure(378, Priority.High, Inline = true), CExport("virStorageVolGetInfoFlags")]
    [Acl(StorageVolumeRight.Read)]
    ValueTask<StorageVolumeInfo> MeasureAsync(StorageVolumeRef volume, StorageVolumeInfoFlags flags, CancellationToken cancel);
}

/// <summary>Changing the capacity of volumes.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStorageVolumeResizing
{
    /// <summary>Changes its capacity, in bytes.</summary>
    [Procedure(260, Write = true), CExport("virStorageVolResize")]
    [Acl(StorageVolumeRight.Resize)]
    ValueTask ResizeAsync(StorageVolumeRef volume, ulong capacity, StorageVolumeResizeFlags flags, CancellationToken cancel);
}
