namespace Vireo.Drivers.Qemu.Facts;

/// <summary>libvirt's names of the capability flags that this driver asks for.</summary>
public static class QemuFlag
{
    public const string Kvm = "kvm";
    public const string Tcg = "tcg";
    public const string Hvf = "hvf";
    public const string ObjectQapified = "object.qapified";
    public const string DeviceJson = "device.json";
    public const string NetdevJson = "netdev.json";
    public const string MachineHpet = "machine-hpet";
    public const string NoHpet = "no-hpet";
    public const string NoAcpi = "no-acpi";
    public const string SmpDies = "smp-dies";
    public const string SetAction = "set-action";
    public const string KvmPitTickPolicy = "kvm-pit-lost-tick-policy";
}
