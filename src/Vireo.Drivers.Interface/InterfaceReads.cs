using Vireo.Driver;

namespace Vireo.Drivers.Interface;

/// <summary>Looks at the host's interfaces. They are what they are: there is no definition beside it, and an inactive document is the live one.</summary>
sealed class InterfaceReads(HostCards cards) : IInterfaceListing
{
    const ListInterfacesFlags Known = ListInterfacesFlags.Active | ListInterfacesFlags.Inactive;

    readonly InterfaceReader reader = new(cards);

    InterfaceRef Ref(string name) => new(name, cards.Mac(name));

    public ValueTask<InterfaceRef[]> ListAllAsync(ListInterfacesFlags flags, CancellationToken cancel)
    {
        InterfaceErrors.Only((uint)flags, (uint)Known, "udevConnectListAllInterfaces");
        return new([.. cards.Listed.Where(name => flags.Pair(ListInterfacesFlags.Active, ListInterfacesFlags.Inactive, cards.IsActive(name))).Select(Ref)]);
    }

    public ValueTask<int> CountActiveAsync(CancellationToken cancel) => new(Active.Count());

    public ValueTask<string[]> ListActiveNamesAsync(CancellationToken cancel) => new([.. Active]);

    public ValueTask<int> CountDefinedAsync(CancellationToken cancel) => new(Down.Count());

    public ValueTask<string[]> ListDefinedNamesAsync(CancellationToken cancel) => new([.. Down]);

    IEnumerable<string> Active => cards.Listed.Where(cards.IsActive);

    // Of those that are neither up nor down, as the loopback, these calls do not tell; libvirt's do not either.
    IEnumerable<string> Down => cards.Listed.Where(name => cards.State(name) is "down");

    public ValueTask<InterfaceRef> LookupByNameAsync(string name, CancellationToken cancel) => new(Ref(Get(name)));

    public ValueTask<InterfaceRef> LookupByMacAsync(string mac, CancellationToken cancel) => cards.Listed.Where(name => cards.Mac(name) == mac).Take(2).ToArray() switch
    {
        [var one] => new(Ref(one)),
        [] => throw InterfaceErrors.NoMac(mac),
        _ => throw InterfaceErrors.ManyMacs(mac),
    };

    public ValueTask<string> GetXmlAsync(InterfaceRef @interface, InterfaceXmlFlags flags, CancellationToken cancel)
    {
        InterfaceErrors.Only((uint)flags, (uint)InterfaceXmlFlags.Inactive, "udevInterfaceGetXMLDesc");
        return new(reader.Read(Get(@interface.Name)).ToXml());
    }

    public ValueTask<bool> IsActiveAsync(InterfaceRef @interface, CancellationToken cancel) => new(cards.IsActive(Get(@interface.Name)));

    string Get(string name) => cards.Exists(name) ? name : throw InterfaceErrors.NoInterface(name);
}
