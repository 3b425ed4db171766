using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

/// <summary>What a driver that manages networks keeps.</summary>
[Holds(typeof(INetworkLookup), typeof(INetworkListing), typeof(INetworkInfo), typeof(INetworkLifecycle), typeof(INetworkEvents))]
public abstract class NetworkContract(ISubject subject) : Contract(subject)
{
    INetworkLifecycle Make => On<INetworkLifecycle>();

    INetworkListing Lists => On<INetworkListing>();

    INetworkInfo About => On<INetworkInfo>();

    static string Document(string name, string? uuid = null) =>
        $"<network><name>{name}</name>{(uuid is null ? "" : $"<uuid>{uuid}</uuid>")}<ip address='10.7.0.1' netmask='255.255.255.0'><dhcp><range start='10.7.0.2' end='10.7.0.9'/></dhcp></ip></network>";

    [Fact]
    public void A_defined_network_is_kept_inactive_and_found()
    {
        NetworkRef network = Now(Make.DefineAsync(Document("c1"), default));
        Assert.Equal(network, Now(On<INetworkLookup>().LookupByNameAsync("c1", default)));
        Assert.Equal(network, Now(On<INetworkLookup>().LookupByUuidAsync(network.Uuid, default)));
        Assert.Contains("c1", Now(Lists.ListDefinedNamesAsync(default)));
        Assert.DoesNotContain("c1", Now(Lists.ListActiveNamesAsync(default)));
        Assert.Equal((false, true), (Now(About.IsActiveAsync(network, default)), Now(About.IsPersistentAsync(network, default))));
    }

    [Fact]
    public void Lists_and_counts_agree()
    {
        Now(Make.DefineAsync(Document("c1"), default));
        Now(Make.CreateTransientAsync(Document("c2").Replace("10.7.", "10.8.", StringComparison.Ordinal), default));
        Assert.Equal(Now(Lists.CountActiveAsync(default)), Now(Lists.ListActiveNamesAsync(default)).Length);
        Assert.Equal(Now(Lists.CountDefinedAsync(default)), Now(Lists.ListDefinedNamesAsync(default)).Length);
        NetworkRef[] all = Now(Lists.ListAllAsync(ListNetworksFlags.None, default));
        foreach (var (yes, no) in new[]
        {
            (ListNetworksFlags.Active, ListNetworksFlags.Inactive), (ListNetworksFlags.Persistent, ListNetworksFlags.Transient),
            (ListNetworksFlags.Autostart, ListNetworksFlags.NoAutostart),
        })
        {
            NetworkRef[] one = Now(Lists.ListAllAsync(yes, default)), other = Now(Lists.ListAllAsync(no, default));
            Assert.Empty(one.Intersect(other));
            Assert.Equal(all.ToHashSet(), one.Concat(other).ToHashSet());
            Assert.Equal(all.ToHashSet(), Now(Lists.ListAllAsync(yes | no, default)).ToHashSet());
        }
    }

    [Fact]
    public void It_starts_once_and_is_not_forgotten_while_it_runs()
    {
        NetworkRef network = Now(Make.DefineAsync(Document("c1"), default));
        Now(Make.CreateAsync(network, default));
        Assert.True(Now(About.IsActiveAsync(network, default)));
        Refuses(ErrorCode.OperationInvalid, () => Make.CreateAsync(network, default));
        Now(Make.DestroyAsync(network, default));
        Assert.False(Now(About.IsActiveAsync(network, default)));
        Now(Make.UndefineAsync(network, default));
        Refuses(ErrorCode.NoNetwork, () => On<INetworkLookup>().LookupByNameAsync("c1", default));
    }

    [Fact]
    public void A_transient_one_is_gone_when_it_stops()
    {
        NetworkRef network = Now(Make.CreateTransientAsync(Document("c1"), default));
        Assert.Equal((true, false), (Now(About.IsActiveAsync(network, default)), Now(About.IsPersistentAsync(network, default))));
        Now(Make.DestroyAsync(network, default));
        Refuses(ErrorCode.NoNetwork, () => About.GetXmlAsync(network, NetworkXmlFlags.None, default));
    }

    [Fact]
    public void A_name_and_a_uuid_belong_together()
    {
        const string uuid = "7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8a01", other = "7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8a02";
        Now(Make.DefineAsync(Document("c1", uuid), default));
        Now(Make.DefineAsync(Document("c1", uuid), default));
        Refuses(ErrorCode.OperationFailed, () => Make.DefineAsync(Document("c1", other), default));
        Refuses(ErrorCode.OperationFailed, () => Make.DefineAsync(Document("c2", uuid), default));
    }

    [Fact]
    public void What_it_shows_can_be_defined_again()
    {
        NetworkRef network = Now(Make.DefineAsync(Document("c1"), default));
        string shown = Now(About.GetXmlAsync(network, NetworkXmlFlags.None, default));
        Assert.Equal(network, Now(Make.DefineAsync(shown, default)));
        Assert.Equal(shown, Now(About.GetXmlAsync(network, NetworkXmlFlags.None, default)));
    }

    [Fact]
    public void Autostart_is_kept()
    {
        NetworkRef network = Now(Make.DefineAsync(Document("c1"), default));
        foreach (bool on in (ReadOnlySpan<bool>)[true, false])
        {
            Now(Make.SetAutostartAsync(network, on, default));
            Assert.Equal(on, Now(About.GetAutostartAsync(network, default)));
        }
    }

    [Fact]
    public void A_section_changes_where_it_is_asked_to()
    {
        const string host = "<host mac='52:54:00:00:00:01' ip='10.7.0.5'/>";
        NetworkRef network = Now(Make.DefineAsync(Document("c1"), default));
        Refuses(ErrorCode.OperationInvalid, () => Update(host, NetworkUpdateFlags.AffectLive));
        Now(Update(host, NetworkUpdateFlags.AffectCurrent));
        Assert.Contains("10.7.0.5", Now(About.GetXmlAsync(network, NetworkXmlFlags.None, default)), StringComparison.Ordinal);
        Refuses(ErrorCode.OperationInvalid, () => Update(host, NetworkUpdateFlags.AffectConfig));
        Refuses(ErrorCode.XmlError, () => Update("<range start='10.7.0.20' end='10.7.0.21'/>", NetworkUpdateFlags.AffectConfig));

        ValueTask Update(string xml, NetworkUpdateFlags flags) =>
            Make.UpdateAsync(network, NetworkUpdateCommand.AddLast, NetworkUpdateSection.IpDhcpHost, -1, xml, flags, default);
    }

    [Fact]
    public void Who_listens_is_told_in_order()
    {
        var heard = new List<(string, NetworkEventType)>();
        IAsyncDisposable subscription = Now(On<INetworkEvents>().SubscribeAsync(
            NetworkEventId.Lifecycle, null, e => heard.Add((e.Network.Name, ((NetworkLifecycleEvent)e).Type)), default));
        NetworkRef network = Now(Make.DefineAsync(Document("c1"), default));
        Now(Make.CreateAsync(network, default));
        Now(Make.DestroyAsync(network, default));
        Now(Make.UndefineAsync(network, default));
        Hear();
        Assert.Equal([("c1", NetworkEventType.Defined), ("c1", NetworkEventType.Started), ("c1", NetworkEventType.Stopped), ("c1", NetworkEventType.Undefined)], heard);
        Now(subscription.DisposeAsync());
        Now(Make.DefineAsync(Document("c2"), default));
        Hear();
        Assert.Equal(4, heard.Count);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Refuses(ErrorCode.XmlDetail, () => Make.DefineAsync("<network", default));
        Refuses(ErrorCode.XmlError, () => Make.DefineAsync("<pool/>", default));
        Refuses(ErrorCode.NoName, () => Make.DefineAsync("<network/>", default));
        Refuses(ErrorCode.InvalidArg, () => Make.DefineAsync(Document("c1"), (NetworkDefineFlags)0x80, default));
        Refuses(ErrorCode.InvalidArg, () => Lists.ListAllAsync((ListNetworksFlags)0x40000000, default));
        Refuses(ErrorCode.XmlInvalidSchema, () => Make.DefineAsync("<network><name>c1</name><tram/></network>", NetworkDefineFlags.Validate, default));
        Refuses(ErrorCode.NoNetwork, () => On<INetworkLookup>().LookupByUuidAsync(Uuid.NewRandom(), default));
    }
}
