using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>-cpu: the model and everything that is a property of it. A host-model must have been expanded before.</summary>
sealed class CpuChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        DomainDef machine = to.Machine;
        var options = new OptionText();
        string? model = Model(to, options);
        Timers(machine, options);
        if (machine.Features is { } features)
            Paravirtual(features, options);
        if (machine.Devices.Panics.Any(static p => p.Model is Vireo.Model.Domain.Devices.PanicModel.HyperV))
            options.Word("hv-crash");
        if (machine.Features is { } others)
            Kvm(others, options);
        if (machine.Cpu is { } cpu)
            Widths(cpu, options);
        string rest = options.ToString();
        if (model is null && rest.Length == 0)
            return;
        model ??= DefaultModel(machine, to.Facts);
        to.Add("-cpu", rest.Length == 0 ? model : model + "," + rest);
    }

    static string DefaultModel(DomainDef machine, QemuFacts facts)
    {
        string? type = facts.For(machine.Type is DomainType.Kvm)?.FindMachine(machine.Os.Machine ?? "")?.DefaultCpu;
        return machine.Os.Arch is "i686" ? "qemu32" : type?.Split('-')[0] ?? "qemu64";
    }

    static string? Model(ArgumentWriter to, OptionText options)
    {
        DomainDef machine = to.Machine;
        if (machine.Cpu is not { } cpu)
            return null;
        string? model;
        switch (cpu.Mode)
        {
            case CpuMode.HostPassthrough:
                model = "host";
                if (cpu.Migratable is { } migratable)
                    options.Switch("migratable", migratable);
                break;
            case CpuMode.Maximum:
                model = "max";
                if (cpu.Migratable is { } movable)
                    options.Switch("migratable", movable);
                break;
            case CpuMode.HostModel when machine.Os.Arch is "ppc64" or "ppc64le":
                return "host";                           // the model is the machine's max-cpu-compat
            default:
                model = cpu.Model?.Name;
                break;
        }
        if (model is null)
            return null;
        if (cpu.Model?.VendorId is { } vendor)
            options.Add("vendor", vendor);
        foreach ((string name, bool on) in CpuSwitches.Of(cpu, machine.Type is DomainType.Kvm, to.Facts, to.Start.CpuMap))
            options.Switch(name, on);
        return model;
    }

    static void Timers(DomainDef machine, OptionText options)
    {
        if (machine.FindTimer(TimerName.KvmClock)?.Present is { } kvmclock)
            options.Switch("kvmclock", kvmclock);
        if (machine.FindTimer(TimerName.HypervClock)?.Present is true)
            options.Switch("hv-time", true);
        if (machine.FindTimer(TimerName.Tsc)?.Frequency is { } frequency)
            options.Add("tsc-frequency", frequency.ToString());
    }

    static void Paravirtual(Features features, OptionText options)
    {
        if (features.Apic?.Eoi is { } eoi)
            options.Switch("kvm-pv-eoi", eoi);
        if (features.PvSpinlock is { } spinlock)
            options.Switch("kvm-pv-unhalt", spinlock);
        if (features.HyperV is { } hyperv)
            HyperV(hyperv, options);
    }

    static void Kvm(Features features, OptionText options)
    {
        if (features.Kvm is { } kvm)
        {
            if (kvm.Hidden is true)
                options.Switch("kvm", false);
            if (kvm.HintDedicated is true)
                options.Switch("kvm-hint-dedicated", true);
            if (kvm.PollControl is true)
                options.Switch("kvm-poll-control", true);
            if (kvm.PvIpi is { } ipi)
                options.Switch("kvm-pv-ipi", ipi);
        }
        if (features.Pmu is { } pmu)
            options.Switch("pmu", pmu);
    }

    static void HyperV(HyperV hyperv, OptionText options)
    {
        if (hyperv.Mode is HyperVMode.Passthrough)
            options.Switch("hv-passthrough", true);
        void On(string name, bool? state)
        {
            if (state is true)
                options.Switch("hv-" + name, true);
        }
        On("relaxed", hyperv.Relaxed);
        On("vapic", hyperv.Vapic);
        if (hyperv.Spinlocks is { State: true } spinlocks)
            options.Add("hv-spinlocks", $"0x{spinlocks.Retries:x}");
        On("vpindex", hyperv.VpIndex);
        On("runtime", hyperv.Runtime);
        On("synic", hyperv.Synic);
        if (hyperv.STimer is { State: true } stimer)
        {
            On("stimer", true);
            On("stimer-direct", stimer.Direct);
        }
        On("reset", hyperv.Reset);
        if (hyperv.VendorId is { State: true, Value: { } vendor })
            options.Add("hv-vendor-id", vendor);
        On("frequencies", hyperv.Frequencies);
        On("reenlightenment", hyperv.Reenlightenment);
        On("tlbflush", hyperv.TlbFlush);
        On("ipi", hyperv.Ipi);
        On("evmcs", hyperv.Evmcs);
        On("avic", hyperv.Avic);
    }

    static void Widths(CpuDef cpu, OptionText options)
    {
        if (cpu.Cache is { } cache)
        {
            if (cache.Mode is CpuCacheMode.Passthrough)
                options.Switch("host-cache-info", true).Switch("l3-cache", false);
            else
                options.Switch("l3-cache", cache.Mode is CpuCacheMode.Emulate);
        }
        if (cpu.MaxPhysAddr is { } width)
        {
            if (width.Mode is PhysicalAddressMode.Passthrough)
                options.Switch("host-phys-bits", true);
            else if (width.Bits is { } bits)
                options.Add("phys-bits", bits.ToString());
        }
    }
}
