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
            bool known = host.Domains.Exists(domain => domain.Uuid == def.Uuid && domain.Persistent);
            TestDomain domain = Place(host, def, live: false);
            domain.Tell(host, DomainEventType.Defined, (int)(known ? DomainEventDefinedDetail.Updated : DomainEventDefinedDetail.Added));
            return new(domain.Ref);
        }
    }

    /// <summary>Adds a domain or changes the one of the same name and uuid. Any other with one of them is in the way.</summary>
    public static TestDomain Place(TestHost host, DomainDef def, bool live)
    {
        if (host.Domains.Find(domain => domain.Uuid == def.Uuid) is { } same)
        {
            if (same.Name != def.Name)
                throw Failed($"domain '{same.Name}' is already defined with uuid {same.Uuid}");
            if (live && same.IsActive)
                throw VireoException.OperationInvalid(ErrorDomain.Domain, $"domain '{same.Name}' is already active");
            if (same.IsActive)
                same.Next = def;
            else
                same.Def = def;
            same.Persistent |= !live;
            return same;
        }
        if (host.Domains.Find(domain => domain.Name == def.Name) is { } other)
            throw Failed($"domain '{other.Name}' already exists with uuid {other.Uuid}");
        var added = new TestDomain(def, persistent: !live);
        host.Domains.Add(added);
        return added;
    }

    static VireoException Failed(string why) => new(ErrorCode.OperationFailed, ErrorDomain.Domain, why);

    public ValueTask UndefineAsync(DomainRef domain, DomainUndefineFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainUndefineFlags.ManagedSave | DomainUndefineFlags.SnapshotsMetadata | DomainUndefineFlags.CheckpointsMetadata,
            "testDomainUndefineFlags");
        lock (host.Gate)
        {
            TestDomain found = host.Get(domain);
            if (found.ManagedSave && !flags.HasFlag(DomainUndefineFlags.ManagedSave))
                throw VireoException.OperationInvalid(ErrorDomain.Test, "Refusing to undefine while domain managed save image exists");
            found.ManagedSave = false;
            found.Tell(host, DomainEventType.Undefined, (int)DomainEventUndefinedDetail.Removed);
            found.Persistent = false;
            if (!found.IsActive)
                host.Domains.Remove(found);
        }
        return default;
    }
}
