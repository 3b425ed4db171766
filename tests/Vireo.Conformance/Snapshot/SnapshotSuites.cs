using Vireo.Conformance.Runner;
using Vireo.Core;
using Vireo.Model.Checkpoint;
using Vireo.Model.Domain;
using Vireo.Model.Snapshot;

namespace Vireo.Conformance.Snapshot;

/// <summary>Snapshots of a machine, new ones and ones that are told again.</summary>
sealed class SnapshotSuite : Suite
{
    public override string Name => "snapshot-xml2xml";

    public override Outputs Run(CaseInput input)
    {
        var flags = SnapshotParse.None;
        string[] words = [.. input.Words("flags")];
        foreach (string word in words)
            flags |= word switch { "internal" => SnapshotParse.Internal, "redefine" => SnapshotParse.Redefine, _ => SnapshotParse.None };
        SnapshotDef snapshot = SnapshotDef.Define(input.Text("input"), flags, input.Find("creation_time")?.GetInt64());
        if (words.Contains("running"))
            snapshot = snapshot with { State = SnapshotState.Running };
        if (snapshot.Domain?.Def is null)
            snapshot = snapshot with { Domain = input.Word("domain_uuid") is { } uuid && Uuid.TryParse(uuid, out Uuid id) ? new MomentDomain(null, id) : null };
        return Outputs.Of(snapshot.ToXml(DomainFormat.Secure));
    }
}

/// <summary>Checkpoints of a machine.</summary>
sealed class CheckpointSuite : Suite
{
    public override string Name => "checkpoint-xml2xml";

    public override Outputs Run(CaseInput input)
    {
        string[] flags = [.. input.Words("flags")];
        CheckpointDef checkpoint = CheckpointDef.Define(input.Text("input"), flags.Contains("redefine"), input.Find("creation_time")?.GetInt64());
        if (flags.Contains("parent"))
            checkpoint = checkpoint with { Parent = "1525111885" };
        if (flags.Contains("vda_bitmap"))
            checkpoint = CheckpointDefaults.Align(checkpoint, [("vda", null)]);
        if (flags.Contains("size") && checkpoint.Disks is { } disks)
            checkpoint = checkpoint with { Disks = disks with { All = disks.All.SetItem(0, disks.All[0] with { Size = 1048576 }) } };
        return Outputs.Of(checkpoint.ToXml(DomainFormat.Secure));
    }
}
