using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Test.Storage;

/// <summary>The storage pools of a host.</summary>
sealed class TestPools
{
    readonly List<TestPool> all = [];

    public EventHub<StoragePoolEvent> Events { get; } = new();

    public IReadOnlyList<TestPool> All => all;

    /// <summary>Most calls know a pool by its name.</summary>
    public TestPool Get(string name) => all.Find(pool => pool.Name == name) ?? throw ObjectErrors.NoPool("name", name);

    public TestPool Get(Uuid uuid) => all.Find(pool => pool.Uuid == uuid) ?? throw ObjectErrors.NoPool("uuid", uuid.ToString());

    public TestPool GetActive(string name)
    {
        TestPool pool = Get(name);
        pool.RequireActive();
        return pool;
    }

    public TestPool GetInactive(string name)
    {
        TestPool pool = Get(name);
        pool.RequireInactive();
        return pool;
    }

    /// <summary>A volume of any active pool.</summary>
    public (TestPool Pool, StorageVolumeDef Volume)? FindVolume(Predicate<StorageVolumeDef> wanted)
    {
        foreach (TestPool pool in all.Where(pool => pool.IsActive))
            foreach (StorageVolumeDef volume in pool.Volumes)
                if (wanted(volume))
                    return (pool, volume);
        return null;
    }

    /// <summary>Makes a pool that is kept, or gives one another definition.</summary>
    public TestPool Define(StoragePoolDef def)
    {
        TestPool pool = Claim(def, isInactive: false);
        pool.IsPersistent = true;
        return pool;
    }

    /// <summary>Makes a pool that is active and gone when it stops. One that was kept is not kept any more.</summary>
    public TestPool Create(StoragePoolDef def)
    {
        TestPool pool = Claim(def, isInactive: true);
        (pool.IsActive, pool.IsPersistent) = (true, false);
        return pool;
    }

    /// <summary>One that is there when the host comes up: active and kept.</summary>
    public TestPool AddActive(StoragePoolDef def)
    {
        TestPool pool = Define(def);
        pool.IsActive = true;
        return pool;
    }

    public void Remove(TestPool pool) => all.Remove(pool);

    public void Tell(TestPool pool, StoragePoolEventType type) => Events.Raise(new StoragePoolLifecycleEvent(pool.Ref, type, 0));

    /// <summary>The pool that a definition is of, which may be new. No two pools may lie on the same thing; a name and a uuid belong together.</summary>
    TestPool Claim(StoragePoolDef def, bool isInactive)
    {
        StoragePoolDef whole = def with { Uuid = def.Uuid ?? Uuid.NewRandom() };
        Uuid uuid = whole.Uuid.Value;
        if (all.Find(pool => pool.Name != def.Name && StoragePoolConflicts.Between(pool.Def, def)) is { } other)
            throw Taken($"Storage source conflict with pool: '{other.Name}'");
        if (all.Find(pool => pool.Uuid == uuid) is { } known)
        {
            if (known.Name != def.Name)
                throw Taken($"pool '{known.Name}' is already defined with uuid {uuid}");
            if (isInactive && known.IsActive)
                throw VireoException.OperationInvalid(ErrorDomain.Storage, $"pool is already active as '{known.Name}'");
            known.Take(whole);
            return known;
        }
        if (all.Find(pool => pool.Name == def.Name) is { } namesake)
            throw Taken($"pool '{namesake.Name}' already exists with uuid {namesake.Uuid}");
        var made = new TestPool(whole);
        all.Add(made);
        return made;
    }

    static VireoException Taken(string text) => new(ErrorCode.OperationFailed, ErrorDomain.Storage, text);
}
