using System.Buffers;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;

namespace Vireo.Drivers.Qemu.Migrate.Tunnel;

/// <summary>Carries what the source's QEMU sends into the connection to the target's daemon.</summary>
sealed class TunnelOut : IAsyncDisposable
{
    const int Most = 256 * 1024;
    readonly Stream from;
    readonly CancellationTokenSource stop = new();

    TunnelOut(Stream from, IMigrationTunnel to)
    {
        this.from = from;
        Carried = CarryAsync(to);
    }

    /// <summary>Completes when all has arrived; fails if it does not.</summary>
    internal Task Carried { get; }

    /// <summary>Lets QEMU begin.</summary>
    internal static async ValueTask<TunnelOut> BeginAsync(LiveQemu live, IMigrationTunnel to, CancellationToken cancel)
    {
        var (ours, theirs) = UnixSockets.Pair(live.SocketLabels);
        try
        {
            using (theirs)
                await Source.SendOff.SendAsync(live, theirs, resume: false, cancel).ConfigureAwait(false);
            return new TunnelOut(ours, to);
        }
        catch
        {
            await ours.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    async Task CarryAsync(IMigrationTunnel to)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Most);
        try
        {
            int got;
            while ((got = await from.ReadAsync(buffer, stop.Token).ConfigureAwait(false)) > 0)
                await to.WriteAsync(buffer.AsMemory(0, got), stop.Token).ConfigureAwait(false);
            await to.FinishAsync(stop.Token).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            // QEMU does not wait for who takes no more.
            await from.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await Carried.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }
}
