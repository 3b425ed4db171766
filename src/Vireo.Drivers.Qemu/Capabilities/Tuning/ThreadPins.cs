using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Tuning;
using Vireo.Host.Cgroups;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Which of the host's processors vCPUs and the emulator may use.</summary>
sealed class ThreadPins(QemuConnection connection) : IDomainPins
{
    const DomainModificationImpact Known = DomainModificationImpact.Live | DomainModificationImpact.Config;

    public ValueTask<CpuMaps> GetVcpuPinsAsync(DomainRef domain, int maps, int mapLength, DomainModificationImpact flags, CancellationToken cancel)
    {
        CpuMapBounds.Check(maps, mapLength, "virDomainGetVcpuPinInfo");
        flags.Only(Known, "qemuDomainGetVcpuPinInfo");
        DomainDef def = DomainNumbers.Choose(connection.Get(domain).Snapshot, flags);
        CpuSet anywhere = Anywhere(def);
        int count = Math.Min(maps, DomainReads.MaxVcpus(def));
        byte[] all = new byte[count * mapLength];
        for (int vcpu = 0; vcpu < count; vcpu++)
            ProcessorMap.Write(def.CpuTune?.VcpuPins.FirstOrDefault(pin => pin.Vcpu == vcpu)?.CpuSet ?? anywhere, all.AsSpan(vcpu * mapLength, mapLength));
        return new(new CpuMaps(all, count));
    }

    public ValueTask<CpuMaps> GetEmulatorPinAsync(DomainRef domain, int mapLength, DomainModificationImpact flags, CancellationToken cancel)
    {
        CpuMapBounds.Check(1, mapLength, "virDomainGetEmulatorPinInfo");
        flags.Only(Known, "qemuDomainGetEmulatorPinInfo");
        DomainDef def = DomainNumbers.Choose(connection.Get(domain).Snapshot, flags);
        byte[] map = new byte[mapLength];
        ProcessorMap.Write(def.CpuTune?.EmulatorPin ?? Anywhere(def), map);
        return new(new CpuMaps(map, 1));
    }

    static CpuSet Anywhere(DomainDef def) => def.Vcpu?.CpuSet ?? HostProcessors.Online();

    public async ValueTask PinVcpuAsync(DomainRef domain, uint vcpu, byte[] map, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainPinVcpuFlags");
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainPinVcpuFlags", flags, cancel).ConfigureAwait(false);
        if (edit.Live is { } running && vcpu >= DomainReads.MaxVcpus(running))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"vcpu {vcpu} is out of range of live cpu count {DomainReads.MaxVcpus(running)}");
        if (edit.Config is { } config && vcpu >= DomainReads.MaxVcpus(config))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"vcpu {vcpu} is out of range of persistent cpu count {DomainReads.Vcpus(config)}");
        CpuSet set = Read(map);
        if (edit.Live is not null && edit.Qemu.Vcpus.FirstOrDefault(one => one.Id == vcpu) is { Pid: > 0 and var thread } && thread != edit.Qemu.Process.Pid)
            ThreadPlacing.Pin(edit.Qemu, $"vcpu{vcpu}", thread, set);
        edit.Change(def => WithVcpu(def, vcpu, set), new TypedParameter($"cputune.vcpupin{vcpu}", set.ToString()));
    }

    static DomainDef WithVcpu(DomainDef def, uint vcpu, CpuSet set)
    {
        CpuTune tune = def.CpuTune ?? new CpuTune();
        ValueList<VcpuPin> pins = tune.VcpuPins.Where(pin => pin.Vcpu != vcpu).Append(new VcpuPin { Vcpu = vcpu, CpuSet = set }).OrderBy(static pin => pin.Vcpu).ToValueList();
        return def with { CpuTune = tune with { VcpuPins = pins } };
    }

    public async ValueTask PinEmulatorAsync(DomainRef domain, byte[] map, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainPinEmulator");
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainPinEmulator", flags, cancel).ConfigureAwait(false);
        CpuSet set = Read(map);
        if (edit.Live is not null)
            ThreadPlacing.Pin(edit.Qemu, MachineCgroup.Emulator, edit.Qemu.Process.Pid, set);
        edit.Change(def => def with { CpuTune = (def.CpuTune ?? new CpuTune()) with { EmulatorPin = set } }, new TypedParameter("cputune.emulatorpin", set.ToString()));
    }

    static CpuSet Read(byte[] map) => ProcessorMap.Read(map) is { IsEmpty: false } set ? set
        : throw VireoException.InvalidArgument(ErrorDomain.Qemu, "Empty cpu list for pinning");
}
