using Vireo.Drivers.Network.Start;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Definition;

/// <summary>The network <c>default</c>, which every host has until its administrator removes it.</summary>
static class ShippedNetwork
{
    /// <summary>Its name.</summary>
    public const string Name = "default";

    const int First = 122, Last = 254;

    /// <summary>Defines it on a host that has no folder of networks yet.</summary>
    public static void Define(NetworkKeeper keeper) => keeper.Store.Save(Completion.Fill(Document(Subnet()), []));

    /// <summary>192.168.122.0/24, or the first after it that leads nowhere else: a host may be a guest on such a network itself.</summary>
    static int Subnet()
    {
        for (int subnet = First; subnet < Last; subnet++)
        {
            if (!SubnetConflicts.Overlap(Document(subnet)))
                return subnet;
        }
        return First;
    }

    static NetworkDef Document(int subnet) => NetworkDef.Define($"""
        <network>
          <name>{Name}</name>
          <forward mode='nat'/>
          <bridge name='virbr%d'/>
          <ip address='192.168.{subnet}.1' netmask='255.255.255.0'>
            <dhcp><range start='192.168.{subnet}.2' end='192.168.{subnet}.254'/></dhcp>
          </ip>
        </network>
        """);
}
