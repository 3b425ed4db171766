using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Threads;

/// <summary>The IOThreads of a definition, whose ids are 1, 2, 3, ... where it does not list them.</summary>
static class IoThreadList
{
    /// <summary>All ids, in order.</summary>
    public static IReadOnlyList<uint> Ids(DomainDef def) => !def.IoThreadIds.IsEmpty ? [.. def.IoThreadIds.Select(thread => thread.Id)]
        : def.IoThreads is { } count ? [.. Enumerable.Range(1, (int)Math.Min(count, CpuSet.Limit)).Select(id => (uint)id)] : [];

    /// <summary>With one more.</summary>
    public static DomainDef Add(DomainDef def, uint id) => Ids(def).Contains(id)
        ? throw VireoException.InvalidArgument(ErrorDomain.Domain, $"an IOThread is already using iothread_id '{id}'")
        : With(def, Listed(def).Add(new IoThread { Id = id }));

    /// <summary>Without one, and without what was said of it.</summary>
    public static DomainDef Remove(DomainDef def, uint id)
    {
        if (!Ids(def).Contains(id))
            throw VireoException.InvalidArgument(ErrorDomain.Domain, $"cannot find IOThread '{id}' in iothreadids list");
        if (def.Devices.Disks.FirstOrDefault(disk => disk.Driver?.IoThread == id) is { } user)
            throw VireoException.InvalidArgument(ErrorDomain.Domain, $"cannot remove IOThread {id} since it is being used by disk '{user.Target.Device}'");
        DomainDef rest = With(def, Listed(def).Where(thread => thread.Id != id).ToValueList());
        if (rest.CpuTune is not { } tune)
            return rest;
        tune = tune with
        {
            IoThreadPins = tune.IoThreadPins.Where(pin => pin.IoThread != id).ToValueList(),
            IoThreadSchedulers = tune.IoThreadSchedulers.Select(one => one with { IoThreads = CpuSet.Of(one.IoThreads.Members.Where(member => member != id)) })
                .Where(one => !one.IoThreads.IsEmpty).ToValueList(),
        };
        return rest with { CpuTune = tune == new CpuTune() ? null : tune };
    }

    static ValueList<IoThread> Listed(DomainDef def) => !def.IoThreadIds.IsEmpty ? def.IoThreadIds : Ids(def).Select(id => new IoThread { Id = id }).ToValueList();

    static DomainDef With(DomainDef def, ValueList<IoThread> threads) =>
        def with { IoThreadIds = threads, IoThreads = threads.IsEmpty ? null : (uint)threads.Count };
}
