using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>A guest's consoles.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainConsoles
{
    /// <summary>Connects to a console; null: the first one. The handler that comes back takes what the client sends.</summary>
    [Procedure(201, Write = true), CExport("virDomainOpenConsole")]
    [Acl(DomainRight.OpenDevice)]
    ValueTask<IStreamHandler> OpenConsoleAsync(
        DomainRef domain, string? device, DomainConsoleFlags flags, IStreamSink client, CancellationToken cancel);
}

/// <summary>A guest's channels.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainChannels
{
    /// <summary>Connects to a channel by target name; null: the first one.</summary>
    [Procedure(296, Write = true), CExport("virDomainOpenChannel")]
    [Acl(DomainRight.OpenDevice)]
    ValueTask<IStreamHandler> OpenChannelAsync(
        DomainRef domain, string? name, DomainChannelFlags flags, IStreamSink client, CancellationToken cancel);
}
