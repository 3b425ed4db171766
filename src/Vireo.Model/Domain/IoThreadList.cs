using Vireo.Core;
using Vireo.Core.Errors;

namespace Vireo.Model.Domain;

/// <summary>The IOThreads of a definition, whose ids are 1, 2, 3, ... where it does not list them.</summary>
public static class IoThreadList
{
    /// <summary>All ids, in order.</summary>
    public static IReadOnlyList<uint> Ids(DomainDef def) => [.. Listed(def).Select(static thread => thread.Id)];

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

    /// <summary>All of them; those that are only counted have the lowest free ids, and a document does not show these.</summary>
    public static ValueList<IoThread> Listed(DomainDef def)
    {
        int more = (int)Math.Min(def.IoThreads ?? 0, CpuSet.Limit) - def.IoThreadIds.Count;
        return more <= 0 ? def.IoThreadIds : [.. def.IoThreadIds, .. Enumerable.Range(1, CpuSet.Limit).Select(static id => (uint)id)
            .Where(id => !def.IoThreadIds.Any(thread => thread.Id == id)).Take(more).Select(static id => new IoThread { Id = id })];
    }

    /// <summary>A definition with these threads.</summary>
    public static DomainDef With(DomainDef def, ValueList<IoThread> threads) =>
        def with { IoThreadIds = threads, IoThreads = threads.IsEmpty ? null : (uint)threads.Count };
}
