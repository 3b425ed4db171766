using System.Collections.Immutable;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Guests;
using Vireo.Drivers.Test.Host;
using Vireo.Drivers.Test.Tuning;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Threads;

/// <summary>Threads that serve disks.</summary>
sealed class IoThreads(TestHost host) : DomainWork(host), IDomainIoThreads
{
    public ValueTask<IoThreadInfo[]> GetIoThreadsAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(flags, "virDomainGetIOThreadInfo");
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainGetIOThreadInfo");
        DomainDef def = SeeDef(domain, flags);
        return new([.. IoThreadList.Ids(def).Select(id => new IoThreadInfo(id, ProcessorMap.Write(PinOf(def, id))))]);
    }

    // Where nothing is said, libvirt's test driver tells as many processors as the guest has.
    static CpuSet PinOf(DomainDef def, uint id) => (def.CpuTune?.IoThreadPins ?? default).FirstOrDefault(pin => pin.IoThread == id)?.CpuSet
        ?? def.Vcpu?.CpuSet ?? CpuSet.First((int)Math.Min(def.Vcpu?.Current ?? def.Vcpu?.Maximum ?? 1, CpuSet.Limit));

    public ValueTask PinIoThreadAsync(DomainRef domain, uint thread, byte[] map, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainPinIOThread");
        TestErrors.NotBothDefinitions(flags);
        CpuSet set = ProcessorMap.Read(map);
        if (set.IsEmpty)
            throw VireoException.InvalidArgument(ErrorDomain.Test, "Empty iothread cpumap list for pinning");
        return Edit(domain, flags, def =>
        {
            if (!IoThreadList.Ids(def).Contains(thread))
                throw VireoException.InvalidArgument(ErrorDomain.Test, $"iothreadid {(int)thread} not found");
            CpuTune tune = def.CpuTune ?? new CpuTune();
            var pin = new IoThreadPin { IoThread = thread, CpuSet = set };
            // In the order of the threads.
            var pins = IoThreadList.Ids(def).Select(id => id == thread ? pin : tune.IoThreadPins.FirstOrDefault(one => one.IoThread == id)).OfType<IoThreadPin>();
            return def with { CpuTune = tune with { IoThreadPins = pins.ToValueList() } };
        });
    }

    public ValueTask AddIoThreadAsync(DomainRef domain, uint thread, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainAddIOThread");
        TestErrors.NotBothDefinitions(flags);
        if (thread is 0)
            throw VireoException.InvalidArgument(ErrorDomain.Test, "invalid value of 0 for iothread_id");
        return EditThreads(domain, flags, def => IoThreadList.Add(def, thread), polling => polling.Add(IoThreadPolling.New(thread)));
    }

    public ValueTask RemoveIoThreadAsync(DomainRef domain, uint thread, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainDelIOThread");
        TestErrors.NotBothDefinitions(flags);
        if (thread is 0)
            throw VireoException.InvalidArgument(ErrorDomain.Test, "invalid value of 0 for iothread_id");
        return EditThreads(domain, flags, def => IoThreadList.Remove(def, thread), polling => polling.RemoveAll(one => one.Id == thread));
    }

    ValueTask EditThreads(
        DomainRef domain, DomainModificationImpact flags, Func<DomainDef, DomainDef> edit,
        Func<ImmutableArray<IoThreadPolling>, ImmutableArray<IoThreadPolling>> repoll)
    {
        lock (Host.Gate)
        {
            TestDomain found = Host.Get(domain);
            found.Edit(flags, edit);
            GuestView guest = found.Now.Guest;
            found.Become(found.Now with { Guest = guest with { Polling = repoll(guest.Polling) } });
        }
        return default;
    }

    public ValueTask SetIoThreadParametersAsync(
        DomainRef domain, uint thread, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live, "testDomainSetIOThreadParams");
        return Change(domain, known =>
        {
            DomainDef def = DomainImpact.One(known, flags);
            if (!IoThreadList.Ids(def).Contains(thread))
                throw VireoException.InvalidArgument(ErrorDomain.Test, $"cannot find IOThread '{thread}' in iothreadids");
            ParameterRules.Check(parameters, ("poll_max_ns", ParameterType.ULong), ("poll_grow", ParameterType.UInt), ("poll_shrink", ParameterType.UInt));
            int at = known.Guest.Polling.ToList().FindIndex(one => one.Id == thread);
            if (at < 0)
                return known;
            IoThreadPolling polling = known.Guest.Polling[at];
            polling = polling with
            {
                MaxNanoseconds = parameters.GetULong("poll_max_ns") ?? polling.MaxNanoseconds,
                Grow = parameters.GetUInt("poll_grow") ?? polling.Grow,
                Shrink = parameters.GetUInt("poll_shrink") ?? polling.Shrink,
            };
            return known with { Guest = known.Guest with { Polling = known.Guest.Polling.SetItem(at, polling) } };
        });
    }
}
