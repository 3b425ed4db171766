using Vireo.Core;

namespace Vireo.Model.Domain.Defaults;

/// <summary>Memory, vcpus, life cycle, clock, features, metadata.</summary>
static class MachineNormals
{
    /// <summary>An amount of memory from which on there is no limit (VIR_DOMAIN_MEMORY_PARAM_UNLIMITED), in KiB.</summary>
    const ulong Unlimited = 9007199254740991;

    /// <summary>There are four kinds of devices to boot from, and no more places in the order.</summary>
    const int MostBootDevices = 4;

    public static DomainDef Apply(DomainDef machine, GeneralContext context)
    {
        OsDef os = machine.Os;
        bool defaultBoot = os.Boot.IsEmpty && os.Type is OsType.Hvm && machine.Bootloader is null && !machine.Devices.Any(static d => d.Boot is not null);
        return WithMemory(machine, context) with
        {
            // A model without a name says nothing but, perhaps, a vendor.
            Cpu = machine.Cpu is { Model: { Name: null } model } cpu ? cpu with { Model = model.VendorId is null ? null : model with { Fallback = null } } : machine.Cpu,
            Metadata = machine.Metadata?.OnePerNamespace(),
            MemoryTune = Limits(machine.MemoryTune),
            IoThreads = machine.IoThreads ?? (machine.IoThreadIds.IsEmpty ? null : (uint)machine.IoThreadIds.Count),
            IoThreadIds = IoThreads(machine),
            BootloaderArgs = machine.Bootloader is null ? null : machine.BootloaderArgs,
            Os = os with
            {
                Arch = os.Arch ?? context.HostArch,
                FirmwareFeatures = Ordered(os.FirmwareFeatures),
                Boot = defaultBoot ? [BootDevice.HardDisk] : os.Boot.Count > MostBootDevices ? os.Boot.Take(MostBootDevices).ToValueList() : os.Boot,
                BootMenu = os.BootMenu is { Enable: not true, Timeout: not null } menu ? menu with { Timeout = null } : os.BootMenu,
            },
            Features = machine.Features is { HyperV: { Mode: null } hyperV } features
                ? features with { HyperV = hyperV with { Mode = HyperVMode.Custom } }
                : machine.Features,
            OnPoweroff = machine.OnPoweroff ?? LifecycleAction.Destroy,
            OnReboot = machine.OnReboot ?? LifecycleAction.Restart,
            OnCrash = machine.OnCrash ?? CrashAction.Destroy,
            Clock = Clock(machine.Clock ?? new ClockDef()),
        };
    }

    /// <summary>One of each, the last that was written, in libvirt's order.</summary>
    static ValueList<FirmwareFeature> Ordered(ValueList<FirmwareFeature> features) => features.Count < 2 ? features
        : features.GroupBy(static feature => feature.Name).Select(static same => same.Last())
            .OrderBy(static feature => feature.Name is FirmwareFeatureName.SecureBoot).ToValueList();

    /// <summary>The sum of the nodes counts where no amount was written, and for new machines.</summary>
    static DomainDef WithMemory(DomainDef machine, GeneralContext context)
    {
        ulong total = machine.Memory?.KiB ?? 0;
        if ((total == 0 || context.IsNew) && machine.Cpu?.Numa is { Cells.Count: > 0 } numa)
        {
            total = 0;
            foreach (Cpu.GuestNumaCell cell in numa.Cells)
                total += cell.Memory.KiB;
            foreach (Devices.MemoryDevice module in machine.Devices.Memories)
                total += module.Target.Size.KiB;
        }
        ulong now = machine.CurrentMemory?.KiB ?? 0;
        return machine with
        {
            Memory = new MemorySize(total),
            CurrentMemory = new MemorySize(now == 0 || now > total ? total : now),
        };
    }

    static MemoryTune? Limits(MemoryTune? tune)
    {
        if (tune is null)
            return null;
        tune = new MemoryTune
        {
            HardLimit = Limit(tune.HardLimit),
            SoftLimit = Limit(tune.SoftLimit),
            MinGuarantee = Limit(tune.MinGuarantee),
            SwapHardLimit = Limit(tune.SwapHardLimit),
        };
        return tune == new MemoryTune() ? null : tune;

        static MemorySize? Limit(MemorySize? size) => size is { KiB: < Unlimited } ? size : null;
    }

    /// <summary>The ids that were left out are the lowest free ones; where all were left out, none is written.</summary>
    static ValueList<IoThread> IoThreads(DomainDef machine)
    {
        if (machine.IoThreadIds.IsEmpty || machine.IoThreads is not { } count || count <= machine.IoThreadIds.Count)
            return machine.IoThreadIds;
        List<IoThread> threads = [.. machine.IoThreadIds];
        for (uint id = 1; threads.Count < count; id++)
            if (!threads.Exists(t => t.Id == id))
                threads.Add(new IoThread { Id = id });
        return threads.ToValueList();
    }

    /// <summary>Each kind of clock has its own attributes; one of UTC or local time that is adjusted by seconds is a variable one.</summary>
    static ClockDef Clock(ClockDef clock) => (clock.Offset ?? ClockOffset.Utc) switch
    {
        ClockOffset.Variable => clock with { Adjustment = clock.Adjustment ?? "0", Basis = clock.Basis ?? ClockBasis.Utc, TimeZone = null, Start = null },
        ClockOffset.TimeZone => clock with { Adjustment = null, Basis = null, Start = null },
        ClockOffset.Absolute => clock with { Adjustment = null, Basis = null, TimeZone = null },
        var fixedTo when clock.Adjustment is not (null or "reset") => clock with
        {
            Offset = ClockOffset.Variable, Basis = fixedTo is ClockOffset.LocalTime ? ClockBasis.LocalTime : ClockBasis.Utc, TimeZone = null, Start = null,
        },
        var fixedTo => clock with { Offset = fixedTo, Basis = null, TimeZone = null, Start = null },
    };
}
