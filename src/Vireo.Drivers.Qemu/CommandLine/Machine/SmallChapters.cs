using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>The id that changes when a guest is rolled back.</summary>
sealed class GenerationIdChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        if (to.Machine.GenerationId?.Value is { } id)
            to.Add(new QemuDevice("vmgenid") { { "guid", id.ToString() }, { "id", "vmgenid0" } });
    }
}

/// <summary>-smbios and -fw_cfg.</summary>
sealed class SmbiosChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        foreach (SysInfo info in to.Machine.SysInfo)
            switch (info)
            {
                case SysInfo.OfSmbios smbios when to.Machine.Os.Smbios is SmbiosMode.SysInfo:
                    Table(to, 0, smbios.Bios, ("vendor", "vendor"), ("version", "version"), ("date", "date"), ("release", "release"));
                    Table(to, 1, smbios.System, ("manufacturer", "manufacturer"), ("product", "product"), ("version", "version"),
                        ("serial", "serial"), ("uuid", "uuid"), ("sku", "sku"), ("family", "family"));
                    foreach (SysInfoBlock board in smbios.BaseBoards)
                        Table(to, 2, board.Entries, ("manufacturer", "manufacturer"), ("product", "product"), ("version", "version"),
                            ("serial", "serial"), ("asset", "asset"), ("location", "location"));
                    Table(to, 3, smbios.Chassis, ("manufacturer", "manufacturer"), ("version", "version"), ("serial", "serial"),
                        ("asset", "asset"), ("sku", "sku"));
                    OemStrings(to, smbios);
                    break;
                case SysInfo.OfFwCfg fwcfg:
                    foreach (SysInfoEntry entry in fwcfg.Entries)
                        to.Add("-fw_cfg", new OptionText().Add("name", entry.Name ?? "")
                            .AddIf("string", entry.Value).AddIf("file", entry.File));
                    break;
            }
    }

    static void Table(ArgumentWriter to, int type, Vireo.Core.ValueList<SysInfoEntry> entries, params ReadOnlySpan<(string Entry, string Key)> order)
    {
        if (entries.IsEmpty)
            return;
        var text = new OptionText().Add("type", type.ToString());
        foreach (var (name, key) in order)
            foreach (SysInfoEntry entry in entries)
                if (entry.Name == name)
                    text.Add(key, entry.Value ?? "");
        to.Add("-smbios", text);
    }

    static void OemStrings(ArgumentWriter to, SysInfo.OfSmbios smbios)
    {
        if (smbios.OemStrings.IsEmpty)
            return;
        var text = new OptionText().Add("type", "11");
        foreach (SysInfoEntry entry in smbios.OemStrings)
            text.Add("value", entry.Value ?? "");
        to.Add("-smbios", text);
    }
}

/// <summary>Memory for system management mode.</summary>
sealed class TsegChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        if (to.Machine.Features?.Smm?.Tseg is { } tseg && to.Facts.Has(QemuFlag.MchTseg))
            to.Add("-global", $"mch.extended-tseg-mbytes={tseg.MiB}");
    }
}

/// <summary>Properties of the host bridge.</summary>
sealed class PciHostChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        MachineType type = to.Plan.MachineType;
        foreach (Controller controller in to.Machine.Devices.Controllers)
        {
            if (controller.Type is not ControllerType.Pci || controller.Index is not (null or 0))
                continue;
            if (controller.PciHole64 is { } hole)
                to.Add("-global", $"{(type.IsQ35 ? "q35" : "i440FX")}-pcihost.pci-hole64-size={hole.KiB}K");
            if (controller.Target?.Hotplug is { } hotplug && type.IsI440fx)
                to.Add("-global", $"PIIX4_PM.acpi-root-pci-hotplug={(hotplug ? "on" : "off")}");
        }
    }
}

/// <summary>A note for the guest's crash dumper.</summary>
sealed class VmCoreInfoChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        if (to.Machine.Features?.VmCoreInfo is true)
            to.Add(new QemuDevice("vmcoreinfo"));
    }
}
