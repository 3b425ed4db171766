using Vireo.Core;
using Vireo.Driver;

namespace Vireo;

/// <summary>A domain, as it was when it was looked up; its operations ask the hypervisor anew.</summary>
public sealed class Domain
{
    readonly Connection connection;

    internal Domain(Connection connection, DomainRef reference) => (this.connection, Ref) = (connection, reference);

    /// <summary>What names it in the driver's capabilities.</summary>
    public DomainRef Ref { get; private set; }

    /// <summary>Its name.</summary>
    public string Name => Ref.Name;

    /// <summary>Its uuid.</summary>
    public Uuid Uuid => Ref.Uuid;

    /// <summary>Its id when it was looked up or last started; -1 if it did not run.</summary>
    public int Id => Ref.Id;

    /// <summary>Starts it.</summary>
    public async Task StartAsync(DomainCreateFlags flags = default, CancellationToken cancel = default) =>
        Ref = await connection.Require<IDomainPower>().CreateAsync(Ref, flags, cancel).ConfigureAwait(false);

    /// <summary>Asks the guest to shut down; returns before it has.</summary>
    public async Task ShutdownAsync(DomainShutdownFlags flags = default, CancellationToken cancel = default) =>
        await connection.Require<IDomainPower>().ShutdownAsync(Ref, flags, cancel).ConfigureAwait(false);

    /// <summary>Asks the guest to reboot.</summary>
    public async Task RebootAsync(DomainRebootFlags flags = default, CancellationToken cancel = default) =>
        await connection.Require<IDomainPower>().RebootAsync(Ref, flags, cancel).ConfigureAwait(false);

    /// <summary>Stops it at once, as if its plug were pulled.</summary>
    public async Task DestroyAsync(DomainDestroyFlags flags = default, CancellationToken cancel = default) =>
        await connection.Require<IDomainPower>().DestroyAsync(Ref, flags, cancel).ConfigureAwait(false);

    /// <summary>Presses the reset button.</summary>
    public async Task ResetAsync(CancellationToken cancel = default) =>
        await connection.Require<IDomainReset>().ResetAsync(Ref, 0, cancel).ConfigureAwait(false);

    /// <summary>Pauses it.</summary>
    public async Task SuspendAsync(CancellationToken cancel = default) =>
        await connection.Require<IDomainPause>().SuspendAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Lets it run on.</summary>
    public async Task ResumeAsync(CancellationToken cancel = default) =>
        await connection.Require<IDomainPause>().ResumeAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Forgets it; if it runs it becomes transient.</summary>
    public async Task UndefineAsync(DomainUndefineFlags flags = default, CancellationToken cancel = default) =>
        await connection.Require<IDomainDefinition>().UndefineAsync(Ref, flags, cancel).ConfigureAwait(false);

    /// <summary>Its document.</summary>
    public async Task<string> GetXmlAsync(DomainXmlFlags flags = default, CancellationToken cancel = default) =>
        await connection.Require<IDomainInfo>().GetXmlAsync(Ref, flags, cancel).ConfigureAwait(false);

    /// <summary>State, memory, vCPUs and used time.</summary>
    public async Task<DomainInfo> GetInfoAsync(CancellationToken cancel = default) =>
        await connection.Require<IDomainInfo>().GetInfoAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Its state and the reason for it.</summary>
    public async Task<DomainStateReason> GetStateAsync(CancellationToken cancel = default) =>
        await connection.Require<IDomainInfo>().GetStateAsync(Ref, 0, cancel).ConfigureAwait(false);

    /// <summary>Whether it runs.</summary>
    public async Task<bool> IsActiveAsync(CancellationToken cancel = default) =>
        await connection.Require<IDomainInfo>().IsActiveAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Whether it is kept when it stops.</summary>
    public async Task<bool> IsPersistentAsync(CancellationToken cancel = default) =>
        await connection.Require<IDomainInfo>().IsPersistentAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Whether it starts with the daemon.</summary>
    public async Task<bool> GetAutostartAsync(CancellationToken cancel = default) =>
        await connection.Require<IDomainAutostart>().GetAutostartAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Whether it shall start with the daemon.</summary>
    public async Task SetAutostartAsync(bool autostart, CancellationToken cancel = default) =>
        await connection.Require<IDomainAutostart>().SetAutostartAsync(Ref, autostart, cancel).ConfigureAwait(false);

    /// <summary>Adds a device.</summary>
    public async Task AttachDeviceAsync(string xml, DomainDeviceModifyFlags flags = default, CancellationToken cancel = default) =>
        await connection.Require<IDomainDevices>().AttachDeviceAsync(Ref, xml, flags, cancel).ConfigureAwait(false);

    /// <summary>Removes a device.</summary>
    public async Task DetachDeviceAsync(string xml, DomainDeviceModifyFlags flags = default, CancellationToken cancel = default) =>
        await connection.Require<IDomainDevices>().DetachDeviceAsync(Ref, xml, flags, cancel).ConfigureAwait(false);

    /// <summary>Events of this domain, as they come; see <see cref="Connection.WatchDomainsAsync"/>.</summary>
    public IAsyncEnumerable<DomainEvent> WatchAsync(IEnumerable<DomainEventId>? kinds = null, CancellationToken cancel = default) =>
        connection.WatchDomainsAsync(kinds, this, cancel);

    /// <summary>Its console, as a stream both ways; null: the first one.</summary>
    public async Task<Stream> OpenConsoleAsync(
        string? device = null, DomainConsoleFlags flags = default, CancellationToken cancel = default)
    {
        var stream = new GuestStream();
        stream.Start(await connection.Require<IDomainConsoles>().OpenConsoleAsync(Ref, device, flags, stream, cancel).ConfigureAwait(false));
        return stream;
    }

    /// <summary>One of its channels, as a stream both ways; null: the first one.</summary>
    public async Task<Stream> OpenChannelAsync(
        string? name = null, DomainChannelFlags flags = default, CancellationToken cancel = default)
    {
        var stream = new GuestStream();
        stream.Start(await connection.Require<IDomainChannels>().OpenChannelAsync(Ref, name, flags, stream, cancel).ConfigureAwait(false));
        return stream;
    }
}
