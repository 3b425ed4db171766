using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Definition.Rules;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Hotplug;

/// <summary>Puts a device into a definition, with all that the definition's passes make of it there.</summary>
static class NewDevice
{
    // No document's alias: those that users write begin with ua-, those that libvirt makes end in a number.
    const string Mark = "vireo-new";

    /// <summary>The definition with the device, and the device as it stands in it: defaults and address filled in.</summary>
    internal static (DomainDef Machine, Device Device) Insert(DomainDef machine, Device written, QemuFacts facts, IGuestPlanning planning)
    {
        DeviceSet with = machine.Devices.Insert(written with { Alias = Mark });
        DomainDef complete = planning.WithDefaults(machine with { Devices = with }, facts);
        Device marked = complete.Devices.First(static d => d.Alias == Mark);
        Device device = marked with { Alias = written.Alias };
        return (complete with { Devices = complete.Devices.Replace(marked, device) }, device);
    }

    /// <summary>The console that the first serial port of a machine is at the same time.</summary>
    internal static GuestConsole MirrorOf(Serial serial) =>
        new() { Source = serial.Source, TargetType = ConsoleTarget.Serial, Port = serial.Port, Alias = serial.Alias, Address = serial.Address };

    /// <summary>Refuses a document's alias that another device has.</summary>
    /// <exception cref="VireoException">VIR_ERR_CONFIG_UNSUPPORTED.</exception>
    internal static void CheckAlias(DomainDef machine, Device written)
    {
        if (written.Alias is { } alias && machine.Devices.Any(d => d.Alias == alias))
            throw QemuErrors.Unsupported($"non unique alias detected: {alias}");
    }

    /// <summary>Refuses what is wrong with a device by itself.</summary>
    internal static void CheckOwn(DomainDef machine, Device device, QemuFacts facts)
    {
        if (device is MemoryDevice { Target.Node: not null } && machine.Cpu?.Numa is not { Cells.Count: > 0 })
            throw new VireoException(ErrorCode.XmlDetail, ErrorDomain.Domain, "can't add memory backend as guest has no NUMA nodes configured");
        var own = new Findings(ErrorDomain.Qemu);
        QemuRules.CheckDevice(device, new RuledMachine(machine, facts), own);
        own.ThrowFirst();
    }

    /// <summary>Refuses a bridge or port of which nobody says what it is: only a whole definition is filled in that far.</summary>
    internal static void CheckBridge(Device device)
    {
        if (device is Controller { Type: ControllerType.Pci, ModelName: null, Model: not ("pci-root" or "pcie-root") } bridge)
            throw VireoException.Internal(ErrorDomain.Domain, $"Required option 'modelName' is not set for PCI controller with index '{(bridge.Index is { } index ? index : -1)}', "
                + $"model '{bridge.Model}' and modelName 'none'");
    }

    /// <summary>Refuses what is wrong with a machine only since a device has come or changed. What comes along with it is not judged.</summary>
    internal static void CheckRules(DomainDef before, DomainDef after, Device? device, QemuFacts facts)
    {
        if (device is not null)
            CheckOwn(after, device, facts);
        HashSet<string> known = [.. QemuRules.Check(before, facts).All.Select(static f => f.Text)];
        foreach (Finding finding in QemuRules.Check(after, facts).All)
            if (!known.Contains(finding.Text) && (finding.Element is not Controller controller || ReferenceEquals(controller, device)))
                throw new VireoException(finding.Code, finding.Domain, finding.Text);
    }
}
