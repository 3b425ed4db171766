using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Vireo.Host.Network;

namespace Vireo.Drivers.NwFilter.Learning;

/// <summary>Learns the address of the guest behind one card, and tells whenever what is known changes.</summary>
sealed class AddressLearner : IAsyncDisposable
{
    const int Largest = 2048, MostLeases = 16;
    static readonly TimeSpan pause = TimeSpan.FromSeconds(1);

    readonly CancellationTokenSource ending = new();
    readonly byte[] mac;
    readonly HashSet<IPAddress> servers;
    readonly TimeProvider time;
    readonly Func<IReadOnlyList<Lease>, CancellationToken, Task> learned;
    readonly ILogger log;
    List<Lease> leases;
    readonly Task running;

    /// <summary>Starts to look at the card's packets; one that goes ends it.</summary>
    /// <param name="card">The card's name.</param>
    /// <param name="mac">The guest's hardware address.</param>
    /// <param name="mode">Of which packets.</param>
    /// <param name="servers">DHCP servers that are trusted; empty: all.</param>
    /// <param name="known">What was lent before.</param>
    /// <param name="learned">Told of every change, one after the other; what it throws is logged.</param>
    /// <param name="time">Ends leases.</param>
    /// <param name="log">The log.</param>
    internal AddressLearner(string card, byte[] mac, LearningMode mode, IEnumerable<string> servers, IEnumerable<Lease> known,
        Func<IReadOnlyList<Lease>, CancellationToken, Task> learned, TimeProvider time, ILogger log)
    {
        (Mode, this.mac, this.learned, this.time, this.log) = (mode, mac, learned, time, log);
        this.servers = [.. servers.Select(static text => IPAddress.TryParse(text, out IPAddress? server) ? server : IPAddress.None)];
        leases = [.. known];
        var socket = new CardSocket(NetworkLinks.IndexOf(card), onlyDhcp: mode is LearningMode.Dhcp);
        running = RunAsync(card, socket);
    }

    internal LearningMode Mode { get; }

    async Task RunAsync(string card, CardSocket socket)
    {
        using CardSocket seen = socket;
        byte[] buffer = new byte[Largest];
        Task<(int, bool)>? receiving = null;
        try
        {
            while (NetworkLinks.Exists(card))
            {
                receiving ??= seen.ReceiveAsync(buffer, ending.Token).AsTask();
                if (await WaitAsync(receiving).ConfigureAwait(false))
                {
                    Task<(int, bool)> done = receiving;
                    receiving = null;
                    if (await ReadAsync(done).ConfigureAwait(false) is var (length, fromGuest) && SeenPacket.Read(buffer.AsSpan(0, length), mac, fromGuest) is { } packet && Take(packet))
                        await TellAsync(card).ConfigureAwait(false);
                }
                else if (Expire())
                    await TellAsync(card).ConfigureAwait(false);
                if (Mode is LearningMode.Any && leases.Count > 0)
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // The binding goes, or the daemon.
        }
        catch (SocketException e)
        {
            log.NotLearned(card, e.Message);
        }
    }

    // True: a packet is there; false: a lease is over.
    async Task<bool> WaitAsync(Task receiving)
    {
        DateTimeOffset end = leases.Count == 0 ? DateTimeOffset.MaxValue : leases.Min(static lease => lease.Ends);
        if (end == DateTimeOffset.MaxValue)
        {
            await Task.WhenAny(receiving).ConfigureAwait(false);
            return true;
        }
        TimeSpan left = end - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
            return false;
        using var passed = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        Task timer = Task.Delay(left > MostWait ? MostWait : left, time, passed.Token);
        Task first = await Task.WhenAny(receiving, timer).ConfigureAwait(false);
        await passed.CancelAsync().ConfigureAwait(false);
        return first == receiving;
    }

    // A timer takes no more than 49 days.
    static readonly TimeSpan MostWait = TimeSpan.FromDays(30);

    // Null: the card is down, of which the socket tells once.
    async Task<(int Length, bool FromGuest)?> ReadAsync(Task<(int, bool)> receiving)
    {
        try
        {
            return await receiving.ConfigureAwait(false);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.NetworkDown)
        {
            await Task.Delay(pause, time, ending.Token).ConfigureAwait(false);
            return null;
        }
    }

    bool Take(SeenPacket packet)
    {
        switch (packet.Kind)
        {
            case SeenKind.Used when Mode is LearningMode.Any:
                leases = [new Lease(packet.Address, IPAddress.Any, DateTimeOffset.MaxValue)];
                return true;
            case SeenKind.Lent when servers.Count == 0 || servers.Contains(packet.Server):
                DateTimeOffset ends = Mode is LearningMode.Any || packet.Seconds == uint.MaxValue ? DateTimeOffset.MaxValue : time.GetUtcNow().AddSeconds(packet.Seconds);
                leases = [.. leases.Where(lease => !lease.Address.Equals(packet.Address)).TakeLast(MostLeases - 1), new Lease(packet.Address, packet.Server, ends)];
                return true;
            case SeenKind.Returned when Mode is LearningMode.Dhcp && leases.Exists(lease => lease.Address.Equals(packet.Address)):
                leases = [.. leases.Where(lease => !lease.Address.Equals(packet.Address))];
                return true;
            default:
                return false;
        }
    }

    bool Expire()
    {
        DateTimeOffset now = time.GetUtcNow();
        int before = leases.Count;
        leases = [.. leases.Where(lease => lease.Ends > now)];
        return leases.Count < before;
    }

    async Task TellAsync(string card)
    {
        try
        {
            await learned(leases, ending.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is Core.Errors.VireoException or IOException or UnauthorizedAccessException)
        {
            log.NotLearned(card, e.Message);
        }
    }

    /// <summary>Ends it; nothing is told any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);
        ending.Dispose();
    }
}
