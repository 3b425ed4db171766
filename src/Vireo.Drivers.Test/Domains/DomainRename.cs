using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Domains;

/// <summary>Giving a domain another name.</summary>
sealed class DomainRename(TestHost host) : IDomainRename
{
    public ValueTask<int> RenameAsync(DomainRef domain, string? name, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainRename");
        lock (host.Gate)
        {
            TestDomain found = host.Get(domain);
            if (string.IsNullOrEmpty(name))
                throw VireoException.InvalidArgument(ErrorDomain.Test, "name must not be empty");
            if (name.Contains('/', StringComparison.Ordinal))
                throw new VireoException(ErrorCode.XmlError, ErrorDomain.Test, $"name {name} cannot contain '/'");
            if (found.Now.IsActive)
                throw VireoException.OperationInvalid(ErrorDomain.Test, "cannot rename active domain");
            if (found.Now.Name == name)
                throw VireoException.OperationInvalid(ErrorDomain.Domain, "Can't rename domain to itself");
            if (host.Domains.TryFind(name, out _))
                throw VireoException.OperationInvalid(ErrorDomain.Domain, $"domain with name '{name}' already exists");
            found.Tell(host, DomainEventType.Undefined, (int)DomainEventUndefinedDetail.Renamed);
            host.Domains.Become(found, found.Now with { Def = found.Now.Def with { Name = name } });
            found.Tell(host, DomainEventType.Defined, (int)DomainEventDefinedDetail.Renamed);
        }
        return new(0);
    }
}
