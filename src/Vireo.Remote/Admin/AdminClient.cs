using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Rpc.Client;

namespace Vireo.Remote;

/// <summary>A connection to a daemon's admin socket.</summary>
public sealed class AdminClient : ProgramClient, IAsyncDisposable
{
    readonly RemoteAdminSessionCalls session;
    bool closed;

    AdminClient(IRpcChannel channel) : base(channel)
    {
        session = new RemoteAdminSessionCalls(this);
        Capabilities = RemoteCapabilities.Make(this);
    }

    /// <summary>The capabilities of the admin program, each by calls to the daemon.</summary>
    public CapabilitySet Capabilities { get; }

    internal IAdminSessionCalls Session => session;

    /// <summary>Completes when the connection ends: with the reason, or null after a clean close.</summary>
    public Task<VirError?> Closed => Channel.Closed;

    /// <summary>Opens the connection. The channel becomes the client's, and is disposed of when this fails.</summary>
    public static async ValueTask<AdminClient> OpenAsync(IRpcChannel channel, CancellationToken cancel)
    {
        try
        {
            var client = new AdminClient(channel);
            await client.session.OpenAsync(0, cancel).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await channel.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Says goodbye, if the daemon still listens, and closes the channel.</summary>
    public async ValueTask DisposeAsync()
    {
        if (closed)
            return;
        closed = true;
        if (!Channel.Closed.IsCompleted)
        {
            try
            {
                await session.CloseAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (VireoException)
            {
                // The daemon was faster than our goodbye.
            }
        }
        await Channel.DisposeAsync().ConfigureAwait(false);
    }
}
