using System.Threading.Channels;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;

namespace Vireo.Drivers.Qemu.Migrate.Tunnel;

/// <summary>Carries what comes through a client's connection to the target's QEMU.</summary>
sealed class TunnelIn : IStreamHandler
{
    const string Name = "migrate";
    const int MostWaiting = 1_048_576;
    readonly Channel<byte[]> incoming = Channel.CreateUnbounded<byte[]>(new() { SingleReader = true });
    readonly Stream to;
    readonly IStreamSink client;
    readonly Task carried;
    int waiting, paused;

    TunnelIn(Stream to, IStreamSink client)
    {
        (this.to, this.client) = (to, client);
        carried = CarryAsync();
    }

    /// <summary>Hands QEMU the other end.</summary>
    /// <returns>The tunnel, and where QEMU reads from.</returns>
    internal static async ValueTask<(TunnelIn Tunnel, string Uri)> OpenAsync(LiveQemu live, IStreamSink client, CancellationToken cancel)
    {
        var (ours, theirs) = UnixSockets.Pair(live.SocketLabels);
        using (theirs)
            try
            {
                await live.Monitor.PassAsync(new GetFd(Name), theirs, cancel).ConfigureAwait(false);
            }
            catch
            {
                await ours.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        return (new TunnelIn(ours, client), $"fd:{Name}");
    }

    public void Ready() { }     // nothing goes the other way

    public bool Received(ReadOnlySpan<byte> data)
    {
        if (!incoming.Writer.TryWrite(data.ToArray())) return true;
        if (Interlocked.Add(ref waiting, data.Length) < MostWaiting) return true;
        Volatile.Write(ref paused, 1);
        return Volatile.Read(ref waiting) < MostWaiting / 2 && Interlocked.Exchange(ref paused, 0) == 1;
    }

    public void Finished() => incoming.Writer.TryComplete();

    public ValueTask FinishedAsync()
    {
        Finished();
        return new(carried);
    }

    public void Aborted() => incoming.Writer.TryComplete();

    async Task CarryAsync()
    {
        try
        {
            await foreach (byte[] data in incoming.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await to.WriteAsync(data).ConfigureAwait(false);
                if (Interlocked.Add(ref waiting, -data.Length) < MostWaiting / 2 && Interlocked.Exchange(ref paused, 0) == 1)
                    client.Resume();
            }
        }
        catch (IOException e)
        {
            incoming.Writer.TryComplete();
            client.Fail(VirError.Of(ErrorCode.OperationFailed, ErrorDomain.Streams, $"the machine that waits takes no more: {e.Message}"));
        }
        finally
        {
            await to.DisposeAsync().ConfigureAwait(false);
        }
    }
}
