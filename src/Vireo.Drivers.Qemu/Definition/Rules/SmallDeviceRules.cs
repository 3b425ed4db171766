using Vireo.Core.Xml;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Watchdogs: each chip has its bus.</summary>
sealed class WatchdogRules : IRules<Watchdog, RuledMachine>
{
    public static void Check(Watchdog element, RuledMachine document, Findings found)
    {
        string model = element.Model.ToXml();
        switch (element.Model)
        {
            case WatchdogModel.I6300Esb when element.Address is not (null or DeviceAddress.Pci):
                found.Unsupported(element, $"{model} model of watchdog can go only on PCI bus");
                break;
            case WatchdogModel.Ib700 when element.Address is not null:
                found.Unsupported(element, $"{model} model of watchdog does not support configuring the address");
                break;
            case WatchdogModel.Diag288 when element.Address is not null:
                found.Unsupported(element, $"{model} model of watchdog is virtual and cannot go on any bus.");
                break;
            case WatchdogModel.Diag288 when document.Def.Os.Arch is not ("s390x" or "s390"):
                found.Unsupported(element, $"{model} model of watchdog is allowed for s390 and s390x only");
                break;
        }
    }
}

/// <summary>Devices by which guests tell that they crashed: each kind of machine has its own.</summary>
sealed class PanicRules : IRules<Panic, RuledMachine>
{
    // libvirt 9.0.0's list of what a binary can do, which its cache is written in, has no word for it.
    const int PciPanicSince = 6_000_000;

    public static void Check(Panic element, RuledMachine document, Findings found)
    {
        if (document.Def.Devices.Panics.FirstOrDefault(p => p.Model == element.Model) is { } first && !ReferenceEquals(first, element))
            found.Wrong(element, $"Multiple panic devices with model '{element.Model?.ToXml()}'");
        switch (element.Model)
        {
            case PanicModel.S390 when document.Def.Os.Arch is not ("s390x" or "s390"):
                found.Unsupported(element, "only S390 guests support panic device of model 's390'");
                break;
            case PanicModel.Pseries when !document.Type.IsPseries:
                found.Unsupported(element, "only pSeries guests support panic device of model 'pseries'");
                break;
            case PanicModel.HyperV when !document.Type.IsX86:
                found.Unsupported(element, "only i686 and x86_64 guests support panic device of model 'hyperv'");
                break;
            case PanicModel.S390 or PanicModel.Pseries or PanicModel.HyperV when element.Address is not null:
                found.Unsupported(element, $"setting the panic device address is not supported for model '{element.Model.Value.ToXml()}'");
                break;
            case PanicModel.Isa when !document.Facts.Has("pvpanic"):
                found.Unsupported(element, "the QEMU binary does not support the ISA panic device");
                break;
            case PanicModel.PvPanic when document.Facts.Version < PciPanicSince:
                found.Unsupported(element, "the QEMU binary does not support the PCI panic device");
                break;
            case PanicModel.PvPanic when element.Address is not (null or DeviceAddress.Pci):
                found.Unsupported(element, "panic is supported only with PCI address type");
                break;
            case PanicModel.Isa when element.Address is not (null or DeviceAddress.Isa):
                found.Unsupported(element, "panic is supported only with ISA address type");
                break;
        }
    }
}

/// <summary>POWER's variables.</summary>
sealed class NvramRules : IRules<NvramDevice, RuledMachine>
{
    public static void Check(NvramDevice element, RuledMachine document, Findings found)
    {
        if (!document.Type.IsPseries)
            found.Unsupported(element, "nvram device is only supported for PPC64");
        if (!document.Facts.Has("nvram"))
            found.Unsupported(element, "nvram device is not supported by this QEMU binary");
        if (element.Address is not (null or DeviceAddress.SpaprVio))
            found.Unsupported(element, "nvram address type must be spaprvio");
    }
}

/// <summary>Sockets between guest and host.</summary>
sealed class VsockRules : IRules<Vsock, RuledMachine>
{
    public static void Check(Vsock element, RuledMachine document, Findings found)
    {
        if (!document.Facts.Has("vhost-vsock"))
            found.Unsupported(element, "vsock device is not supported with this QEMU binary");
    }
}

/// <summary>What a crashed kernel leaves behind.</summary>
sealed class PstoreRules : IRules<Pstore, RuledMachine>
{
    const uint Since = 7_000_000;

    public static void Check(Pstore element, RuledMachine document, Findings found)
    {
        if (document.Facts.Version < Since)
            found.Unsupported(element, "pstore device is not supported by this QEMU binary");
        if (document.Def.Features?.Acpi is not true)
            found.Unsupported(element, "ACPI must be enabled for pstore device");
        if (element.Path is { } path && !Path.IsPathFullyQualified(path))
            found.Unsupported(element, $"path '{path}' of pstore device is not absolute");
    }
}

/// <summary>Balloons.</summary>
sealed class BalloonRules : IRules<MemoryBalloon, RuledMachine>
{
    public static void Check(MemoryBalloon element, RuledMachine document, Findings found)
    {
        if (element.Model is BalloonModel.Xen)
            found.Unsupported(element, "Memory balloon device type 'xen' is not supported by this version of qemu");
        if (element.AutoDeflate is not null && !document.Facts.Has("virtio-balloon-pci.deflate-on-oom") && element.Model is not BalloonModel.None)
            found.Unsupported(element, "deflate-on-oom is not supported by this QEMU binary");
        if (element.FreePageReporting is not null && !document.Facts.Has("virtio-balloon.free-page-reporting") && element.Model is not BalloonModel.None)
            found.Unsupported(element, "free-page-reporting is not supported by this QEMU binary");
    }
}
