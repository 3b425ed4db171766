namespace Vireo.Driver;

/// <summary>
/// Owners and tags of domains without their documents being written and read. A driver that does not offer it is asked for documents.
/// </summary>
public interface IDomainLabels
{
    /// <summary>What the domain's metadata says, of its running definition if it runs; nothing is allocated once it was asked before.</summary>
    ValueTask<ObjectLabels> FindAsync(DomainRef domain, CancellationToken cancel);
}
