using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Start.Groups;
using Vireo.Drivers.Qemu.Tuning;
using Vireo.Host.Processes;
using Vireo.Model.Domain;
using IoThread = Vireo.Model.Domain.IoThread;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Threads that serve disks.</summary>
sealed class GuestIoThreads(QemuConnection connection) : IDomainIoThreads
{
    const DomainModificationImpact Known = DomainModificationImpact.Live | DomainModificationImpact.Config;
    const string PollMax = "poll_max_ns", PollGrow = "poll_grow", PollShrink = "poll_shrink", PoolLeast = "thread_pool_min", PoolMost = "thread_pool_max";
    const int UsualPoolMost = 64;

    public async ValueTask<IoThreadInfo[]> GetIoThreadsAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainGetIOThreadInfo");
        var machine = connection.Get(domain);
        var now = machine.Snapshot;
        DomainDef def = DomainNumbers.Choose(now, flags);
        if (!ReferenceEquals(def, now.Live) || machine.Live is not { } live)
            return [.. IoThreadList.Ids(def).Select(id => new IoThreadInfo(id, ProcessorMap.Write(PinOf(def, id))))];
        // What QEMU does not answer soon is known well enough from what was asked for.
        var threads = await live.AskAsync(new QueryIoThreads(), cancel).ConfigureAwait(false);
        return threads is null ? [.. IoThreadList.Ids(def).Select(id => new IoThreadInfo(id, ProcessorMap.Write(PinOf(def, id))))]
            : [.. threads.Where(static one => NumberOf(one.Id) is not null).Select(one => new IoThreadInfo(NumberOf(one.Id)!.Value,
                ProcessorMap.Write(HostThreads.ProcessorsOf(one.ThreadId) is { } places ? CpuSet.Of(places) : HostProcessors.Online())))];
    }

    static CpuSet PinOf(DomainDef def, uint id) =>
        def.CpuTune?.IoThreadPins.FirstOrDefault(pin => pin.IoThread == id)?.CpuSet ?? def.Vcpu?.CpuSet ?? HostProcessors.Online();

    /// <summary>The number of one of ours.</summary>
    internal static uint? NumberOf(string name) => name.StartsWith("iothread", StringComparison.Ordinal)
        && uint.TryParse(name.AsSpan("iothread".Length), NumberStyles.None, CultureInfo.InvariantCulture, out uint id) ? id : null;

    static string NameOf(uint id) => $"iothread{id}";

    public async ValueTask PinIoThreadAsync(DomainRef domain, uint thread, byte[] map, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainPinIOThread");
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainPinIOThread", flags, cancel).ConfigureAwait(false);
        CpuSet set = ProcessorMap.Read(map);
        if (set.IsEmpty)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, "Empty iothread cpumap list for pinning");
        if (edit.Live is { } running && !IoThreadList.Ids(running).Contains(thread))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"iothread {thread} not found");
        if (edit.Config is { } config && !IoThreadList.Ids(config).Contains(thread))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"iothreadid {thread} not found");
        if (edit.Live is not null && await FindAsync(edit, thread, cancel).ConfigureAwait(false) is { } place)
            ThreadPlacing.Pin(edit.Qemu, NameOf(thread), place, set);
        edit.Change(def => WithPin(def, thread, set), new TypedParameter($"cputune.iothreadpin{thread}", set.ToString()));
    }

    static async ValueTask<int?> FindAsync(DefinitionEdit edit, uint thread, CancellationToken cancel) =>
        (await edit.AskAsync(new QueryIoThreads(), cancel).ConfigureAwait(false)).FirstOrDefault(one => one.Id == NameOf(thread))?.ThreadId;

    static DomainDef WithPin(DomainDef def, uint thread, CpuSet set)
    {
        CpuTune tune = def.CpuTune ?? new CpuTune();
        var pin = new IoThreadPin { IoThread = thread, CpuSet = set };
        // In the order of the threads.
        var pins = IoThreadList.Ids(def).Select(id => id == thread ? pin : tune.IoThreadPins.FirstOrDefault(one => one.IoThread == id)).OfType<IoThreadPin>();
        return def with { CpuTune = tune with { IoThreadPins = pins.ToValueList() } };
    }

    public async ValueTask AddIoThreadAsync(DomainRef domain, uint thread, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainAddIOThread");
        Named(thread);
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainAddIOThread", flags, cancel).ConfigureAwait(false);
        DomainDef? next = edit.Config is { } config ? IoThreadList.Add(config, thread) : null;
        if (edit.Live is { } live)
        {
            DomainDef with = IoThreadList.Add(live, thread);
            await CountedAsync(edit, live, with, async () =>
            {
                await edit.AskAsync(new MakePart("object-add", new QemuProperties { { "qom-type", "iothread" }, { "id", NameOf(thread) } }), cancel).ConfigureAwait(false);
                edit.Qemu.LastIoThreads = null;
                edit.Publish(def => IoThreadList.Add(def, thread));
                if (await FindAsync(edit, thread, cancel).ConfigureAwait(false) is { } place)
                    GuestThreads.PlaceIoThread(edit.Qemu.Cgroup, with, (int)thread, place);
            }).ConfigureAwait(false);
        }
        edit.Save(next);
    }

    public async ValueTask RemoveIoThreadAsync(DomainRef domain, uint thread, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainDelIOThread");
        Named(thread);
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainDelIOThread", flags, cancel).ConfigureAwait(false);
        DomainDef? next = edit.Config is { } config ? IoThreadList.Remove(config, thread) : null;
        if (edit.Live is { } live)
            await CountedAsync(edit, live, IoThreadList.Remove(live, thread), async () =>
            {
                await edit.AskAsync(new ObjectDel(NameOf(thread)), cancel).ConfigureAwait(false);
                edit.Qemu.LastIoThreads = null;
                edit.Publish(def => Unlisted(IoThreadList.Remove(def, thread), edit.Qemu.Written));
                edit.Qemu.Cgroup?.RemoveThreads(NameOf(thread));
            }).ConfigureAwait(false);
        edit.Save(next);
    }

    // Threads that were only counted when it was started are not shown when no other is left.
    static DomainDef Unlisted(DomainDef def, DomainDef? written)
    {
        DomainDef counted = def with { IoThreadIds = [] };
        return written is { IoThreadIds.IsEmpty: true } && IoThreadList.Listed(counted) == def.IoThreadIds ? counted : def;
    }

    async ValueTask CountedAsync(DefinitionEdit edit, DomainDef before, DomainDef after, Func<ValueTask> change)
    {
        bool done = false;
        try
        {
            await change().ConfigureAwait(false);
            done = true;
        }
        finally
        {
            connection.Keeper.AuditOf(before.Type, edit.Machine).Amount("iothread", "update", (ulong)IoThreadList.Ids(before).Count, (ulong)IoThreadList.Ids(after).Count, done);
        }
    }

    static void Named(uint thread)
    {
        if (thread is 0)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, "invalid value of 0 for iothread_id");
    }

    public async ValueTask SetIoThreadParametersAsync(DomainRef domain, uint thread, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainSetIOThreadParams");
        Named(thread);
        ParameterRules.Check(parameters, (PollMax, ParameterType.ULong), (PollGrow, ParameterType.UInt), (PollShrink, ParameterType.UInt),
            (PoolLeast, ParameterType.Int), (PoolMost, ParameterType.Int));
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainSetIOThreadParams", flags, cancel).ConfigureAwait(false);
        int? least = parameters.Get(PoolLeast)?.AsInt, most = parameters.Get(PoolMost)?.AsInt;
        if (edit.Live is { } live)
            Check(live, thread, least, most);
        if (edit.Config is { } config)
        {
            Find(config, thread);
            if (parameters.Any(static one => one.Name is PollMax or PollGrow or PollShrink))
                throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, "configuring persistent polling values is not supported");
            Check(config, thread, least, most);
        }
        if (edit.Live is { } running)
        {
            await SetAsync(edit, Find(running, thread), parameters, cancel).ConfigureAwait(false);
            edit.Qemu.LastIoThreads = null;
        }
        if ((least ?? most) is not null)
            edit.Change(def => WithPool(def, thread, least, most));
    }

    static IoThread Find(DomainDef def, uint thread) => IoThreadList.Listed(def).FirstOrDefault(one => one.Id == thread)
        ?? throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"cannot find IOThread '{thread}' in iothreadids");

    static void Check(DomainDef def, uint thread, int? least, int? most)
    {
        IoThread found = Find(def, thread);
        int lowest = least ?? found.ThreadPoolMin ?? -1, highest = most ?? found.ThreadPoolMax ?? -1;
        if (lowest > highest)
            throw QemuErrors.Invalid($"thread_pool_min ({lowest}) can't be greater than thread_pool_max ({highest})");
    }

    static async ValueTask SetAsync(DefinitionEdit edit, IoThread thread, TypedParameter[] parameters, CancellationToken cancel)
    {
        foreach (TypedParameter one in parameters.Where(static p => p.Name is PollMax or PollGrow or PollShrink))
            await PutAsync(one.Name, one.Type is ParameterType.ULong ? (long)Math.Min(one.AsULong, long.MaxValue) : one.AsUInt).ConfigureAwait(false);
        int? least = parameters.Get(PoolLeast)?.AsInt, most = parameters.Get(PoolMost)?.AsInt;
        // QEMU keeps the one below the other at any time.
        bool mostFirst = least > (thread.ThreadPoolMax ?? UsualPoolMost);
        foreach (var (name, value) in mostFirst ? [(PoolMost, most), (PoolLeast, least)] : ((string, int?)[])[(PoolLeast, least), (PoolMost, most)])
            if (value is { } number)
                await PutAsync(name, number).ConfigureAwait(false);

        ValueTask<Monitor.QmpNothing> PutAsync(string name, long value) =>
            edit.AskAsync(new QomSetNumber(NameOf(thread.Id), name.Replace('_', '-'), value), cancel);
    }

    static DomainDef WithPool(DomainDef def, uint thread, int? least, int? most) => IoThreadList.With(def,
        IoThreadList.Listed(def).Map(one => one.Id == thread ? one with { ThreadPoolMin = least ?? one.ThreadPoolMin, ThreadPoolMax = most ?? one.ThreadPoolMax } : one));
}
