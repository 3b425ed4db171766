using Vireo.Driver;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Interfaces;

/// <summary>Looks at the host's network cards, all of them active.</summary>
sealed class InterfaceReads(TestHost host) : ReadsUnderGate(host), IInterfaceListing
{
    public ValueTask<InterfaceRef[]> ListAllAsync(ListInterfacesFlags flags, CancellationToken cancel)
    {
        flags.Only(ListInterfacesFlags.Active | ListInterfacesFlags.Inactive, "testConnectListAllInterfaces");
        return Read<InterfaceRef[]>(known => flags is ListInterfacesFlags.Inactive ? [] : [.. known.Interfaces.Select(Ref)]);
    }

    static InterfaceRef Ref(TestInterface card) => new(card.Name, card.Mac);

    public ValueTask<int> CountActiveAsync(CancellationToken cancel) => Read(known => known.Interfaces.Count);

    public ValueTask<string[]> ListActiveNamesAsync(CancellationToken cancel) => Read<string[]>(known => [.. known.Interfaces.Select(card => card.Name)]);

    public ValueTask<int> CountDefinedAsync(CancellationToken cancel) => new(0);

    public ValueTask<string[]> ListDefinedNamesAsync(CancellationToken cancel) => new([]);

    public ValueTask<InterfaceRef> LookupByNameAsync(string name, CancellationToken cancel) => Read(known => Ref(Get(known, name)));

    public ValueTask<InterfaceRef> LookupByMacAsync(string mac, CancellationToken cancel) => Read(known => Ref(
        known.Interfaces.Find(card => string.Equals(card.Mac, mac, StringComparison.OrdinalIgnoreCase)) ?? throw TestErrors.NoInterface("mac", mac)));

    static TestInterface Get(TestHost host, string name) => host.Interfaces.Find(card => card.Name == name) ?? throw TestErrors.NoInterface("name", name);

    public ValueTask<string> GetXmlAsync(InterfaceRef @interface, InterfaceXmlFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("testInterfaceGetXMLDesc");
        return Read(known => Get(known, @interface.Name).Xml);
    }

    public ValueTask<bool> IsActiveAsync(InterfaceRef @interface, CancellationToken cancel) => Read(known => Get(known, @interface.Name) is { });
}
