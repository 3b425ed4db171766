using Vireo.Host.Files;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Volumes;

/// <summary>A volume of an active pool.</summary>
/// <param name="def">As it is.</param>
sealed class Volume(StorageVolumeDef def)
{
    int uses;
    ulong copied;
    volatile StorageVolumeDef def = def;

    public string Name { get; } = def.Name;

    /// <summary>What names it on the host. Of some only who made it can tell, when it is made.</summary>
    public string Key => def.Key!;

    public string Path { get; } = def.Target!.Path!;

    /// <summary>As it was when somebody looked last.</summary>
    public StorageVolumeDef Def
    {
        get => def;
        set => def = value;
    }

    /// <summary>Of its file, when its content was looked at; null: never.</summary>
    public FileStatus? Seen { get; set; }

    /// <summary>It is being made: there is no more of it than its name.</summary>
    public bool IsBuilding { get; set; }

    /// <summary>How much is in it of what it is filled from, in bytes, while it is being made; 0: its file tells.</summary>
    public ulong Copied
    {
        get => Volatile.Read(ref copied);
        set => Volatile.Write(ref copied, value);
    }

    /// <summary>Somebody reads or writes it through the daemon, or makes another from it.</summary>
    public bool IsInUse => Volatile.Read(ref uses) > 0;

    /// <summary>The same volume, as another look found it.</summary>
    public Volume As(Volume found)
    {
        if (found != this)
            (Def, Seen) = (found.Def, found.Seen);
        return this;
    }

    /// <summary>Uses it until disposed of.</summary>
    public IDisposable Use()
    {
        Interlocked.Increment(ref uses);
        return new InUse(this);
    }

    /// <summary>Refuses what must not happen to a volume that somebody uses or makes.</summary>
    public void RequireIdle()
    {
        if (IsInUse)
            throw StorageErrors.Invalid($"volume '{Name}' is still in use.");
        RequireBuilt();
    }

    /// <summary>Refuses what must not happen to a volume that is being made.</summary>
    public void RequireBuilt()
    {
        if (IsBuilding)
            throw StorageErrors.Invalid($"volume '{Name}' is still being allocated.");
    }

    sealed class InUse(Volume volume) : IDisposable
    {
        int over;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref over, 1) is 0)
                Interlocked.Decrement(ref volume.uses);
        }
    }
}
