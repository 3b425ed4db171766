using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Tests.Remote.Forward;
using Xunit;

namespace Vireo.Tests.Contracts;

/// <summary>What a driver that manages the host's interfaces keeps.</summary>
[Holds(typeof(IInterfaceListing), typeof(IInterfaceLifecycle), typeof(IInterfaceTransactions))]
public abstract class InterfaceContract(IDriver driver, string uri, bool remote) : Contract(new InProcessSubject(driver, uri, remote))
{
    IInterfaceLifecycle Make => On<IInterfaceLifecycle>();

    IInterfaceListing Lists => On<IInterfaceListing>();

    static string Document(string name, string mac) => $"<interface type='ethernet' name='{name}'><start mode='none'/><mac address='{mac}'/></interface>";

    InterfaceRef Define(string name, string mac) => Now(Make.DefineAsync(Document(name, mac), InterfaceDefineFlags.None, default));

    string[] Names(ListInterfacesFlags flags) => [.. Now(Lists.ListAllAsync(flags, default)).Select(card => card.Name).Order(StringComparer.Ordinal)];

    [Fact]
    public void A_defined_interface_is_kept_inactive_and_found()
    {
        InterfaceRef card = Define("c1", "52:54:00:00:00:0a");
        Assert.Equal(card, Now(Lists.LookupByNameAsync("c1", default)));
        Assert.Equal(card, Now(Lists.LookupByMacAsync("52:54:00:00:00:0A", default)));
        Assert.False(Now(Lists.IsActiveAsync(card, default)));
        Assert.Contains("c1", Now(Lists.ListDefinedNamesAsync(default)));
        Assert.Equal(Now(Lists.CountActiveAsync(default)), Now(Lists.ListActiveNamesAsync(default)).Length);
        Assert.Equal(Now(Lists.CountDefinedAsync(default)), Now(Lists.ListDefinedNamesAsync(default)).Length);
        Assert.Equal(Names(ListInterfacesFlags.None), Names(ListInterfacesFlags.Active).Concat(Names(ListInterfacesFlags.Inactive)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_starts_and_stops_once()
    {
        InterfaceRef card = Define("c1", "52:54:00:00:00:0a");
        Now(Make.CreateAsync(card, 0, default));
        Assert.True(Now(Lists.IsActiveAsync(card, default)));
        Refuses(ErrorCode.OperationInvalid, () => Make.CreateAsync(card, 0, default));
        Now(Make.DestroyAsync(card, 0, default));
        Refuses(ErrorCode.OperationInvalid, () => Make.DestroyAsync(card, 0, default));
        Now(Make.UndefineAsync(card, default));
        Refuses(ErrorCode.NoInterface, () => Lists.LookupByNameAsync("c1", default));
    }

    [Fact]
    public void An_address_of_two_names_none()
    {
        Define("c1", "52:54:00:00:00:0a");
        Define("c2", "52:54:00:00:00:0a");
        Refuses(ErrorCode.MultipleInterfaces, () => Lists.LookupByMacAsync("52:54:00:00:00:0a", default));
        Refuses(ErrorCode.NoInterface, () => Lists.LookupByMacAsync("52:54:00:00:00:0b", default));
    }

    [Fact]
    public void A_change_is_kept_or_taken_back_as_a_whole()
    {
        IInterfaceTransactions change = On<IInterfaceTransactions>();
        Refuses(ErrorCode.OperationInvalid, () => change.CommitAsync(0, default));
        Refuses(ErrorCode.OperationInvalid, () => change.RollbackAsync(0, default));
        Define("c1", "52:54:00:00:00:0a");
        string[] before = Names(ListInterfacesFlags.None);
        Now(change.BeginAsync(0, default));
        Refuses(ErrorCode.OperationInvalid, () => change.BeginAsync(0, default));
        Define("c2", "52:54:00:00:00:0b");
        Now(Make.UndefineAsync(Now(Lists.LookupByNameAsync("c1", default)), default));
        Now(change.RollbackAsync(0, default));
        Assert.Equal(before, Names(ListInterfacesFlags.None));
        Now(change.BeginAsync(0, default));
        Define("c2", "52:54:00:00:00:0b");
        Now(change.CommitAsync(0, default));
        Assert.Contains("c2", Names(ListInterfacesFlags.None));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Refuses(ErrorCode.XmlDetail, () => Make.DefineAsync("<interface", InterfaceDefineFlags.None, default));
        Refuses(ErrorCode.XmlError, () => Make.DefineAsync("<interface type='tram' name='x'/>", InterfaceDefineFlags.None, default));
        Refuses(ErrorCode.XmlInvalidSchema, () => Make.DefineAsync("<interface type='ethernet' name='x'><tram/></interface>", InterfaceDefineFlags.Validate, default));
        Refuses(ErrorCode.InvalidArg, () => Make.DefineAsync(Document("c1", "52:54:00:00:00:0a"), (InterfaceDefineFlags)0x80, default));
        Refuses(ErrorCode.InvalidArg, () => Lists.ListAllAsync((ListInterfacesFlags)0x80, default));
    }
}

public sealed class TestDriverInterfaces() : InterfaceContract(TestDriver.Create(), "test:///default", remote: false);

public sealed class TestDriverInterfacesBehindAServer() : InterfaceContract(TestDriver.Create(), "test:///default", remote: true);

public sealed class TestDriverInterfacesInADaemonOfTheirOwn() : InterfaceContract(new DaemonsOfAHost(TestDriver.Create(), "test:///default"), "qemu:///system", remote: true);
