using Vireo.Driver;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Interfaces;

/// <summary>Looks at the host's interfaces.</summary>
sealed class InterfaceReads(TestHost host) : ReadsUnderGate(host), IInterfaceListing
{
    public ValueTask<InterfaceRef[]> ListAllAsync(ListInterfacesFlags flags, CancellationToken cancel)
    {
        flags.Only(ListInterfacesFlags.Active | ListInterfacesFlags.Inactive, "testConnectListAllInterfaces");
        return Read<InterfaceRef[]>(known => [.. known.Interfaces.All
            .Where(card => flags.Pair(ListInterfacesFlags.Active, ListInterfacesFlags.Inactive, card.IsActive)).Select(card => card.Ref)]);
    }

    public ValueTask<int> CountActiveAsync(CancellationToken cancel) => Read(known => known.Interfaces.All.Count(card => card.IsActive));

    public ValueTask<string[]> ListActiveNamesAsync(CancellationToken cancel) => Names(active: true);

    public ValueTask<int> CountDefinedAsync(CancellationToken cancel) => Read(known => known.Interfaces.All.Count(card => !card.IsActive));

    public ValueTask<string[]> ListDefinedNamesAsync(CancellationToken cancel) => Names(active: false);

    ValueTask<string[]> Names(bool active) =>
        Read<string[]>(known => [.. known.Interfaces.All.Where(card => card.IsActive == active).Select(card => card.Name)]);

    public ValueTask<InterfaceRef> LookupByNameAsync(string name, CancellationToken cancel) => Read(known => known.Interfaces.Get(name).Ref);

    public ValueTask<InterfaceRef> LookupByMacAsync(string mac, CancellationToken cancel) => Read(known => known.Interfaces.GetByMac(mac).Ref);

    public ValueTask<string> GetXmlAsync(InterfaceRef @interface, InterfaceXmlFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("testInterfaceGetXMLDesc");
        return Read(known => known.Interfaces.Get(@interface.Name).Def.ToXml());
    }

    public ValueTask<bool> IsActiveAsync(InterfaceRef @interface, CancellationToken cancel) =>
        Read(known => known.Interfaces.Get(@interface.Name).IsActive);
}
