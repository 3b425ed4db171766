using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Where POWER's variables sit on the virtual bus; the device itself is the machine's.</summary>
sealed class NvramChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        if (to.Machine.Devices.Nvram is { Address: DeviceAddress.SpaprVio { Reg: { } reg } })
            to.Add("-global", $"spapr-nvram.reg=0x{reg:x}");
    }
}
