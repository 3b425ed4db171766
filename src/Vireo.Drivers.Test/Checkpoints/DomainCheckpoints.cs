using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Checkpoint;
using Vireo.Model.Domain;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Test.Checkpoints;

/// <summary>Checkpoints of domains.</summary>
sealed class DomainCheckpoints(TestHost host) : DomainWork(host), ICheckpoints
{
    const CheckpointListFlags Known = CheckpointListFlags.Roots | CheckpointListFlags.Topological | CheckpointListFlags.Leaves | CheckpointListFlags.NoLeaves;
    const ErrorDomain Here = ErrorDomain.DomainCheckpoint;

    public ValueTask<CheckpointRef[]> ListCheckpointsAsync(DomainRef domain, CheckpointListFlags flags, CancellationToken cancel)
    {
        flags.Only(Known, "testDomainListAllCheckpoints");
        DomainView found = See(domain);
        return new(List(found, flags, flags.HasFlag(CheckpointListFlags.Roots) ? found.Checkpoints.ChildrenOf(null) : found.Checkpoints.Below(null)));
    }

    public ValueTask<CheckpointRef[]> ListCheckpointChildrenAsync(CheckpointRef checkpoint, CheckpointListFlags flags, CancellationToken cancel)
    {
        flags.Only(Known, "testDomainCheckpointListAllChildren");
        DomainView found = See(checkpoint.Domain);
        string name = Get(found.Checkpoints, checkpoint.Name).Name!;
        return new(List(found, flags, flags.HasFlag(CheckpointListFlags.Descendants) ? found.Checkpoints.Below(name) : found.Checkpoints.ChildrenOf(name)));
    }

    static CheckpointRef[] List(DomainView domain, CheckpointListFlags flags, IEnumerable<CheckpointDef> checkpoints) =>
    [
        .. checkpoints.Where(checkpoint => !flags.HasFlag(domain.Checkpoints.HasChildren(checkpoint) ? CheckpointListFlags.Leaves : CheckpointListFlags.NoLeaves))
            .Select(checkpoint => new CheckpointRef(checkpoint.Name!, domain.Ref)),
    ];

    public ValueTask<CheckpointRef> LookupCheckpointAsync(DomainRef domain, string name, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainCheckpointLookupByName");
        DomainView found = See(domain);
        return new(new CheckpointRef(Get(found.Checkpoints, name).Name!, found.Ref));
    }

    public ValueTask<CheckpointRef> GetCheckpointParentAsync(CheckpointRef checkpoint, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainCheckpointGetParent");
        DomainView found = See(checkpoint.Domain);
        string? parent = Get(found.Checkpoints, checkpoint.Name).Parent;
        return new(new CheckpointRef(parent ?? throw None($"checkpoint '{checkpoint.Name}' does not have a parent"), found.Ref));
    }

    public ValueTask<string> GetCheckpointXmlAsync(CheckpointRef checkpoint, CheckpointXmlFlags flags, CancellationToken cancel)
    {
        flags.Only(CheckpointXmlFlags.Secure | CheckpointXmlFlags.NoDomain | CheckpointXmlFlags.Size, "testDomainCheckpointGetXMLDesc");
        CheckpointDef def = Get(See(checkpoint.Domain).Checkpoints, checkpoint.Name);
        return new((flags.HasFlag(CheckpointXmlFlags.NoDomain) ? def with { Domain = null } : def)
            .ToXml(flags.HasFlag(CheckpointXmlFlags.Secure) ? DomainFormat.Secure : DomainFormat.None));
    }

    public ValueTask<CheckpointRef> CreateCheckpointAsync(DomainRef domain, string xml, CheckpointCreateFlags flags, CancellationToken cancel)
    {
        TestErrors.Needs(flags, CheckpointCreateFlags.RedefineValidate, "VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE_VALIDATE",
            CheckpointCreateFlags.Redefine, "VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE", "virDomainCheckpointCreateXML", Here);
        flags.Only(CheckpointCreateFlags.Redefine | CheckpointCreateFlags.Quiesce, "testDomainCheckpointCreateXML");
        bool again = flags.HasFlag(CheckpointCreateFlags.Redefine);
        lock (Host.Gate)
        {
            TestDomain found = Host.Get(domain);
            DomainView now = found.Now;
            if (!now.Snapshots.IsEmpty)
                throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Test, "cannot create checkpoint while snapshot exists");
            if (!again && !now.IsActive)
                throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Test, "cannot create checkpoint for inactive domain");
            CheckpointDef def = CheckpointDef.Define(xml, again, again ? null : Host.Now);
            def = again ? Redefined(now, def) : Taken(now, def);
            Moments<CheckpointDef> all = now.Checkpoints.Put(def);
            found.Become(now with { Checkpoints = again ? all : all.MakeCurrent(def.Name) });
            return new(new CheckpointRef(def.Name!, now.Ref));
        }
    }

    static CheckpointDef Taken(DomainView now, CheckpointDef def)
    {
        def = Aligned(def, now.Def) with { Parent = now.Checkpoints.Current, Domain = new MomentDomain(now.Def with { Id = null }) };
        return now.Checkpoints.Find(def.Name) is null ? def
            : throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Domain, $"domain moment {def.Name} already exists");
    }

    static CheckpointDef Redefined(DomainView now, CheckpointDef def)
    {
        if (def.Domain is { } then && (then.Def?.Uuid ?? then.Uuid) is { } uuid && uuid != now.Uuid)
            throw VireoException.InvalidArgument(Here, $"definition for checkpoint {def.Name} must use uuid {now.Uuid}");
        MomentRules.CheckParent(now.Checkpoints, def, checkpoint => checkpoint.Name!, checkpoint => checkpoint.Parent);
        if (def.Domain?.Def is not { } machine)
            return def with { Domain = now.Checkpoints.Find(def.Name)?.Domain ?? def.Domain };
        machine = TestDefaults.Complete(machine);
        return Aligned(def, machine) with { Domain = new MomentDomain(machine) };
    }

    static CheckpointDef Aligned(CheckpointDef def, DomainDef domain) =>
        CheckpointDefaults.Align(def, [.. domain.Devices.Disks.Select(disk => (disk.Target.Device, DomainDevicesByName.PathOf(disk)))]);

    public ValueTask DeleteCheckpointAsync(CheckpointRef checkpoint, CheckpointDeleteFlags flags, CancellationToken cancel)
    {
        TestErrors.NotTogether(flags, CheckpointDeleteFlags.Children, "VIR_DOMAIN_CHECKPOINT_DELETE_CHILDREN",
            CheckpointDeleteFlags.ChildrenOnly, "VIR_DOMAIN_CHECKPOINT_DELETE_CHILDREN_ONLY", "virDomainCheckpointDelete", Here);
        flags.Only(CheckpointDeleteFlags.Children | CheckpointDeleteFlags.ChildrenOnly | CheckpointDeleteFlags.MetadataOnly, "testDomainCheckpointDelete");
        bool below = flags.HasFlag(CheckpointDeleteFlags.Children) || flags.HasFlag(CheckpointDeleteFlags.ChildrenOnly);
        return Change(checkpoint.Domain, known =>
        {
            CheckpointDef def = Get(known.Checkpoints, checkpoint.Name);
            Moments<CheckpointDef> rest = below ? known.Checkpoints.WithoutBelow(def) : known.Checkpoints;
            return known with { Checkpoints = flags.HasFlag(CheckpointDeleteFlags.ChildrenOnly) ? rest : rest.Without(def) };
        });
    }

    static CheckpointDef Get(Moments<CheckpointDef> all, string name) =>
        all.Find(name) ?? throw None($"no domain checkpoint with matching name '{name}'");

    static VireoException None(string what) => new(ErrorCode.NoDomainCheckpoint, ErrorDomain.Test, what);
}
