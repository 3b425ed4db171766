using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Rpc.Client;

namespace Vireo.Remote;

/// <summary>A connection to a log or lock manager, ours or libvirt's.</summary>
/// <param name="channel">The connection; it becomes the client's.</param>
public sealed class ManagerClient(IRpcChannel channel) : ProgramClient(channel), IAsyncDisposable
{
    CapabilitySet? capabilities;

    /// <summary>The programs of both managers; each knows its own.</summary>
    public CapabilitySet Capabilities => capabilities ??= RemoteCapabilities.Make(this);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Channel.DisposeAsync();
}
