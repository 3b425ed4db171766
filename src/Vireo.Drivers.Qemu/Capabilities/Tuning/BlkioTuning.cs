using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Start.Groups;
using Vireo.Drivers.Qemu.Tuning;
using Vireo.Host.Cgroups;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Weights and limits of a guest's disk traffic, by devices of the host.</summary>
sealed class BlkioTuning(QemuConnection connection) : IDomainBlkioParameters
{
    const DomainModificationImpact Known = DomainModificationImpact.Live | DomainModificationImpact.Config;

    static readonly IReadOnlyDictionary<string, BlockLimit> limits = new Dictionary<string, BlockLimit>(StringComparer.Ordinal)
    {
        ["device_weight"] = BlockLimit.Weight,
        ["device_read_iops_sec"] = BlockLimit.ReadOperations,
        ["device_write_iops_sec"] = BlockLimit.WriteOperations,
        ["device_read_bytes_sec"] = BlockLimit.ReadBytes,
        ["device_write_bytes_sec"] = BlockLimit.WriteBytes,
    };

    public ValueTask<TypedParameter[]> GetBlkioParametersAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainGetBlkioParameters");
        var machine = connection.Get(domain);
        TuningChecks.RequireSystem(connection.Keeper, TuningChecks.Blocks);
        var now = machine.Snapshot;
        DomainDef def = DomainNumbers.Choose(now, flags);
        uint weight = ReferenceEquals(def, now.Live) ? GroupOf(machine.Live).BlockWeight() ?? 0 : def.BlockIoTune?.Weight ?? 0;
        return new(BlkioParameters.All(def.BlockIoTune, weight));
    }

    static ControlGroup GroupOf(LiveQemu? live) => live?.Cgroup?.Whole is { } whole && (whole.Controllers & CgroupControllers.BlockIo) != 0
        ? whole : throw QemuErrors.Invalid("blkio cgroup isn't mounted");

    public async ValueTask SetBlkioParametersAsync(DomainRef domain, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainSetBlkioParameters");
        ParameterRules.Check(parameters, BlkioParameters.Known);
        _ = connection.Get(domain);
        TuningChecks.RequireSystem(connection.Keeper, TuningChecks.Blocks);
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainSetBlkioParameters", flags, cancel).ConfigureAwait(false);
        ControlGroup? group = edit.Live is null ? null : GroupOf(edit.Qemu);
        foreach (DomainDef def in edit.Meant)
            _ = With(def, parameters);      // refused before anything is changed
        if (group is not null)
            Set(edit.Qemu, group, parameters);
        edit.Change(def => With(def, parameters));
    }

    static void Set(LiveQemu live, ControlGroup group, TypedParameter[] parameters)
    {
        if (parameters.GetUInt("weight") is { } weight)
            GuestGroups.PutBlockWeight(group, live.Cgroup!.Place.Unit, weight);
        foreach (BlkioDeviceLimit limit in BlkioParameters.Limits)
            if (parameters.Get(limit.Name)?.AsString is { Length: > 0 } text)
                foreach (var (path, value) in BlkioParameters.Read(limit, text))
                    group.SetBlock(path, limits[limit.Name], value);
    }

    static DomainDef With(DomainDef def, TypedParameter[] parameters) =>
        def with { BlockIoTune = BlkioParameters.Change(def.BlockIoTune ?? new BlockIoTune(), parameters) };
}
