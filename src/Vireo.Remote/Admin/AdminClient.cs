using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Rpc.Client;

namespace Vireo.Remote;

/// <summary>A connection to a daemon's admin socket.</summary>
public sealed class AdminClient : ProgramClient, IDriverConnection
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

    /// <summary>The URI that it was opened by.</summary>
    public string Uri { get; private init; } = "";

    /// <summary>Opens the connection. The channel becomes the client's, and is disposed of when this fails.</summary>
    /// <param name="channel">The connection to the daemon.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="uri">What it is to say it was opened by.</param>
    /// <param name="flags">None are known; the daemon refuses them.</param>
    public static async ValueTask<AdminClient> OpenAsync(IRpcChannel channel, CancellationToken cancel, string uri = "", uint flags = 0)
    {
        try
        {
            var client = new AdminClient(channel) { Uri = uri };
            await client.session.OpenAsync(flags, cancel).ConfigureAwait(false);
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
