using Vireo.Core.Errors;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Rules;

/// <summary>What must hold of every machine.</summary>
public sealed class DomainRules : IRules<DomainDef, DomainDef>
{
    /// <summary>Runs every rule.</summary>
    public static Findings Check(DomainDef machine)
    {
        var found = new Findings();
        Check(machine, machine, found);
        foreach (SecurityLabel label in machine.SecurityLabels)
            SecurityLabelRules.Check(label, machine, found);
        ControllerSetRules.Check(machine.Devices, found);
        foreach (Disk disk in machine.Devices.Disks)
            DiskRules.Check(disk, machine, found);
        foreach (Interface card in machine.Devices.Interfaces)
            InterfaceRules.Check(card, machine, found);
        foreach (Device device in machine.Devices)
        {
            AddressRules.Check(device, machine, found);
            if (device is CharDevice stream)
                ChardevRules.Check(stream.Source, device, found);
            else if (device is Smartcard { Mode: SmartcardMode.OfPassthrough card })
                ChardevRules.Check(card.Source, device, found);
            else if (device is Rng { Backend: RngBackend.OfEgd egd })
                ChardevRules.Check(egd.Source, device, found);
        }
        foreach (Graphics screen in machine.Devices.Graphics)
            GraphicsRules.Check(screen, machine, found);
        if (machine.Cpu is { } cpu)
            GuestCpuRules.Check(cpu, found);
        if (machine.CpuTune is { } tune)
            CpuTuneRules.Check(tune, machine, found);
        BootRules.Check(machine.Os, machine, found);
        BootMenuRules.Check(machine.Os, machine, found);
        FirmwareRules.Check(machine.Os, machine, found);
        DiskAddressRules.Check(machine.Devices, machine, found);
        foreach (Disk disk in machine.Devices.Disks)
        {
            DiskSecretRules.Check(disk, machine, found);
            DiskDetailRules.Check(disk, machine, found);
        }
        foreach (Video video in machine.Devices.Videos)
            CardRules.Check(video, found);
        foreach (Interface card in machine.Devices.Interfaces)
            CardRules.Check(card, found);
        HostSideRules.Check(machine, machine, found);
        if (machine.MemoryBacking is { } backing)
            HugePageRules.Check(backing, machine, found);
        return found;
    }

    /// <inheritdoc/>
    public static void Check(DomainDef element, DomainDef document, Findings found)
    {
        if (element.Name.Contains('/', StringComparison.Ordinal))
            found.Wrong(element, $"name {element.Name} cannot contain '/'");
        if (element.Name.Contains('\n', StringComparison.Ordinal))
            found.Add(element, ErrorCode.XmlDetail, $"invalid char in name: {element.Name[element.Name.IndexOf('\n', StringComparison.Ordinal)]}", ErrorDomain.Xml);
        if (element.Os.Type is null && element.Bootloader is null)
            found.Wrong(element, "an os <type> must be specified");
        if (element.Memory is null or { KiB: 0 } && element.Cpu?.Numa is null)
            found.Wrong(element, "Memory size must be specified via <memory> or in the <numa> configuration");
        if (element.Vcpu is { Current: { } current } vcpu && current > (vcpu.Maximum ?? 1))
            found.Unsupported(vcpu, "maximum vCPU count must not be less than current vCPU count");
        if (element.Clock is { Offset: ClockOffset.Absolute, Start: null })
            found.Add(element.Clock, ErrorCode.InternalError, "missing 'start' attribute for clock with offset='absolute'");
        if (element.Clock is { Offset: ClockOffset.TimeZone, TimeZone: null })
            found.Add(element.Clock, ErrorCode.InternalError, "missing 'timezone' attribute for clock with offset='timezone'");
        if (element.Cpu?.Numa is { } nodes && nodes.Cells.Sum(static c => c.Cpus is { } cpus ? (long)cpus.Count : 0) > (element.Vcpu?.Maximum ?? 1))
            found.Add(nodes, ErrorCode.InternalError, "Number of CPUs in <numa> exceeds the <vcpu> count");
        if (element.Devices.Watchdogs.Count > 1)
            found.Add(element.Devices.Watchdogs[1], ErrorCode.InternalError, "only a single watchdog device is supported");
    }
}

/// <summary>Disks.</summary>
public sealed class DiskRules : IRules<Disk, DomainDef>
{
    /// <inheritdoc/>
    public static void Check(Disk element, DomainDef document, Findings found)
    {
        if (IsEmpty(element.Source) && element.Kind is not (DiskKind.CdRom or DiskKind.Floppy))
            found.Add(element, ErrorCode.NoSource, element.Target.Device);
        if ((element.Auth ?? element.Source.Auth) is { } auth)
            SecretRules.Check(auth.Secret, found);
        if ((element.Encryption ?? element.Source.Encryption) is { } encryption)
            SecretRules.Check(encryption, found);
        foreach (Disk other in document.Devices.Disks)
        {
            if (ReferenceEquals(other, element))
                break;
            if (other.Target.Device == element.Target.Device)
                found.Wrong(element, $"target '{element.Target.Device}' duplicated for disk sources '{Name(other.Source)}' and '{Name(element.Source)}'");
        }
    }

    static bool IsEmpty(DiskSource source) => source switch
    {
        DiskSource.OfFile { Path: null, FdGroup: null } or DiskSource.OfBlock { Path: null } or DiskSource.OfDirectory { Path: null } => true,
        DiskSource.OfVolume { Pool: null } or DiskSource.OfVolume { Volume: null } => true,
        _ => false,
    };

    static string Name(DiskSource source) => source switch
    {
        DiskSource.OfFile file => file.Path,
        DiskSource.OfBlock block => block.Path,
        DiskSource.OfDirectory folder => folder.Path,
        DiskSource.OfNetwork network => network.Name,
        _ => null,
    } ?? "NULL";
}

/// <summary>Network cards.</summary>
public sealed class InterfaceRules : IRules<Interface, DomainDef>
{
    /// <inheritdoc/>
    public static void Check(Interface element, DomainDef document, Findings found)
    {
        if (element.Mac is { Address.IsMulticast: true } mac)
            found.Wrong(mac, $"expected unicast mac address, found multicast '{mac.Address}'");
    }
}

/// <summary>Addresses.</summary>
public sealed class AddressRules : IRules<Device, DomainDef>
{
    /// <inheritdoc/>
    public static void Check(Device element, DomainDef document, Findings found)
    {
        if (element.Address is DeviceAddress.Pci pci)
            Check(pci, pci.Domain, pci.Bus, pci.Slot, pci.Function, found);
    }

    /// <summary>A device of the host.</summary>
    public static void Check(HostPciAddress address, Findings found) =>
        Check(address, address.Domain, address.Bus, address.Slot, address.Function, found);

    static void Check(object address, uint domain, uint bus, uint slot, uint function, Findings found)
    {
        if (domain > 0xFFFF)
            Large(found, address, "domain", domain, "0xFFFF");
        else if (bus > 0xFF)
            Large(found, address, "bus", bus, "0xFF");
        else if (slot > 0x1F)
            Large(found, address, "slot", slot, "0x1F");
        else if (function > 7)
            Large(found, address, "function", function, "7");
    }

    static void Large(Findings found, object address, string what, uint value, string limit) =>
        found.Add(address, ErrorCode.XmlError, $"Invalid PCI address {what}='0x{value:x}', must be <= {limit}", ErrorDomain.None);
}

/// <summary>The order in which the firmware tries devices.</summary>
public sealed class BootRules : IRules<OsDef, DomainDef>
{
    /// <inheritdoc/>
    public static void Check(OsDef element, DomainDef document, Findings found)
    {
        var orders = new HashSet<uint>();
        foreach (Device device in document.Devices)
        {
            if (device.Boot is not { } boot)
                continue;
            if (element.Boot.Count > 0)
            {
                found.Unsupported(boot, "per-device boot elements cannot be used together with os/boot elements");
                return;
            }
            if (!orders.Add(boot.Order))
                found.Unsupported(boot, $"boot order '{boot.Order}' used for more than one device");
        }
    }
}
