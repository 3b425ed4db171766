using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Model.Domain;
using Xunit;
using static Vireo.Tests.Api.ConnectionTests;

namespace Vireo.Tests.Api;

/// <summary>The API's objects on the test driver: in this process, and through a server by both kinds of channel.</summary>
public class ObjectTests
{
    static async Task WithAsync(Way way, Func<Connection, Task> test)
    {
        (Connection connection, IDisposable? server) = await OpenAsync(way);
        using (server)
        await using (connection)
            await test(connection);
    }

    static string Unique(string name) => $"{name}-{Guid.NewGuid():N}";

    [Theory, InlineData(Way.InProcess), InlineData(Way.Asynchronous), InlineData(Way.Blocking)]
    public Task A_domain_is_defined_started_changed_and_forgotten(Way way) => WithAsync(way, async connection =>
    {
        DomainDef template = await (await connection.GetDomainAsync("test")).GetDefinitionAsync(DomainXmlFlags.Inactive);
        Domain domain = await connection.DefineDomainAsync(template with { Name = Unique("api"), Uuid = null });
        Assert.Equal(-1, domain.Id);
        await domain.StartAsync();
        Assert.True(domain.Id > 0);
        Assert.Equal((DomainState.Running, true), ((await domain.GetStateAsync()).State, await domain.IsPersistentAsync()));
        Assert.Same(connection, domain.Connection);
        await domain.SetMetadataAsync(DomainMetadataType.Title, "a title", null, null, DomainModificationImpact.Live);
        Assert.Equal("a title", (await domain.GetDefinitionAsync()).Title);
        await domain.DestroyAsync();
        await domain.UndefineAsync();
        VireoException gone = await Assert.ThrowsAsync<VireoException>(() => connection.GetDomainAsync(domain.Uuid));
        Assert.Equal(ErrorCode.NoDomain, gone.Code);
    });

    [Theory, InlineData(Way.InProcess), InlineData(Way.Asynchronous), InlineData(Way.Blocking)]
    public Task Networks_pools_volumes_interfaces_and_devices_are_found(Way way) => WithAsync(way, async connection =>
    {
        Network network = await connection.GetNetworkAsync("default");
        Assert.Equal("default", (await network.GetDefinitionAsync()).Name);
        Assert.True(await network.IsActiveAsync());
        StoragePool pool = await connection.GetStoragePoolAsync("default-pool");
        Assert.Equal(StoragePoolState.Running, (await pool.GetInfoAsync()).State);
        StorageVolume volume = await pool.CreateVolumeAsync($"<volume><name>{Unique("v")}</name><capacity>1048576</capacity></volume>");
        Assert.Equal(1048576ul, (await volume.GetInfoAsync()).Capacity);
        Assert.Equal((pool.Name, volume.Key), ((await volume.GetPoolAsync()).Name, (await connection.GetStorageVolumeByPathAsync(await volume.GetPathAsync())).Key));
        await volume.DeleteAsync();
        Assert.Equal("eth1", (await connection.GetInterfaceAsync("eth1")).Name);
        NodeDevice computer = await connection.GetNodeDeviceAsync("computer");
        Assert.Contains("<name>computer</name>", await computer.GetXmlAsync(), StringComparison.Ordinal);
        Assert.Equal("computer", (await computer.GetDefinitionAsync()).Name);
        Assert.Equal("i686", (await connection.GetCapabilitiesDefinitionAsync()).Host.Cpu?.Arch ?? "i686");
    });

    [Fact]
    public Task What_a_driver_cannot_do_is_no_support() => WithAsync(Way.Asynchronous, async connection =>
    {
        VireoException refused = await Assert.ThrowsAsync<VireoException>(() => connection.ListSecretsAsync());
        Assert.Equal(ErrorCode.NoSupport, refused.Code);
    });

    [Fact]
    public async Task A_call_that_is_given_up_is_cancelled()
    {
        (Connection connection, IDisposable? server) = await OpenAsync(Way.Asynchronous);
        using (server)
        await using (connection)
        {
            using var given = new CancellationTokenSource();
            await given.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.GetHostnameAsync(given.Token));
        }
    }

    [Fact]
    public async Task A_slow_reader_finds_a_gap_where_events_were_dropped()
    {
        var queue = new EventQueue<string>(room: 2);
        foreach (string one in new[] { "a", "b", "c", "d" })
            queue.Put(one);
        Assert.Equal(new Observed<string>("a", 0), await queue.TakeAsync(default));
        queue.Put("e");     // behind what is missing: it would be out of order before the gap was seen
        Assert.Equal(new Observed<string>("b", 0), await queue.TakeAsync(default));
        Observed<string>? gap = await queue.TakeAsync(default);
        Assert.Equal((true, 3), (gap!.Value.IsGap, gap.Value.Missed));
        queue.Put("f");
        Assert.Equal(new Observed<string>("f", 0), await queue.TakeAsync(default));
        queue.End(null);
        Assert.Null(await queue.TakeAsync(default));
    }

    [Fact]
    public async Task An_enumeration_ends_with_its_connection()
    {
        (Connection connection, IDisposable? server) = await OpenAsync(Way.Asynchronous);
        using (server)
        {
            await using IAsyncEnumerator<Observed<DomainEvent>> events = connection.WatchDomainsAsync().GetAsyncEnumerator();
            ValueTask<bool> next = events.MoveNextAsync();
            await connection.GetHostnameAsync();        // the registration is on its way before this
            await connection.DisposeAsync();
            Assert.False(await next);
        }
    }

    [Fact]
    public void Parameters_are_found_by_name_and_by_beginning()
    {
        var all = new ParameterSet([new("block.count", 2u), new("block.0.name", "vda"), new("block.0.rd.bytes", 7ul), new("big", ulong.MaxValue), new("ratio", 0.5)]);
        Assert.Equal(5, all.Count);
        Assert.True(all.TryGetNumber("block.count", out long count));
        Assert.Equal(2, count);
        Assert.False(all.TryGetNumber("big", out _));
        Assert.False(all.TryGetNumber("ratio", out _));
        Assert.Equal(0.5, all["ratio"]);
        Assert.Throws<KeyNotFoundException>(() => all["absent"]);
        ParameterSet first = all.Below("block.0.");
        Assert.Equal(["name", "rd.bytes"], first.Select(static p => p.Name));
        Assert.True(first.TryGetText("name", out string? disk));
        Assert.Equal(("vda", new TypedParameter("rd.bytes", 7ul)), (disk, first[1]));
    }
}
