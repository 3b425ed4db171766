using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Remote;
using Vireo.Remote.Forward;
using Vireo.Rpc.Posix;
using Vireo.Tests.Hypervisor;
using Xunit;

namespace Vireo.Tests.Remote.Forward;

/// <summary>What a daemon hands on to the others of its host, as whom, and what becomes of it when one of them ends.</summary>
public sealed class ForwardTests : IDisposable
{
    static readonly ConnectionUri qemu = ConnectionUri.Parse("qemu:///system");
    static readonly Caller alice = new(ReadOnly: false, UserId: 1000, GroupId: 100, ProcessId: 4711, UserName: "alice")
    {
        Groups = ["staff"], ProcessStart = 12, SaslName = "alice@HOST", TlsName = "CN=alice", SecurityLabel = "a:b:c",
    };

    readonly List<AccessQuestion> asked = [];
    DaemonsOfAHost? host;

    public void Dispose() => host?.Dispose();

    DaemonsOfAHost Host(params string[] daemons) => host = new DaemonsOfAHost(TestDriver.Create(), "test:///default", new Noting(asked), daemons);

    async Task<IDriverConnection> OpenAsync(Caller? caller = null) =>
        await host!.OpenAsync(qemu, caller ?? Caller.Self, default) ?? throw new InvalidOperationException("nobody opened it");

    static async Task<string[]> NetworksAsync(IDriverConnection connection) =>
        [.. (await connection.Capabilities.Find<INetworkListing>()!.ListAllAsync(default, default)).Select(static one => one.Name)];

    [Fact]
    public void Procedures_belong_to_the_drivers_that_libvirts_facts_name()
    {
        int seen = 0;
        foreach (JsonElement procedure in Facts.Load("rpc.json").GetProperty("remote").GetProperty("procedures").EnumerateArray())
        {
            if (procedure.GetProperty("type").GetString() is not "call")
                continue;
            string said = procedure.GetProperty("conn").GetString()!;
            string? driver = Families.DriverOf(0x20008086, procedure.GetProperty("number").GetInt32());
            Assert.True((said is "hypervisor" ? null : said) == driver, $"{procedure.GetProperty("name")}: {said}, not {driver}");
            seen++;
        }
        Assert.True(seen > 380);
    }

    [Fact]
    public async Task Each_kind_of_thing_is_asked_of_its_own_daemon_which_hears_from_nobody_before()
    {
        Host();
        await using IDriverConnection connection = await OpenAsync();
        Assert.Equal(["test"], (await connection.Capabilities.Find<IDomainListing>()!.ListAllAsync(default, default)).Select(static one => one.Name));
        Assert.Equal((1, 0, 0), (host!.Clients("virtqemud"), host.Clients("virtnetworkd"), host.Clients("virtstoraged")));
        Task<string[]>[] together = [.. Enumerable.Range(0, 8).Select(_ => NetworksAsync(connection))];
        foreach (string[] networks in await Task.WhenAll(together))
            Assert.Equal(["default"], networks);
        Assert.Equal((1, 1, 0), (host.Clients("virtqemud"), host.Clients("virtnetworkd"), host.Clients("virtstoraged")));
        Assert.Equal(["default-pool"], (await connection.Capabilities.Find<IStoragePoolListing>()!.ListAllAsync(default, default)).Select(static one => one.Name));
        Assert.Equal(1, host.Clients("virtstoraged"));
        await connection.DisposeAsync();
        await Lives.Until(() => DaemonsOfAHost.All.All(daemon => host.Clients(daemon) is 0));
    }

    [Fact]
    public async Task A_daemon_that_takes_connections_and_says_nothing_is_given_up()
    {
        Host("virtqemud");
        string path = Path.Join(host!.Folder, "virtnetworkd-sock");
        int silent = UnixSocket.Listen(path, 10, 0x1c0);
        try
        {
            var time = new ManualTime();
            var forwarder = new Forwarder(new RemotePlaces(host.Folder, host.Folder, IsRoot: true, File.Exists), "virtqemud") { Clock = time };
            Task<IDriverConnection> opening = forwarder.OpenNetworksAsync(default).AsTask();
            await Lives.Until(() => time.Timers is 1);
            time.Pass(forwarder.OpeningLimit - TimeSpan.FromSeconds(1));
            Assert.False(opening.IsCompleted);
            time.Pass(TimeSpan.FromSeconds(1));
            VireoException late = await Assert.ThrowsAsync<VireoException>(() => opening);
            Assert.Equal((ErrorCode.OperationTimeout, $"Timed out during operation: virtnetworkd at '{path}' says nothing while a connection to it is opened"), (late.Code, late.Message));
        }
        finally
        {
            UnixSocket.Close(silent);
        }
    }

    [Fact]
    public async Task A_hypervisor_of_this_process_has_its_networks_in_their_daemon()
    {
        Host("virtnetworkd");
        var split = new SplitDriver(new Bare(), host!.Forwarder("virtqemud"));
        await using IDriverConnection connection = (await split.OpenAsync(qemu, alice, default))!;
        Assert.Equal("bare", connection.Uri);
        Assert.Equal(["default"], await NetworksAsync(connection));
        Assert.Equal("alice", asked[^1].Caller.UserName);
        Assert.Null(connection.Capabilities.Find<IDomainListing>());        // the hypervisor's own matter
        VireoException away = await Assert.ThrowsAsync<VireoException>(async () => await connection.Capabilities.Find<IStoragePoolListing>()!.ListAllAsync(default, default));
        Assert.Equal($"Failed to connect socket to '{host.Folder}/virtstoraged-sock': No such file or directory", away.Message);
    }

    [Fact]
    public async Task Daemons_behind_are_told_who_calls_and_who_calls_later()
    {
        Host();
        await using IDriverConnection connection = await OpenAsync(alice);
        _ = await connection.Capabilities.Find<IConnectionInfo>()!.GetTypeAsync(default);
        Same(alice, asked[^1].Caller);
        _ = await NetworksAsync(connection);
        Same(alice, asked[^1].Caller);
        Caller bob = new(ReadOnly: false, UserName: "bob");
        await ((IFollowsIdentity)connection).TellIdentityAsync(bob, default);
        _ = await connection.Capabilities.Find<IConnectionInfo>()!.GetTypeAsync(default);
        Same(bob, asked[^1].Caller);
        _ = await NetworksAsync(connection);
        Same(bob, asked[^1].Caller);
        _ = await connection.Capabilities.Find<IStoragePoolListing>()!.ListAllAsync(default, default);      // opened after the change
        Same(bob, asked[^1].Caller);
    }

    static void Same(Caller expected, Caller told)
    {
        Assert.Equal(expected with { Groups = [] }, told with { Groups = [] });
        Assert.Equal(expected.Groups, told.Groups);
    }

    [Fact]
    public async Task Who_may_only_look_may_only_look_behind_it()
    {
        Host();
        await using IDriverConnection connection = await OpenAsync(alice with { ReadOnly = true });
        Assert.Equal(["default"], await NetworksAsync(connection));
        Assert.True(asked[^1].Caller is { ReadOnly: true, UserName: "alice" });
        VireoException refused = await Assert.ThrowsAsync<VireoException>(async () =>
            await connection.Capabilities.Find<INetworkLifecycle>()!.DefineAsync("<network><name>n</name></network>", default));
        Assert.Equal(ErrorCode.OperationDenied, refused.Code);
    }

    [Fact]
    public async Task Events_come_from_the_daemon_that_has_them()
    {
        Host();
        await using IDriverConnection connection = await OpenAsync();
        var heard = new List<string>();
        void Note(string what)
        {
            lock (heard)
                heard.Add(what);
        }
        await using IAsyncDisposable first = await connection.Capabilities.Find<INetworkEvents>()!.SubscribeAsync(
            NetworkEventId.Lifecycle, null, told => Note("network " + told.Network.Name), default);
        await using IAsyncDisposable second = await connection.Capabilities.Find<IDomainEvents>()!.SubscribeAsync(
            DomainEventId.Lifecycle, null, told => Note("domain " + told.Domain.Name), default);
        NetworkRef network = (await connection.Capabilities.Find<INetworkListing>()!.ListAllAsync(default, default))[0];
        DomainRef domain = (await connection.Capabilities.Find<IDomainListing>()!.ListAllAsync(default, default))[0];
        await connection.Capabilities.Find<INetworkLifecycle>()!.DestroyAsync(network, default);
        await connection.Capabilities.Find<IDomainPause>()!.SuspendAsync(domain, default);
        await Lives.Until(() => heard.Count is 2);
        Assert.Equal(["domain test", "network default"], heard.Order());
    }

    [Fact]
    public async Task A_daemon_that_comes_back_is_asked_again_and_who_listened_to_it_is_told_that_it_went()
    {
        Host();
        await using IDriverConnection connection = await OpenAsync();
        int closings = 0;
        await using IAsyncDisposable closing = await connection.Capabilities.Find<ICloseNotification>()!.SubscribeAsync(_ => Interlocked.Increment(ref closings), default);
        Assert.Equal(["default"], await NetworksAsync(connection));
        host!.Stop("virtnetworkd");
        await Assert.ThrowsAsync<VireoException>(() => NetworksAsync(connection));
        host.Start("virtnetworkd");
        await UntilAnswersAsync(connection);
        Assert.Equal(0, closings);
        await using (await connection.Capabilities.Find<INetworkEvents>()!.SubscribeAsync(NetworkEventId.Lifecycle, null, static _ => { }, default))
        {
            host.Stop("virtnetworkd");
            await Lives.Until(() => closings is 1);
            host.Start("virtnetworkd");
        }
        await UntilAnswersAsync(connection);
        host.Stop("virtqemud");
        await Lives.Until(() => closings is 2);
        VireoException gone = await Assert.ThrowsAsync<VireoException>(async () => await connection.Capabilities.Find<IDomainListing>()!.ListAllAsync(default, default));
        Assert.Equal(ErrorDomain.Rpc, gone.Domain);
    }

    static async Task UntilAnswersAsync(IDriverConnection connection)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                Assert.Equal(["default"], await NetworksAsync(connection));
                return;
            }
            catch (VireoException) when (i < 1000)
            {
                await Task.Delay(10);       // the end of the old connection is still to be seen
            }
        }
    }

    [Fact]
    public async Task Without_a_URI_the_first_daemon_that_is_there_is_meant_and_a_daemon_never_means_itself()
    {
        Host("virtlxcd", "virtqemud");
        await using (IDriverConnection? connection = await host!.OpenAsync(null, Caller.Self, default))
            Assert.NotNull(connection);
        Assert.Null(await new ForwardDriver(host.Forwarder("virtqemud"), probes: false).OpenAsync(qemu, Caller.Self, default));
        Assert.Null(await new ForwardDriver(host.Forwarder("virtqemud"), probes: false).OpenAsync(null, Caller.Self, default));
        foreach (string uri in (string[])["nonsense:///system", "qemu+unix:///system", "qemu://elsewhere/system", "esx://elsewhere/"])
            Assert.Null(await host.OpenAsync(ConnectionUri.Parse(uri), Caller.Self, default));
        host.Stop("virtqemud");
        await Assert.ThrowsAsync<VireoException>(async () => await host.OpenAsync(qemu, Caller.Self, default));
    }

    /// <summary>Lets everybody do everything, and notes who asks.</summary>
    sealed class Noting(List<AccessQuestion> asked) : IAccessPolicy
    {
        public string Name => "noting";

        public bool MayWait => false;

        public bool Allows(in AccessQuestion question)
        {
            lock (asked)
                asked.Add(question);
            return true;
        }
    }

    /// <summary>A hypervisor that has nothing.</summary>
    sealed class Bare : IDriver, IDriverConnection
    {
        public string Type => "BARE";
        public string Uri => "bare";
        public CapabilitySet Capabilities => CapabilitySet.Empty;
        public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel) => new(this);
        public ValueTask DisposeAsync() => default;
    }
}
