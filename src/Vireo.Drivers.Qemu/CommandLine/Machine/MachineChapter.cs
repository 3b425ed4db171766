using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>-machine and -accel.</summary>
sealed class MachineChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        DomainDef machine = to.Machine;
        QemuFacts facts = to.Facts;
        var text = new OptionText(machine.Os.Machine ?? "");
        text.Switch("usb", false);
        foreach (KeyWrapCipher cipher in machine.KeyWrap?.Ciphers ?? [])
            text.Switch($"{cipher.Name}-key-wrap", cipher.State);
        if (machine.Features is { } features)
        {
            if (features.VmPort is { } vmport)
                text.Switch("vmport", vmport);
            if (features.Smm is { } smm)
                text.Switch("smm", smm.State ?? true);
            if (features.IoApic is { } ioapic)
                text.Add("kernel_irqchip", ioapic is IoApicDriver.Kvm ? "on" : "split");
        }
        if (machine.Features?.Gic is { Version: { } version } && MachineType.OfDefinition(machine).IsArmVirt && facts.Has(QemuFlag.GicVersion))
            text.Add("gic-version", GicName(version));
        Power(machine.Features, text);
        if (machine.Devices.Iommu is { Model: IommuModel.SmmuV3 })
            text.Add("iommu", "smmuv3");
        text.Switch("dump-guest-core", machine.DumpCore ?? to.Start.DumpGuestCore);
        if (machine.MemoryBacking?.NoSharePages is true)
            text.Switch("mem-merge", false);
        Modules(machine, text);
        if (MemoryBackends.MainMemoryId(machine, facts) is { } ram)
            text.Add("memory-backend", ram);
        if (NumaChapter.HasSpeeds(machine))
            text.Switch("hmat", true);
        if (machine is { Os.Arch: "ppc64" or "ppc64le", Cpu: { Mode: CpuMode.HostModel, Model.Name: { } compatible } })
            text.Add("max-cpu-compat", compatible);
        LaunchSecurityChapter.AddToMachine(to, text);
        FirmwareChapter.AddToMachine(machine, text);
        if (facts.Has(QemuFlag.MachineHpet) && machine.FindTimer(TimerName.Hpet)?.Present is { } hpet)
            text.Switch("hpet", hpet);
        text.AddIf("loadparm", LoadParameter(machine, facts));
        if (machine.Os.Bios?.UseSerial is true)
            text.Add("graphics", "off");
        to.Add("-machine", text);
        to.Add("-accel", Accelerator(machine));
    }

    /// <summary>What s390's firmware is told of the first device to boot from.</summary>
    static string? LoadParameter(DomainDef machine, QemuFacts facts) => !facts.Has(QemuFlag.LoadParm) ? null
        : machine.Devices.Disks.Select(static d => d.Boot).Concat(machine.Devices.Interfaces.Select(static d => d.Boot))
            .FirstOrDefault(static boot => boot is { Order: 1, LoadParm: not null })?.LoadParm;

    /// <summary>What POWER's machines can and will not do.</summary>
    static void Power(Features? features, OptionText text)
    {
        if (features is null)
            return;
        text.AddIf("resize-hpt", features.Hpt?.Resizing switch
        {
            HptResizing.Enabled => "enabled",
            HptResizing.Disabled => "disabled",
            HptResizing.Required => "required",
            _ => null,
        });
        if (features.Hpt?.MaxPageSize is { } page)
            text.Add("cap-hpt-max-page-size", $"{page.KiB}k");
        if (features.Htm is { } htm)
            text.Switch("cap-htm", htm);
        if (features.NestedHv is { } nested)
            text.Switch("cap-nested-hv", nested);
        if (features.CcfAssist is { } assist)
            text.Switch("cap-ccf-assist", assist);
        text.AddIf("cap-cfpc", features.Cfpc?.ToXml()).AddIf("cap-sbbc", features.Sbbc?.ToXml()).AddIf("cap-ibs", features.Ibs?.ToXml());
    }

    static void Modules(DomainDef machine, OptionText text)
    {
        int enclaves = 0;
        foreach (MemoryDevice module in machine.Devices.Memories)
            if (module.Model is MemoryModel.NvDimm)
            {
                text.Switch("nvdimm", true);
                break;
            }
        foreach (MemoryDevice module in machine.Devices.Memories)
            if (module.Model is MemoryModel.SgxEpc)
            {
                text.Add($"sgx-epc.{enclaves}.memdev", MemoryPlanner.BackendOf(module));
                if (module.Target.Node is { } node)
                    text.Add($"sgx-epc.{enclaves}.node", node.ToString());
                enclaves++;
            }
    }

    static string GicName(GicVersion version) => version switch { GicVersion.V2 => "2", GicVersion.V3 => "3", _ => "host" };

    static OptionText Accelerator(DomainDef machine)
    {
        if (machine.Type is DomainType.Kvm)
        {
            var kvm = new OptionText("kvm");
            if (machine.Features?.Kvm?.DirtyRing is { State: true, Size: { } size })
                kvm.Add("dirty-ring-size", size.ToString());
            return kvm;
        }
        if (machine.Type is DomainType.Hvf)
            return new OptionText("hvf");
        var tcg = new OptionText("tcg");
        if (machine.Features?.Tcg?.TbCache is { } cache)
            tcg.Add("tb-size", cache.MiB.ToString());
        return tcg;
    }
}

static class TimerLookup
{
    /// <summary>A timer that the guest's definition mentions.</summary>
    public static TimerDef? FindTimer(this DomainDef machine, TimerName name)
    {
        if (machine.Clock is { } clock)
            foreach (TimerDef timer in clock.Timers)
                if (timer.Name == name)
                    return timer;
        return null;
    }
}
