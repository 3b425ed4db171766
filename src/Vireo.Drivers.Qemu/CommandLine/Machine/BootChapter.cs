using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>-boot; the order of devices is in their boot indexes.</summary>
sealed class BootChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        OsDef os = to.Machine.Os;
        var text = new OptionText();
        if (os.BootMenu?.Enable is { } menu)
            text.Switch("menu", menu);
        if (os.Bios?.RebootTimeout is { } reboot)
            text.Add("reboot-timeout", reboot.ToString());
        if (os.BootMenu is { Enable: true, Timeout: { } timeout })
            text.Add("splash-time", timeout.ToString());
        text.Add("strict", "on");
        to.Add("-boot", text);
        if (os.Kernel is { } kernel)
            to.Add("-kernel", kernel);
        if (os.Initrd is { } initrd)
            to.Add("-initrd", initrd);
        if (os.CommandLine is { } line)
            to.Add("-append", line);
        if (os.DeviceTree is { } tree)
            to.Add("-dtb", tree);
        foreach (AcpiTable table in os.AcpiTables)
            to.Add("-acpitable", new OptionText().Add("sig", "SLIC").AddIf("file", table.Path));
    }
}
