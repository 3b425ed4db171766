using Vireo.Core;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Hotplug;
using Vireo.Drivers.Qemu.Hotplug.Config;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Hypervisor.Jobs;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Devices that come, go and change, in what runs and in the definition. The definition is saved last: what runs may refuse.</summary>
sealed class DomainDevices(QemuConnection connection) : IDomainDevices
{
    const DomainDeviceModifyFlags Halves = DomainDeviceModifyFlags.Live | DomainDeviceModifyFlags.Config;

    QemuKeeper Keeper => connection.Keeper;

    public ValueTask AttachDeviceAsync(DomainRef domain, string xml, DomainDeviceModifyFlags flags, CancellationToken cancel)
    {
        flags.Only(Halves, "qemuDomainAttachDeviceFlags");
        Lazy<DeviceDocument> document = new(() => Parse(xml));
        return ChangeAsync(domain, "DomainAttachDeviceFlags", flags, (config, def) => config.Attach(def, document.Value),
            (guest, stop) => LiveChanges.AttachAsync(guest, document.Value, stop), cancel);
    }

    // A card has the same address in what runs and in the definition, and is the same to its switch.
    static DeviceDocument Parse(string xml) => DeviceDocument.Parse(xml) is { Device: Interface card } document
        ? document with
        {
            Device = card with
            {
                Mac = card.Mac ?? new InterfaceMac { Address = MacAddress.NewRandom(0x525400) },
                VirtualPort = card.VirtualPort?.Identified(Uuid.NewRandom),
            },
        }
        : DeviceDocument.Parse(xml);

    public ValueTask DetachDeviceAsync(DomainRef domain, string xml, DomainDeviceModifyFlags flags, CancellationToken cancel)
    {
        flags.Only(Halves, "qemuDomainDetachDeviceFlags");
        return ChangeAsync(domain, "DomainDetachDeviceFlags", flags, (config, def) => config.Detach(def, DeviceDocument.Parse(xml)),
            async (guest, stop) => await LiveChanges.DetachAsync(guest, DeviceDocument.Parse(xml), stop).ConfigureAwait(false), cancel);
    }

    public ValueTask UpdateDeviceAsync(DomainRef domain, string xml, DomainDeviceModifyFlags flags, CancellationToken cancel)
    {
        flags.Only(Halves | DomainDeviceModifyFlags.Force, "qemuDomainUpdateDeviceFlags");
        return ChangeAsync(domain, "DomainUpdateDeviceFlags", flags, (config, def) => config.Update(def, DeviceDocument.Parse(xml)),
            (guest, stop) => LiveUpdates.RunAsync(guest, DeviceDocument.Parse(xml), flags.HasFlag(DomainDeviceModifyFlags.Force), stop), cancel);
    }

    public ValueTask DetachDeviceByAliasAsync(DomainRef domain, string alias, DomainDeviceModifyFlags flags, CancellationToken cancel)
    {
        flags.Only(Halves, "qemuDomainDetachDeviceAlias");
        return ChangeAsync(domain, "DomainDetachDeviceAlias", flags, (config, def) => config.Detach(def, alias),
            (guest, stop) => LiveChanges.DetachAsync(guest, alias, stop), cancel);
    }

    async ValueTask ChangeAsync(DomainRef domain, string operation, DomainDeviceModifyFlags flags, Func<ConfigChanges, DomainDef, DomainDef> config,
        Func<IPlugGuest, CancellationToken, ValueTask> change, CancellationToken cancel)
    {
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Modify, connection.As(operation), cancel).ConfigureAwait(false);
        Impact impact = Impact.Of((DomainModificationImpact)(flags & Halves), job.Snapshot);
        DomainDef? next = null;
        if (impact.Config)
        {
            DomainDef now = job.Snapshot.Persistent!;
            next = config(new ConfigChanges(await Keeper.FactsForAsync(now, cancel).ConfigureAwait(false), Keeper.Planning), now);
        }
        if (impact.Live)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, job.Interrupted);
            await change(new MachinePlugGuest(Keeper, machine, job.RequireLive()), either.Token).ConfigureAwait(false);
        }
        if (next is not null)
        {
            Keeper.Definitions.Save(job.Snapshot.Name, machine.Uuid, next.ToXml(DomainFormat.Inactive | DomainFormat.Secure));
            machine.Commit(s => s with { Persistent = next });
        }
    }
}
