using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Status;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Blocks.Jobs;

/// <summary>Where a job stands; the words are those of status files.</summary>
[WireNames] enum BlockJobState { New, Running, Ready, Aborting, Pivoting, Concluded }

/// <summary>Long work of QEMU's on the images of one disk.</summary>
/// <param name="name">QEMU's name of it.</param>
/// <param name="type">What it does.</param>
/// <param name="disk">The disk's name in the guest.</param>
sealed class BlockJob(string name, DomainBlockJobType type, string disk)
{
    readonly TaskCompletionSource concluded = new(TaskCreationOptions.RunContinuationsAsynchronously), readied = new(TaskCreationOptions.RunContinuationsAsynchronously),
        gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal string Name => name;
    internal DomainBlockJobType Type => type;
    internal string Disk => disk;

    /// <summary>The flags of the call that began it.</summary>
    internal uint Flags { get; init; }

    /// <summary>The node that stays below (pull) or takes (commit).</summary>
    internal string? Base { get; init; }

    /// <summary>The highest node that is committed.</summary>
    internal string? Top { get; init; }

    /// <summary>The node above that; null: it is the disk's own.</summary>
    internal string? TopParent { get; init; }

    /// <summary>Files of images that were committed are deleted.</summary>
    internal bool DeletesCommitted { get; init; }

    /// <summary>A copy of the top image alone, onto images that its owner gave.</summary>
    internal bool IsShallowNew { get; init; }

    /// <summary>What a backup is written to, or keeps what is overwritten while it is read.</summary>
    internal DiskSource? Store { get; init; }

    /// <summary>The format of that.</summary>
    internal StorageFormat StoreFormat { get; init; }

    /// <summary>The bitmap of what a backup takes; null: everything.</summary>
    internal string? Bitmap { get; init; }

    internal BlockJobState State { get; set; }

    /// <summary>How it ended; null: nobody has looked yet.</summary>
    internal BlockJobStatus? Outcome { get; set; }

    /// <summary>Completes when QEMU has ended it.</summary>
    internal Task Ended => concluded.Task;

    /// <summary>Completes when it can be gone over to.</summary>
    internal Task Readied => readied.Task;

    internal void MakeReady()
    {
        State = BlockJobState.Ready;
        readied.TrySetResult();
    }

    /// <summary>Completes when everything is as the job left it.</summary>
    internal Task Gone => gone.Task;

    internal void SetGone() => gone.TrySetResult();

    internal void Conclude() => concluded.TrySetResult();

    /// <summary>It mirrors what the guest writes until somebody ends it.</summary>
    internal bool Mirrors => type is DomainBlockJobType.Copy or DomainBlockJobType.ActiveCommit;

    /// <summary>It copies the top image alone.</summary>
    internal bool IsShallow => type is DomainBlockJobType.Copy && ((DomainBlockCopyFlags)Flags).HasFlag(DomainBlockCopyFlags.Shallow);

    /// <summary>QEMU's name of a job on a disk.</summary>
    internal static string NameOf(DomainBlockJobType type, string disk, string node) =>
        $"{WordOf(type)}-{disk}-{node}";

    static string WordOf(DomainBlockJobType type) => type switch
    {
        DomainBlockJobType.Pull => "pull",
        DomainBlockJobType.Copy => "copy",
        DomainBlockJobType.Backup => "backup",
        _ => "commit",
    };

    internal StatusBlockJob ToStatus() => new()
    {
        Name = name,
        Type = type is DomainBlockJobType.ActiveCommit ? "active-commit" : WordOf(type),
        State = State.ToXml(),
        NewState = Outcome is { } outcome ? WordOf(outcome) : State is BlockJobState.Ready ? "ready" : null,
        Flags = Flags,
        Parts = [.. Parts()],
    };

    static string? WordOf(BlockJobStatus outcome) => outcome switch
    {
        BlockJobStatus.Completed => "completed",
        BlockJobStatus.Canceled => "cancelled",
        BlockJobStatus.Failed => "failed",
        _ => null,
    };

    IEnumerable<XmlFragment> Parts()
    {
        yield return Part("disk", ("dst", disk), ("mirror", Mirrors ? "yes" : null));
        if (Bitmap is not null) yield return Part("bitmap", ("name", Bitmap));
        if (Store is not null) yield return StorePart(Store, StoreFormat);
        if (Base is not null) yield return Part("base", ("node", Base));
        if (Top is not null) yield return Part("top", ("node", Top));
        if (TopParent is not null) yield return Part("topparent", ("node", TopParent));
        if (DeletesCommitted) yield return Part("deleteCommittedImages");
        if (IsShallowNew) yield return Part("shallownew");
    }

    static XmlFragment StorePart(DiskSource store, StorageFormat format)
    {
        var output = new XmlOutput(new XmlOutputOptions(Secure: true, Status: true));
        new MigrationSource { Type = store is DiskSource.OfBlock ? "block" : "file", Format = format.ToXml(), Source = store }.WriteXml(output, "store");
        return XmlFragment.Parse(output.ToString(), "domain_status");
    }

    static XmlFragment Part(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        var output = new XmlOutput(new XmlOutputOptions());
        output.Open(element);
        foreach (var (attribute, value) in attributes)
            output.Attribute(attribute, value);
        output.Close(element);
        return XmlFragment.Parse(output.ToString(), "domain_status");
    }

    /// <summary>Of a status file; null if it is no job that is known here.</summary>
    internal static BlockJob? Of(StatusBlockJob kept)
    {
        DomainBlockJobType? type = kept.Type switch
        {
            "pull" => DomainBlockJobType.Pull,
            "copy" => DomainBlockJobType.Copy,
            "active-commit" => DomainBlockJobType.ActiveCommit,
            "commit" => DomainBlockJobType.Commit,
            "backup" => DomainBlockJobType.Backup,
            _ => null,
        };
        var parts = kept.Parts.ToDictionary(static p => p.Name, StringComparer.Ordinal);
        string? Attribute(string element, string attribute)
        {
            if (!parts.TryGetValue(element, out XmlFragment? part))
                return null;
            using XmlInput input = part.Open("domain_status");
            return input.Attribute(attribute);
        }
        if (type is not { } known || Attribute("disk", "dst") is not { } disk)
            return null;
        MigrationSource? store = null;
        if (parts.TryGetValue("store", out XmlFragment? written))
        {
            using XmlInput input = written.Open("domain_status");
            store = MigrationSource.ReadXml(input);
        }
        return new BlockJob(kept.Name, known, disk)
        {
            Store = store?.Source,
            StoreFormat = StorageFormatNames.TryParse(store?.Format ?? "", out StorageFormat format) ? format : StorageFormat.Raw,
            Bitmap = Attribute("bitmap", "name"),
            Flags = kept.Flags ?? 0,
            Base = Attribute("base", "node"),
            Top = Attribute("top", "node"),
            TopParent = Attribute("topparent", "node"),
            DeletesCommitted = parts.ContainsKey("deleteCommittedImages"),
            IsShallowNew = parts.ContainsKey("shallownew"),
            State = BlockJobStateNames.TryParse(kept.State, out BlockJobState state) ? state : BlockJobState.Running,
            Outcome = kept.NewState is null ? null
                : ((BlockJobStatus?[])[BlockJobStatus.Completed, BlockJobStatus.Canceled, BlockJobStatus.Failed]).FirstOrDefault(one => WordOf(one!.Value) == kept.NewState),
        };
    }
}
