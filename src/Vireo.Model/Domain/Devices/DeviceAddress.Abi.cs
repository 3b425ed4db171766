namespace Vireo.Model.Domain.Devices;

// Addresses as libvirt spells them when a guest would find a device elsewhere.
public abstract partial record DeviceAddress
{
    public sealed partial record Pci
    {
        internal string ToAbi() => $"{Domain:x4}:{Bus:x2}:{Slot:x2}.{Function}";
    }

    public sealed partial record Drive
    {
        internal string ToAbi() => $"{Controller}:{Bus}:{Unit}";
    }

    public sealed partial record VirtioSerial
    {
        internal string ToAbi() => $"{Controller}:{Bus}:{Port}";
    }

    public sealed partial record Ccid
    {
        internal string ToAbi() => $"{Controller}:{Slot}";
    }

    public sealed partial record Isa
    {
        internal string ToAbi() => $"{IoBase ?? 0}:{Irq ?? 0}";
    }
}
