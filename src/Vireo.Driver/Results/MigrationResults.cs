namespace Vireo.Driver;

/// <summary>What the source of a migration says first: a cookie for the target, and the machine's document.</summary>
public readonly record struct MigrationBegun([Bound(4194304)] byte[] Cookie, string Xml);

/// <summary>What the target of a migration says when it is ready: a cookie for the source, and where to send if it is not the URI given.</summary>
public readonly record struct MigrationPrepared([Bound(4194304)] byte[] Cookie, string? Uri);

/// <summary>The machine at the target, and a cookie for the source.</summary>
public readonly record struct MigrationFinished(DomainRef Domain, [Bound(4194304)] byte[] Cookie);
