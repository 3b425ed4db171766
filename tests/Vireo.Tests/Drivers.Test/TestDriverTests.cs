using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Xunit;

namespace Vireo.Tests.Drivers.Test;

public class TestDriverTests
{
    const string Plain = "<domain type='test'><name>plain</name><memory>1024</memory><os><type>hvm</type></os></domain>";

    static readonly ConnectionUri Default = ConnectionUri.Parse("test:///default");

    /// <summary>The answer of a call that is done when it returns, as every call of this driver must be.</summary>
    static T Now<T>(ValueTask<T> call)
    {
        Assert.True(call.IsCompleted, "a call of the test driver did not complete synchronously");
        return call.GetAwaiter().GetResult();
    }

    static void Now(ValueTask call)
    {
        Assert.True(call.IsCompleted, "a call of the test driver did not complete synchronously");
        call.GetAwaiter().GetResult();
    }

    static IDriverConnection Open(IDriver driver) => Now(driver.OpenAsync(Default, Caller.Self, default))!;

    static T On<T>(IDriverConnection connection) where T : class => connection.Capabilities.Find<T>()!;

    [Fact]
    public void Connections_share_the_default_host_until_the_last_one_closes()
    {
        IDriver driver = TestDriver.Create();
        IDriverConnection one = Open(driver), two = Open(driver);
        DomainRef test = Now(On<IDomainLookup>(one).LookupByNameAsync("test", default));
        Now(On<IDomainPower>(one).DestroyAsync(test, default));
        Assert.Equal(DomainState.ShutOff, Now(On<IDomainInfo>(two).GetStateAsync(test, 0, default)).State);
        Now(one.DisposeAsync());
        Now(two.DisposeAsync());
        Assert.Equal(DomainState.Running, Now(On<IDomainInfo>(Open(driver)).GetStateAsync(test, 0, default)).State);
    }

    [Fact]
    public void A_definition_keeps_its_memory_and_names_its_interfaces()
    {
        IDriverConnection connection = Open(TestDriver.Create());
        DomainRef domain = Now(On<IDomainDefinition>(connection).DefineAsync("""
            <domain type='test'><name>nodes</name><memory>4096</memory><vcpu>1</vcpu><os><type>hvm</type></os>
              <cpu><numa><cell id='0' cpus='0' memory='1024'/></numa></cpu>
              <devices><interface type='user'/><interface type='user'><target dev='testnet0'/></interface></devices>
            </domain>
            """, default));
        string xml = Now(On<IDomainInfo>(connection).GetXmlAsync(domain, DomainXmlFlags.Inactive, default));
        Assert.Contains("<memory unit='KiB'>4096</memory>", xml, StringComparison.Ordinal);
        Assert.Contains("<target dev='testnet1'/>", xml, StringComparison.Ordinal);
    }

    [Fact]
    public void Contradicting_addresses_of_a_screen_are_refused()
    {
        IDriverConnection connection = Open(TestDriver.Create());
        VireoException refused = Assert.Throws<VireoException>(() => Now(On<IDomainDefinition>(connection).DefineAsync("""
            <domain type='test'><name>screen</name><memory>4096</memory><os><type>hvm</type></os>
              <devices><graphics type='vnc' listen='10.0.0.1'><listen type='address' address='10.0.0.2'/></graphics></devices>
            </domain>
            """, default)));
        Assert.Equal(ErrorCode.ConfigUnsupported, refused.Code);
    }

    [Fact]
    public void A_domain_lives_through_all_states_and_says_so()
    {
        IDriverConnection connection = Open(TestDriver.Create());
        List<(DomainEventType, int, int)> heard = [];
        Now(On<IDomainEvents>(connection).SubscribeAsync(DomainEventId.Lifecycle, null, raised =>
        {
            var life = (DomainLifecycleEvent)raised;
            heard.Add((life.Type, life.Detail, life.Domain.Id));
        }, default));
        DomainRef domain = Now(On<IDomainDefinition>(connection).DefineAsync(Plain, default));
        domain = Now(On<IDomainPower>(connection).CreateAsync(domain, DomainCreateFlags.None, default));
        Now(On<IDomainPause>(connection).SuspendAsync(domain, default));
        Now(On<IDomainPause>(connection).ResumeAsync(domain, default));
        Now(On<IDomainPower>(connection).ShutdownAsync(domain, default));
        Now(On<IDomainDefinition>(connection).UndefineAsync(domain, default));
        Assert.Equal(
        [
            (DomainEventType.Defined, (int)DomainEventDefinedDetail.Added, -1),
            (DomainEventType.Started, (int)DomainEventStartedDetail.Booted, 2),
            (DomainEventType.Suspended, (int)DomainEventSuspendedDetail.Paused, 2),
            (DomainEventType.Resumed, (int)DomainEventResumedDetail.Unpaused, 2),
            (DomainEventType.Stopped, (int)DomainEventStoppedDetail.Shutdown, -1),
            (DomainEventType.Undefined, (int)DomainEventUndefinedDetail.Removed, -1),
        ], heard);
        Assert.Equal(ErrorCode.NoDomain, Assert.Throws<VireoException>(() => Now(On<IDomainInfo>(connection).GetStateAsync(domain, 0, default))).Code);
    }

    [Fact]
    public void A_transient_domain_is_gone_when_it_stops()
    {
        IDriverConnection connection = Open(TestDriver.Create());
        DomainRef domain = Now(On<IDomainPower>(connection).CreateTransientAsync(Plain, DomainCreateFlags.None, default));
        Assert.False(Now(On<IDomainInfo>(connection).IsPersistentAsync(domain, default)));
        Now(On<IDomainPower>(connection).DestroyAsync(domain, default));
        Assert.Single(Now(On<IDomainListing>(connection).ListAllAsync(ListDomainsFlags.None, default)));
    }

    [Fact]
    public void A_change_of_a_running_domain_waits_until_it_stops()
    {
        IDriverConnection connection = Open(TestDriver.Create());
        DomainRef domain = Now(On<IDomainPower>(connection).CreateTransientAsync(Plain, DomainCreateFlags.None, default));
        Now(On<IDomainDefinition>(connection).DefineAsync(Plain.Replace("<memory>1024", $"<uuid>{domain.Uuid}</uuid><memory>2048", StringComparison.Ordinal), default));
        Assert.Equal(1024ul, Now(On<IDomainInfo>(connection).GetMaxMemoryAsync(domain, default)));
        Assert.Contains("<memory unit='KiB'>2048", Now(On<IDomainInfo>(connection).GetXmlAsync(domain, DomainXmlFlags.Inactive, default)), StringComparison.Ordinal);
        Now(On<IDomainPower>(connection).DestroyAsync(domain, default));
        Assert.Equal(2048ul, Now(On<IDomainInfo>(connection).GetMaxMemoryAsync(domain, default)));
    }

    [Theory]
    [InlineData("plain", null, ErrorCode.OperationFailed, "operation failed: domain 'plain' already exists with uuid ")]
    [InlineData("other", "plain", ErrorCode.OperationFailed, "operation failed: domain 'plain' is already defined with uuid ")]
    public void A_name_or_uuid_that_is_taken_is_refused(string name, string? uuidOf, ErrorCode code, string message)
    {
        IDriverConnection connection = Open(TestDriver.Create());
        DomainRef first = Now(On<IDomainDefinition>(connection).DefineAsync(Plain, default));
        string xml = Plain.Replace("plain", name, StringComparison.Ordinal);
        if (uuidOf is not null)
            xml = xml.Replace("<memory>", $"<uuid>{first.Uuid}</uuid><memory>", StringComparison.Ordinal);
        var refused = Assert.Throws<VireoException>(() => Now(On<IDomainDefinition>(connection).DefineAsync(xml, default)));
        Assert.Equal((code, message + first.Uuid), (refused.Code, refused.Message));
    }

    [Fact]
    public void Flags_that_a_function_does_not_know_are_named()
    {
        IDriverConnection connection = Open(TestDriver.Create());
        DomainRef test = Now(On<IDomainLookup>(connection).LookupByNameAsync("test", default));
        var refused = Assert.Throws<VireoException>(() => Now(On<IDomainPower>(connection).DestroyAsync(test, DomainDestroyFlags.RemoveLogs, default)));
        Assert.Equal((ErrorCode.InvalidArg, "unsupported flags (0x2) in function testDomainDestroyFlags"), (refused.Code, refused.Message));
    }

    [Theory]
    [InlineData("test:///", ErrorCode.InvalidArg)]
    [InlineData("test:///nowhere", ErrorCode.XmlError)]
    public void A_uri_without_a_host_is_an_error(string uri, ErrorCode code) => Assert.Equal(code,
        Assert.Throws<VireoException>(() => Now(TestDriver.Create().OpenAsync(ConnectionUri.Parse(uri), Caller.Self, default))).Code);

    [Fact]
    public void Uris_of_other_drivers_are_left_to_them() =>
        Assert.Null(Now(TestDriver.Create().OpenAsync(ConnectionUri.Parse("qemu:///system"), Caller.Self, default)));
}
