using Vireo.Core;
using Vireo.Driver;
using Vireo.Host;
using Vireo.Hypervisor.Stores;
using Vireo.Model.Domain;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Snapshots;

/// <summary>What is known of the machines' snapshots; one file of a machine says that it is the current one.</summary>
sealed class SnapshotStore(DriverPaths paths, Action<string, string> problem) : MomentStore<SnapshotDef>(paths.SnapshotDir, "snapshots", none, problem)
{
    static readonly Moments<SnapshotDef> none = new(static s => s.Name!, static s => s.Parent, static (s, parent) => s with { Parent = parent });

    protected override (SnapshotDef Def, bool IsCurrent) Read(string text)
    {
        SnapshotDef def = SnapshotDef.Define(text, SnapshotParse.Redefine | SnapshotParse.Internal, null);
        return (def with { Active = null }, def.Active is true);
    }

    protected override string Text(SnapshotDef def, bool isCurrent) =>
        GeneratedFile.Wrap("snapshot-edit", null, default, (def with { Active = isCurrent }).ToXml(DomainFormat.Secure));

    protected override string NameOf(SnapshotDef def) => def.Name!;

    protected override string? ParentOf(SnapshotDef def) => def.Parent;

    protected override SnapshotDef WithoutParent(SnapshotDef def) => def with { Parent = null };

    protected override long? MadeAt(SnapshotDef def) => def.CreationTime;

    protected override bool SaysCurrent => true;
}
