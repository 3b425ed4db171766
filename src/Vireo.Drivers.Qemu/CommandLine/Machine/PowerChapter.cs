using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>What happens at power off and reboot, ACPI and its sleep states.</summary>
sealed class PowerChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        DomainDef machine = to.Machine;
        bool offWhenRebooted = machine.OnReboot is LifecycleAction.Destroy && machine.OnPoweroff is null or LifecycleAction.Destroy
            && machine.OnCrash is null or CrashAction.Destroy or CrashAction.CoredumpDestroy;
        if (!to.Facts.Has(QemuFlag.SetAction) && machine.OnReboot is LifecycleAction.Destroy && offWhenRebooted)
            to.Add("-no-reboot");
        else
            to.Add("-no-shutdown");
        if (machine.Features?.Acpi is not true && to.Facts.Has(QemuFlag.NoAcpi))
            to.Add("-no-acpi");
        if (machine.Pm is not { } pm)
            return;
        string chip = MachineType.OfDefinition(machine).IsQ35 ? "ICH9-LPC" : "PIIX4_PM";
        if (pm.SuspendToMem is { } mem)
            to.Add("-global", $"{chip}.disable_s3={(mem ? 0 : 1)}");
        if (pm.SuspendToDisk is { } disk)
            to.Add("-global", $"{chip}.disable_s4={(disk ? 0 : 1)}");
    }
}
