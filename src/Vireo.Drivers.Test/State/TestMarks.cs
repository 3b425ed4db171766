using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Snapshots;
using Vireo.Model.Domain;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Test.State;

/// <summary>What a domain of a node document says in the test driver's own namespace: how it is at first.</summary>
sealed record TestMarks
{
    /// <summary>The elements' namespace.</summary>
    public const string Namespace = "http://libvirt.org/schemas/domain/test/1.0";

    const int LastState = (int)DomainState.PmSuspended;

    /// <summary>The state it is in.</summary>
    public DomainState State { get; private init; } = DomainState.Running;

    /// <summary>It is gone when it stops.</summary>
    public bool Transient { get; private init; }

    /// <summary>It has saved state.</summary>
    public bool ManagedSave { get; private init; }

    /// <summary>Its snapshots.</summary>
    public Moments<SnapshotDef> Snapshots { get; private init; } = SnapshotMoments.None;

    /// <summary>Reads them.</summary>
    /// <param name="domain">The domain's definition with its foreign elements.</param>
    /// <param name="folder">Where references to files start.</param>
    /// <param name="complete">What makes a definition whole.</param>
    public static TestMarks Of(DomainDef domain, string folder, Func<DomainDef, DomainDef> complete)
    {
        var marks = new TestMarks();
        List<XmlFragment> snapshots = [];
        foreach (XmlFragment mark in domain.Foreign)
        {
            if (mark.Namespace != Namespace)
                continue;
            switch (mark.Name.Split(':')[^1])
            {
                case "runstate":
                    marks = marks with { State = StateOf(mark) };
                    break;
                case "transient":
                    marks = marks with { Transient = true };
                    break;
                case "hasmanagedsave":
                    marks = marks with { ManagedSave = true };
                    break;
                case "domainsnapshot":
                    snapshots.Add(mark);
                    break;
            }
        }
        if (marks is { ManagedSave: true, State: not DomainState.ShutOff })
            throw Wrong("domain with managedsave data can only have runstate 'shutoff'");
        if (marks is { Transient: true, State: DomainState.ShutOff })
            throw Wrong("transient domain cannot have runstate 'shutoff'");
        return marks with { Snapshots = SnapshotsOf(domain.Name, snapshots, folder, complete) };
    }

    static DomainState StateOf(XmlFragment mark)
    {
        using XmlInput x = mark.Open("runstate");
        if (!uint.TryParse(x.Text(), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out uint state))
            throw Wrong("invalid runstate");
        return state <= LastState ? (DomainState)state : throw Wrong($"runstate '{state}' out of range'");
    }

    static Moments<SnapshotDef> SnapshotsOf(string domain, List<XmlFragment> marks, string folder, Func<DomainDef, DomainDef> complete)
    {
        Moments<SnapshotDef> all = SnapshotMoments.None;
        foreach (XmlFragment mark in marks)
        {
            SnapshotDef snapshot = Read(mark, folder);
            if (snapshot.Active is not { } active)
                throw VireoException.Internal(ErrorDomain.DomainSnapshot, "Could not find 'active' element");
            if (all.Find(snapshot.Name) is not null)
                throw VireoException.Internal(ErrorDomain.Test, $"unexpected domain snapshot {snapshot.Name} already exists");
            if (active && all.Current is not null)
                throw VireoException.Internal(ErrorDomain.Test, $"more than one snapshot claims to be active for domain {domain}");
            if (snapshot.Domain?.Def is { } then)
                snapshot = snapshot with { Domain = snapshot.Domain with { Def = complete(then) } };
            all = all.Put(snapshot with { Active = null });
            if (active)
                all = all.MakeCurrent(snapshot.Name);
        }
        return all.IsForest ? all : throw VireoException.Internal(ErrorDomain.Test, $"Snapshots have inconsistent relations for domain {domain}");
    }

    static SnapshotDef Read(XmlFragment mark, string folder)
    {
        const SnapshotParse own = SnapshotParse.Redefine | SnapshotParse.Internal;
        using XmlInput x = mark.Open("domain_snapshot");
        if (x.Attribute("file") is { } file)
            return SnapshotDef.Define(NodeFile.Resolve(mark, file, folder).Text, own, null);
        return SnapshotDef.Define(mark.Text, own, null, root: null);
    }

    static VireoException Wrong(string what) => new(ErrorCode.XmlError, ErrorDomain.Test, what);
}
