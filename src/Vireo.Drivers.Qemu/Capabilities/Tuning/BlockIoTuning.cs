using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Start.Disks;
using Vireo.Drivers.Qemu.Tuning;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Limits of one disk's traffic, or of those that share a group.</summary>
sealed class BlockIoTuning(QemuConnection connection) : IDomainBlockIoTune
{
    const DomainModificationImpact Known = DomainModificationImpact.Live | DomainModificationImpact.Config;

    public async ValueTask<TypedParameter[]> GetBlockIoTuneAsync(DomainRef domain, string? disk, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainGetBlockIoTune");
        var machine = connection.Get(domain);
        var now = machine.Snapshot;
        DomainDef def = DomainNumbers.Choose(now, flags);
        // Who only asks how many parameters there are need not name a disk.
        if (disk is null)
            return IoTuneLimits.All(new DiskIoTune());
        Disk found = DomainBlocks.FindOrNull(def, disk) ?? throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"disk '{disk}' not found in domain");
        if (!ReferenceEquals(def, now.Live) || machine.Live is not { } live || found.Alias is not { } alias)
            return IoTuneLimits.All(found.IoTune ?? new DiskIoTune());
        string place = DiskThrottling.PlaceOf(found, alias);
        // The definition says what was set last; who does not answer is not waited for.
        if (await live.AskAsync(new QueryBlockLimits(), cancel).ConfigureAwait(false) is not { } all)
            return IoTuneLimits.All(found.IoTune ?? new DiskIoTune());
        DriveLimits drive = all.FirstOrDefault(one => one.QDev == place)
            ?? throw VireoException.Internal(ErrorDomain.Qemu, $"cannot find throttling info for device '{place}'");
        return IoTuneLimits.All(drive.Limits ?? throw VireoException.Internal(ErrorDomain.Qemu, "block_io_throttle inserted entry was not in expected format"));
    }

    public async ValueTask SetBlockIoTuneAsync(DomainRef domain, string disk, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainSetBlockIoTune");
        ParameterRules.Check(parameters, IoTuneLimits.Known);
        IoTuneRules.CheckParts(parameters);
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainSetBlockIoTune", flags, cancel).ConfigureAwait(false);
        IoTuneRules.CheckLargest(parameters);
        DomainDef? next = null;
        if (edit.Config is { } config)
        {
            Disk found = DomainBlocks.FindOrNull(config, disk)
                ?? throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"missing persistent configuration for disk '{disk}'");
            next = IoTuneRules.With(config, found, parameters);
        }
        if (edit.Live is { } live)
        {
            Disk found = DomainBlocks.FindOrNull(live, disk) ?? throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"disk '{disk}' not found in domain");
            if (found.Target.Bus is DiskBus.Sd || found.Source is DiskSource.OfVhostUser || found.Alias is not { } alias)
                throw QemuErrors.ArgumentUnsupported($"blkdeviotune is not supported for disk '{disk}'");
            DomainDef with = IoTuneRules.With(live, found, parameters);
            DiskIoTune limits = DomainBlocks.FindOrNull(with, disk)!.IoTune ?? new DiskIoTune();
            // A drive that is empty is limited when something comes into it.
            if (!BlockGraph.IsEmpty(found.Source))
                await edit.AskAsync(new BlockSetIoThrottle(DiskThrottling.PlaceOf(found, alias), IoTuneRules.Whole(limits)), cancel).ConfigureAwait(false);
            edit.Publish(def => DomainBlocks.FindOrNull(def, disk) is { } same ? IoTuneRules.With(def, same, parameters) : def,
                [new("blkdeviotune.disk", found.Target.Device), .. parameters.Select(Told)]);
        }
        edit.Save(next);
    }

    static TypedParameter Told(TypedParameter one) =>
        one.Type is ParameterType.String ? new($"blkdeviotune.{one.Name}", one.AsString) : new($"blkdeviotune.{one.Name}", one.AsULong);
}
