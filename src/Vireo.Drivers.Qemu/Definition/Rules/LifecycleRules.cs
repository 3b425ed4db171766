using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>The machine as a whole: ends of a run, number of CPUs, secure boot, encrypted memory.</summary>
sealed class LifecycleRules : IRules<DomainDef, RuledMachine>
{
    const uint LeastRetries = 4095;

    public static void Check(DomainDef element, RuledMachine document, Findings found)
    {
        if (element.OnPoweroff is LifecycleAction.RenameRestart || element.OnReboot is LifecycleAction.RenameRestart || element.OnCrash is CrashAction.RenameRestart)
            found.Unsupported(element, "qemu driver doesn't support the 'rename-restart' action for 'on_reboot'/'on_poweroff'/'on_crash'");
        if (element.OnPoweroff is LifecycleAction.Preserve || element.OnReboot is LifecycleAction.Preserve)
            found.Unsupported(element, "qemu driver doesn't support the 'preserve' action for 'on_reboot'/'on_poweroff'");
        if (element is { OnPoweroff: LifecycleAction.Restart, OnReboot: LifecycleAction.Destroy })
            found.Unsupported(element, "qemu driver doesn't support 'onReboot' set to 'destroy and 'onPoweroff' set to 'reboot'");
        CheckVcpus(element, document, found);
        CheckThreads(element, found);
        CheckNodes(element, found);
        if (element.Os.Arch is not ("s390x" or "s390"))
            foreach (KeyWrapCipher cipher in element.KeyWrap?.Ciphers ?? [])
                found.Unsupported(cipher, $"{cipher.Name}-key-wrap is not available with this QEMU binary");
        if (element.Features?.HyperV?.Spinlocks is { State: true, Retries: < LeastRetries } locks)
            found.Wrong(locks, $"HyperV spinlock retry count must be at least {LeastRetries}");
        CheckFirmware(element, document, found);
        if (element.LaunchSecurity is LaunchSecurity.OfS390Pv && !document.Facts.Has("s390-pv-guest"))
            found.Unsupported(element.LaunchSecurity, "S390 PV launch security is not supported with this QEMU binary");
        if (element.LaunchSecurity is LaunchSecurity.OfSev && !document.Facts.Has("sev-guest"))
            found.Unsupported(element.LaunchSecurity, "SEV launch security is not supported with this QEMU binary");
    }

    static void CheckVcpus(DomainDef machine, RuledMachine ruled, Findings found)
    {
        foreach (Vcpu one in machine.Vcpus)
            if (one is { Id: 0, Enabled: false })
                found.Unsupported(one, "vcpu 0 can't be offline");
        if (machine.Type is not DomainType.Kvm && machine.CpuTune is { } tune && !(tune.CacheTunes.IsEmpty && tune.MemoryTunes.IsEmpty))
            found.Unsupported(tune, "cachetune is only supported for KVM domains");
        uint most = machine.Vcpu?.Maximum ?? 1;
        MachineFacts? facts = ruled.Facts.For(machine.Type is DomainType.Kvm)?.FindMachine(machine.Os.Machine ?? "");
        if (facts is { MaxCpus: > 0 and var limit } && most > limit)
            found.Unsupported(machine, $"Maximum CPUs greater than specified machine type limit {limit}");
        if (machine.Cpu?.Topology is { } topology && topology.Total != most && ruled.Facts.Has("query-hotpluggable-cpus"))
            found.Unsupported(topology, "CPU topology doesn't match maximum vcpu count");
        // POWER's processors come and go by whole cores.
        if (machine.Cpu?.Topology is { Threads: > 1 and var threads } && MachineType.OfDefinition(machine).IsPseries && (machine.Vcpu?.Current ?? most) % threads != 0)
            found.Unsupported(machine, $"vCPUs count must be a multiple of the vCPU hotplug granularity ({threads})");
    }

    static void CheckThreads(DomainDef machine, Findings found)
    {
        var ids = new HashSet<uint>();
        foreach (IoThread thread in machine.IoThreadIds)
        {
            if (!ids.Add(thread.Id))
                found.Wrong(thread, $"duplicate iothread id '{thread.Id}' found");
            if (thread.ThreadPoolMin is { } least && thread.ThreadPoolMax is { } most && least > most)
                found.Unsupported(thread, "thread_pool_min must be smaller or equal to thread_pool_max");
        }
    }

    static void CheckNodes(DomainDef machine, Findings found)
    {
        if (machine.NumaTune is not { } tune)
            return;
        if (tune.Nodes.Count > 0 && machine.Cpu?.Numa is not { Cells.Count: > 0 })
            found.Wrong(tune, "Element 'memnode' is invalid without any guest NUMA cells");
        else if (tune.Memory?.Mode is NumaMode.Restrictive && tune.Nodes.Any(static n => n.Mode is not NumaMode.Restrictive))
            found.Wrong(tune, "'restrictive' mode is required in memnode element when mode is 'restrictive' in memory element");
    }

    static void CheckFirmware(DomainDef machine, RuledMachine ruled, Findings found)
    {
        bool uefi = machine.Os.Firmware is FirmwareKind.Efi || machine.Os.Loader is { Type: LoaderKind.Pflash };
        if (uefi && ruled.Type.IsX86 && machine.Features?.Acpi is not true)
            found.Unsupported(machine.Os, "UEFI requires ACPI on this architecture");
        if (machine.Os is not { Firmware: null, Loader: { Secure: true } loader })
            return;
        if (machine.Os.Arch != "x86_64")
            found.Unsupported(loader, "Secure boot is supported for x86_64 architecture only");
        else if (!ruled.Type.IsQ35)
            found.Unsupported(loader, "Secure boot is supported with q35 machine types only");
        else if (machine.Features?.Smm is not { State: not false })
            found.Unsupported(loader, "Secure boot requires SMM feature enabled");
    }
}
