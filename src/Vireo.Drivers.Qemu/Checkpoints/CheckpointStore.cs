using Vireo.Core;
using Vireo.Drivers.Qemu.Snapshots;
using Vireo.Host;
using Vireo.Hypervisor.Stores;
using Vireo.Model.Checkpoint;
using Vireo.Model.Domain;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Checkpoints;

/// <summary>What is known of the machines' checkpoints. No file says which is the current one: it is the last, where there is but one that nothing follows.</summary>
sealed class CheckpointStore(DriverPaths paths, Action<string, string> problem) : MomentStore<CheckpointDef>(paths.CheckpointDir, "checkpoints", none, problem)
{
    static readonly Moments<CheckpointDef> none = new(static c => c.Name!, static c => c.Parent, static (c, parent) => c with { Parent = parent });

    protected override (CheckpointDef Def, bool IsCurrent) Read(string text) => (CheckpointDef.Define(text, redefine: true, null), false);

    protected override string Text(CheckpointDef def, bool isCurrent) =>
        GeneratedFile.Wrap("checkpoint-edit", null, default, def.ToXml(DomainFormat.Secure));

    protected override string NameOf(CheckpointDef def) => def.Name!;

    protected override string? ParentOf(CheckpointDef def) => def.Parent;

    protected override CheckpointDef WithoutParent(CheckpointDef def) => def with { Parent = null };

    protected override long? MadeAt(CheckpointDef def) => def.CreationTime;

    protected override string? CurrentOf(Moments<CheckpointDef> all) =>
        all.All.Where(c => !all.HasChildren(c)).ToList() is [var last] ? last.Name : null;
}
