namespace Vireo.Host.Network;

/// <summary>Hears of changes of the packet filter, where it is nftables (iptables of today's hosts is), whoever makes them.</summary>
public sealed class FilterEvents : IDisposable
{
    const int FilterProtocol = 12, LongestMessage = 64 * 1024;
    const uint TablesGroup = 1 << 6;

    readonly NetlinkListener listener = new(FilterProtocol, TablesGroup);
    readonly byte[] buffer = new byte[LongestMessage];

    /// <summary>Waits for a change. There may be more of them behind it.</summary>
    public Task ChangedAsync(CancellationToken cancel) => listener.ReceiveAsync(buffer, cancel);

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();
}
