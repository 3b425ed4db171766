using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Remote;
using Vireo.Rpc.Xdr;
using Xunit;

namespace Vireo.Tests.Remote;

/// <summary>
/// Procedures of releases after 9.0.0: numbers and layouts as public clients of libvirt 12.6.0 have them, rights up to 448 as libvirt 10.7 has them, as far as
/// 9.0.0 knows them; those of 449 and on are as their like in 9.0.0 have them.
/// </summary>
public class LaterProcedureTests
{
    const string Guest = "string, opaque[16], int", Network = "string, opaque[16]";
    const string Saves = "DomainRight.Write DomainRight.Save?!DomainModificationImpact=3 DomainRight.Save?DomainModificationImpact=2";

    static readonly string[] expected =
    [
        $"444|call|virNetworkSetMetadata|low|write|{Network}, int, ?string, ?string, ?string, uint||"
            + "NetworkRight.Write NetworkRight.Save?!NetworkUpdateFlags=3 NetworkRight.Save?NetworkUpdateFlags=2|",
        $"445|call|virNetworkGetMetadata|low||{Network}, int, ?string, uint|string|NetworkRight.Read|",
        $"446|event|NetworkMetadataChangeEvent|low||int, {Network}, int, ?string|||",
        "447|call|virNodeDeviceUpdate|high|write|string, string, uint||NodeDeviceRight.Write|",
        $"448|call|virDomainGraphicsReload|low|write|{Guest}, uint, uint||DomainRight.Write|",
        $"449|call|virDomainGetAutostartOnce|high||{Guest}|int|DomainRight.Read|",
        $"450|call|virDomainSetAutostartOnce|high|write|{Guest}, int||DomainRight.Write|",
        $"451|call|virDomainSetThrottleGroup|low|write|{Guest}, string, <32>(parameter), uint||{Saves}|",
        $"452|call|virDomainDelThrottleGroup|low|write|{Guest}, ?string, uint||{Saves}|",
        $"453|event|DomainNicMacChangeEvent|low||int, {Guest}, string, string, string|||",
        $"454|event|DomainVcpuRemovedEvent|low||int, {Guest}, uint|||",
        $"455|event|DomainChannelLifecycleEvent|low||int, {Guest}, string, int, int|||",
        $"456|call|virDomainAnnounceInterface|low|write|{Guest}, ?string, <16>(parameter), uint||DomainRight.Write|",
    ];

    [Fact]
    public void Each_is_there_as_later_releases_have_it() => Assert.Equal(expected, Procedures.LaterDescription.Split('\n'));

    [Fact]
    public void They_are_unknown_to_clients_of_drivers_that_do_not_offer_them()
    {
        var peer = new RecordedPeer { LoggedIn = true };
        var session = new RemoteSession(peer, new RemoteServices(new DriverSet(TestDriver.Create())));
        Assert.Equal("unknown procedure: 449", Run(session, peer, 449, guest).Error!.Message);
        Assert.Null(session.Find(449));
        Assert.Null(Run(session, peer, 1, [0, 0, 0, 1, 0, 0, 0, 15, .. "test:///default"u8, 0, 0, 0, 0, 0]).Error);
        Assert.Equal(VirError.Of(ErrorCode.Rpc, ErrorDomain.Rpc, "unknown procedure: 449"), Run(session, peer, 449, guest).Error);
        Assert.Equal("unknown procedure: 457", Run(session, peer, 457, guest).Error!.Message);
    }

    [Fact]
    public void A_driver_that_offers_one_is_asked()
    {
        var peer = new RecordedPeer { LoggedIn = true };
        var session = new RemoteSession(peer, new RemoteServices(new DriverSet(new Modern())));
        Assert.Null(Run(session, peer, 1, new byte[8]).Error);
        Assert.NotNull(session.Find(449));
        Assert.Equal([0, 0, 0, 1], Run(session, peer, 449, guest).Answer);
        Assert.Equal("unknown procedure: 448", Run(session, peer, 448, [.. guest, .. new byte[8]]).Error!.Message);
    }

    [Fact]
    public async Task Our_client_hears_later_events_from_later_daemons()
    {
        byte[] callback = [0, 0, 0, 7];
        var heard = new List<DomainEvent>();
        var channel = new ReplayChannel(procedure => procedure switch
        {
            66 => [0, 0, 0, 1, 0, 0, 0, 0],
            60 => [0, 0, 0, 1],
            110 => [0, 0, 0, 0],
            316 => callback,
            _ => [],
        });
        RemoteClient client = await RemoteClient.OpenAsync(channel, null, readOnly: false, default);
        _ = await client.Capabilities.Find<IDomainEvents>()!.SubscribeAsync((DomainEventId)27, null, heard.Add, default);
        Hear(channel, callback);
        DomainEvent told = Assert.Single(heard);
        Assert.Equal(("test", "n", "o", "p"), told is DomainNicMacChangeEvent e ? (e.Domain.Name, e.Alias, e.OldMac, e.NewMac) : default);
    }

    static void Hear(ReplayChannel channel, byte[] callback)
    {
        var message = new XdrReader([.. callback, .. guest, 0, 0, 0, 1, (byte)'n', 0, 0, 0, 0, 0, 0, 1, (byte)'o', 0, 0, 0, 0, 0, 0, 1, (byte)'p', 0, 0, 0]);
        channel.Events!(0x20008086, 453, ref message);
    }

    static readonly byte[] guest = [0, 0, 0, 4, .. "test"u8, .. new byte[15], 1, 0, 0, 0, 1];

    static RecordedCall Run(RemoteSession session, RecordedPeer peer, int procedure, byte[] arguments)
    {
        var call = new RecordedCall(peer, procedure);
        var reader = new XdrReader(arguments);
        session.Dispatch(call, ref reader);
        return call;
    }

    sealed class Modern : IDriver, IDriverConnection, IDomainAutostartOnce
    {
        public string Type => "MODERN";
        public string Uri => "modern:///";
        public CapabilitySet Capabilities => CapabilitySet.Of<IDomainAutostartOnce>(this);
        public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel) => new(this);
        public ValueTask DisposeAsync() => default;
        public ValueTask<bool> GetAutostartOnceAsync(DomainRef domain, CancellationToken cancel) => new(true);
        public ValueTask SetAutostartOnceAsync(DomainRef domain, bool autostart, CancellationToken cancel) => default;
    }
}
