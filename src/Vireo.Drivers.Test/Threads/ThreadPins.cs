using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Threads;

/// <summary>Which of the host's processors vCPUs and emulators may use.</summary>
sealed class ThreadPins(TestHost host) : DomainWork(host), IDomainPins
{
    public ValueTask<CpuMaps> GetVcpuPinsAsync(DomainRef domain, int maps, int mapLength, DomainModificationImpact flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(flags, "virDomainGetVcpuPinInfo");
        CpuMapBounds.Check(maps, mapLength, "virDomainGetVcpuPinInfo");
        DomainDef def = SeeDef(domain, flags);
        int count = (int)Math.Min((uint)maps, def.Vcpu?.Current ?? def.Vcpu?.Maximum ?? 1);
        byte[] all = new byte[count * mapLength];
        for (int vcpu = 0; vcpu < count; vcpu++)
            ProcessorMap.Write(PinOf(def, vcpu, Host), all.AsSpan(vcpu * mapLength, mapLength));
        return new(new CpuMaps(all, count));
    }

    /// <summary>Where a vCPU may run: as pinned, else where all of them may, else anywhere.</summary>
    public static CpuSet PinOf(DomainDef def, int vcpu, TestHost host) =>
        (def.CpuTune?.VcpuPins ?? default).FirstOrDefault(pin => pin.Vcpu == vcpu)?.CpuSet ?? Default(def, host);

    static CpuSet Default(DomainDef def, TestHost host) => def.Vcpu?.CpuSet ?? CpuSet.First(Math.Clamp(host.Processors, 0, CpuSet.Limit));

    public ValueTask<CpuMaps> GetEmulatorPinAsync(DomainRef domain, int mapLength, DomainModificationImpact flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(flags, "virDomainGetEmulatorPinInfo");
        CpuMapBounds.Check(1, mapLength, "virDomainGetEmulatorPinInfo");
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainGetEmulatorPinInfo");
        DomainDef def = SeeDef(domain, flags);
        byte[] map = new byte[mapLength];
        ProcessorMap.Write(def.CpuTune?.EmulatorPin ?? Default(def, Host), map);
        return new(new CpuMaps(map, 1));
    }

    public ValueTask PinVcpuAsync(DomainRef domain, uint vcpu, byte[] map, CancellationToken cancel) =>
        PinVcpuAsync(domain, vcpu, map, DomainModificationImpact.Current, cancel);

    public ValueTask PinVcpuAsync(DomainRef domain, uint vcpu, byte[] map, DomainModificationImpact flags, CancellationToken cancel)
    {
        ((uint)flags).None("testDomainPinVcpuFlags");
        CpuSet set = ProcessorMap.Read(map);
        return Change(domain, known =>
        {
            if (!known.IsActive)
                throw VireoException.OperationInvalid(ErrorDomain.Test, "cannot pin vcpus on an inactive domain");
            if (vcpu >= known.Vcpus)
                throw VireoException.InvalidArgument(ErrorDomain.Test, $"requested vcpu '{(int)vcpu}' is not present in the domain");
            CpuTune tune = known.Def.CpuTune ?? new CpuTune();
            ValueList<VcpuPin> pins = tune.VcpuPins.Where(pin => pin.Vcpu != vcpu).Append(new VcpuPin { Vcpu = vcpu, CpuSet = set }).OrderBy(pin => pin.Vcpu).ToValueList();
            return known with { Def = known.Def with { CpuTune = tune with { VcpuPins = pins } } };
        });
    }

    public ValueTask PinEmulatorAsync(DomainRef domain, byte[] map, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainPinEmulator");
        TestErrors.NotBothDefinitions(flags);
        CpuSet set = ProcessorMap.Read(map);
        if (set.IsEmpty)
            throw VireoException.InvalidArgument(ErrorDomain.Test, "Empty cpu list for pinning");
        return Edit(domain, flags, def => def with { CpuTune = (def.CpuTune ?? new CpuTune()) with { EmulatorPin = set } });
    }
}
