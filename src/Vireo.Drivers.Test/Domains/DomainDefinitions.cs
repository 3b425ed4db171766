using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Documents;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Domains;

/// <summary>Making and forgetting domains.</summary>
sealed class DomainDefinitions(TestHost host) : IDomainDefinition
{
    public ValueTask<DomainRef> DefineAsync(string xml, DomainDefineFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainDefineFlags.Validate, "testDomainDefineXMLFlags");
        if (flags.HasFlag(DomainDefineFlags.Validate)) DocumentKinds.Domain.Validate(xml);
        DomainDef def = TestDefaults.Complete(DomainDef.Parse(xml));
        lock (host.Gate)
        {
            bool known = host.Domains.TryFind(def.Uuid!.Value, out TestDomain? before) && before.Now.Persistent;
            TestDomain domain = Place(host, def, live: false);
            domain.Tell(host, DomainEventType.Defined, (int)(known ? DomainEventDefinedDetail.Updated : DomainEventDefinedDetail.Added));
            return new(domain.Now.Ref);
        }
    }

    /// <summary>Adds a domain or changes the one of the same name and uuid. Any other with one of them is in the way.</summary>
    public static TestDomain Place(TestHost host, DomainDef def, bool live)
    {
        if (host.Domains.TryFind(def.Uuid!.Value, out TestDomain? same))
        {
            DomainView now = same.Now;
            if (now.Name != def.Name)
                throw UuidIsTaken(now);
            if (live && now.IsActive)
                throw VireoException.OperationInvalid(ErrorDomain.Domain, $"domain '{now.Name}' is already active");
            same.Become((now.IsActive ? now with { Next = def } : now with { Def = def }) with { Persistent = now.Persistent || !live });
            return same;
        }
        if (host.Domains.TryFind(def.Name, out TestDomain? other))
            throw NameIsTaken(other.Now);
        var added = new TestDomain(new DomainView { Def = def, Persistent = !live });
        host.Domains.Add(added);
        return added;
    }

    public static VireoException UuidIsTaken(DomainView by) => Failed($"domain '{by.Name}' is already defined with uuid {by.Uuid}");

    public static VireoException NameIsTaken(DomainView by) => Failed($"domain '{by.Name}' already exists with uuid {by.Uuid}");

    static VireoException Failed(string why) => new(ErrorCode.OperationFailed, ErrorDomain.Domain, why);

    public ValueTask UndefineAsync(DomainRef domain, DomainUndefineFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainUndefineFlags.ManagedSave | DomainUndefineFlags.SnapshotsMetadata,
            "testDomainUndefineFlags");
        lock (host.Gate)
        {
            TestDomain found = host.Get(domain);
            DomainView now = found.Now;
            if (now.ManagedSave && !flags.HasFlag(DomainUndefineFlags.ManagedSave))
                throw VireoException.OperationInvalid(ErrorDomain.Test, "Refusing to undefine while domain managed save image exists");
            if (!now.IsActive)
                CheckMoments(now, flags);
            found.Become(now with { ManagedSave = false, Persistent = false });
            found.Tell(host, DomainEventType.Undefined, (int)DomainEventUndefinedDetail.Removed);
            if (!now.IsActive)
                host.Domains.Remove(found);
        }
        return default;
    }

    static void CheckMoments(DomainView domain, DomainUndefineFlags flags)
    {
        if (!domain.Snapshots.IsEmpty && !flags.HasFlag(DomainUndefineFlags.SnapshotsMetadata))
            throw VireoException.OperationInvalid(ErrorDomain.Test, $"cannot delete inactive domain with {domain.Snapshots.Count} snapshots");
    }
}
