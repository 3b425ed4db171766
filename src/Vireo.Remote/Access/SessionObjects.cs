using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Remote.Access;

/// <summary>
/// Finds the objects of a connection. A caller may write any name beside another object's uuid, so nothing that identifies an object is
/// believed: the driver is asked what it knows under the key by which it finds the object itself. Nothing is allocated where the
/// driver answers at once.
/// </summary>
sealed partial class SessionObjects(CapabilitySet capabilities, CancellationToken ended)
{
    /// <summary>The driver does not know its objects at once: rights must not be asked for on a thread that serves other clients.</summary>
    internal bool Slow => Volatile.Read(ref slow);

    bool slow;

    internal Found Find(DomainRef said) => Find(
        capabilities.Find<IDomainLookup>(), said.Uuid, static (lookup, uuid, ended) => lookup.LookupByUuidAsync(uuid, ended),
        static (objects, found) => Of(found), new(AccessObject.Domain, null, said.Uuid) { Vague = true });

    internal Found FindDomain(string name) => Find(
        capabilities.Find<IDomainLookup>(), name, static (lookup, name, ended) => lookup.LookupByNameAsync(name, ended),
        static (objects, found) => Of(found), new(AccessObject.Domain, name) { Vague = true });

    internal Found Find(NetworkRef said) => Find(
        capabilities.Find<INetworkLookup>(), said.Uuid, static (lookup, uuid, ended) => lookup.LookupByUuidAsync(uuid, ended),
        static (objects, found) => Of(found), new(AccessObject.Network, null, said.Uuid) { Vague = true });

    /// <summary>A port is found by its own uuid within its network.</summary>
    internal Found Find(NetworkPortRef said)
    {
        Found network = Find(said.Network);
        return new(new AccessSubject(AccessObject.NetworkPort, null, said.Uuid)
        {
            Parent = network.Subject.Name,
            ParentUuid = network.Subject.Uuid,
            Vague = network.Subject.Vague,
        }, network.Missing);
    }

    internal Found Find(StoragePoolRef said) => Find(
        capabilities.Find<IStoragePoolLookup>(), said.Uuid, static (lookup, uuid, ended) => lookup.LookupByUuidAsync(uuid, ended),
        static (objects, found) => Of(found), new(AccessObject.StoragePool, null, said.Uuid) { Vague = true });

    internal Found FindPool(string name) => Find(
        capabilities.Find<IStoragePoolLookup>(), name, static (lookup, name, ended) => lookup.LookupByNameAsync(name, ended),
        static (objects, found) => Of(found), new(AccessObject.StoragePool, name) { Vague = true });

    /// <summary>A volume is found by its name within its pool; the key is what the pool says it is.</summary>
    internal Found Find(StorageVolumeRef said)
    {
        Found pool = FindPool(said.Pool);
        var unknown = new AccessSubject(AccessObject.StorageVolume, said.Name) { Parent = said.Pool, ParentUuid = pool.Subject.Uuid, Vague = true };
        if (pool.Missing is not null || pool.Subject.Uuid is not { } uuid)
            return new(unknown, pool.Missing);
        Found volume = Find(
            capabilities.Find<IStorageVolumeLookup>(), (Pool: new StoragePoolRef(said.Pool, uuid), said.Name),
            static (lookup, key, ended) => lookup.LookupByNameAsync(key.Pool, key.Name, ended),
            static (objects, found) => OfVolume(found), unknown);
        return volume with { Subject = volume.Subject with { ParentUuid = uuid } };
    }

    internal Found Find(InterfaceRef said) => Find(
        capabilities.Find<IInterfaceListing>(), said.Name, static (lookup, name, ended) => lookup.LookupByNameAsync(name, ended),
        static (objects, found) => Of(found), new(AccessObject.Interface, said.Name) { Vague = true });

    internal Found Find(SecretRef said) => Find(
        capabilities.Find<ISecretListing>(), said.Uuid, static (lookup, uuid, ended) => lookup.LookupByUuidAsync(uuid, ended),
        static (objects, found) => Of(found), new(AccessObject.Secret, null, said.Uuid) { Vague = true });

    internal Found Find(NwFilterRef said) => Find(
        capabilities.Find<INwFilterListing>(), said.Uuid, static (lookup, uuid, ended) => lookup.LookupByUuidAsync(uuid, ended),
        static (objects, found) => Of(found), new(AccessObject.NwFilter, null, said.Uuid) { Vague = true });

    internal Found Find(NwFilterBindingRef said) => Find(
        capabilities.Find<INwFilterBindings>(), said.PortDevice, static (lookup, name, ended) => lookup.LookupBindingAsync(name, ended),
        static (objects, found) => Of(found), new(AccessObject.NwFilterBinding, said.PortDevice) { Vague = true });

    /// <summary>The domain in a file of a saved machine.</summary>
    internal Found InImage(string file)
    {
        try
        {
            return capabilities.Find<IDomainSave>() is not { } saves
                ? new(new AccessSubject(AccessObject.Domain) { Vague = true })
                : new(DocumentSubject.Read(Wait(saves.GetSaveImageXmlAsync(file, default, ended)), AccessObject.Domain));
        }
        catch (VireoException unreadable)
        {
            return new(new AccessSubject(AccessObject.Domain) { Vague = true }, unreadable);
        }
    }

    /// <summary>What is there already of what a document describes, by uuid or by name; null: nothing.</summary>
    internal AccessSubject? Existing(in AccessSubject described)
    {
        Found byUuid = described.Uuid is not { } uuid ? new(default, Nothing) : described.Kind switch
        {
            AccessObject.Domain => Find(new DomainRef("", uuid, -1)),
            AccessObject.Network => Find(new NetworkRef("", uuid)),
            AccessObject.StoragePool => Find(new StoragePoolRef("", uuid)),
            AccessObject.Secret => Find(new SecretRef(uuid, default, "")),
            AccessObject.NwFilter => Find(new NwFilterRef("", uuid)),
            _ => new(default, Nothing),
        };
        if (byUuid.Missing is null && !byUuid.Subject.Vague)
            return byUuid.Subject;
        if (described.Name is not { } name)
            return null;
        Found byName = described.Kind switch
        {
            AccessObject.Domain => FindDomain(name),
            AccessObject.Network => Find(
                capabilities.Find<INetworkLookup>(), name, static (lookup, name, ended) => lookup.LookupByNameAsync(name, ended),
                static (objects, found) => Of(found), new(AccessObject.Network, name) { Vague = true }),
            AccessObject.StoragePool => FindPool(name),
            AccessObject.NwFilter => Find(
                capabilities.Find<INwFilterListing>(), name, static (lookup, name, ended) => lookup.LookupByNameAsync(name, ended),
                static (objects, found) => Of(found), new(AccessObject.NwFilter, name) { Vague = true }),
            AccessObject.Interface => Find(new InterfaceRef(name, "")),
            AccessObject.NwFilterBinding => Find(new NwFilterBindingRef(name, "")),
            _ => new(default, Nothing),
        };
        return byName.Missing is null && !byName.Subject.Vague ? byName.Subject : null;
    }

    static readonly VireoException Nothing = new(ErrorCode.NoSource, ErrorDomain.Access, null);

    /// <summary>A described port or volume, in the network or pool that it is to be in.</summary>
    internal AccessSubject Within(in AccessSubject described, NetworkRef network)
    {
        AccessSubject parent = Find(network).Subject;
        return described with { Parent = parent.Name, ParentUuid = parent.Uuid };
    }

    internal AccessSubject Within(in AccessSubject described, StoragePoolRef pool)
    {
        AccessSubject parent = Find(pool).Subject;
        return described with { Parent = parent.Name, ParentUuid = parent.Uuid };
    }

    // A lookup that the driver does not have leaves what the caller said unconfirmed: its kind, and the key it will be found by.
    Found Find<TLookup, TKey, TRef>(
        TLookup? lookup, TKey key, Func<TLookup, TKey, CancellationToken, ValueTask<TRef>> look, Func<SessionObjects, TRef, AccessSubject> of,
        in AccessSubject unknown) where TLookup : class
    {
        if (lookup is null)
            return new(unknown);
        try
        {
            return new(of(this, Wait(look(lookup, key, ended))));
        }
        catch (VireoException e)
        {
            return new(unknown, e);
        }
    }

    T Wait<T>(ValueTask<T> task)
    {
        if (task.IsCompletedSuccessfully)
            return task.Result;
        Volatile.Write(ref slow, true);
        return task.AsTask().GetAwaiter().GetResult();
    }
}
