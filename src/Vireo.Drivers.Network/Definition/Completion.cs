using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Network.State;
using Vireo.Host.Network;
using Vireo.Model.Documents;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Definition;

/// <summary>From a document to a definition that this driver keeps: rules, and what the driver chooses: uuid, bridge and its hardware address.</summary>
static class Completion
{
    const uint HardwarePrefix = 0x525400;
    const int MostBridges = 10_000;

    /// <summary>Reads a document that a caller gave.</summary>
    public static NetworkDef Read(string xml, bool validate)
    {
        if (validate)
            DocumentKinds.Network.Validate(xml);
        return NetworkDef.Define(xml);
    }

    /// <summary>
    /// The definition in full. A network that is defined again without saying so keeps neither its bridge nor its address: they are chosen anew.
    /// </summary>
    /// <param name="network">A definition in normal form.</param>
    /// <param name="others">All networks.</param>
    public static NetworkDef Fill(NetworkDef network, IReadOnlyList<VirtualNetwork> others)
    {
        network = Choose(network, others);
        DefinitionRules.Check(network);
        return network;
    }

    /// <summary>What the driver chooses where a definition leaves it open.</summary>
    public static NetworkDef Choose(NetworkDef network, IReadOnlyList<VirtualNetwork> others)
    {
        network = network with { Uuid = network.Uuid ?? Uuid.NewRandom() };
        if (Kinds.OwnsBridge(network))
        {
            network = network with
            {
                Bridge = (network.Bridge ?? new NetworkBridge()) with { Name = BridgeName(network, others) },
                Mac = network.Mac ?? MacAddress.NewRandom(HardwarePrefix),
            };
        }
        return network;
    }

    /// <summary>A name that ends in <c>%d</c>, and virbr%d if there is none, gets the first number that nobody has.</summary>
    static string BridgeName(NetworkDef network, IReadOnlyList<VirtualNetwork> others)
    {
        HashSet<string> taken = [.. others.Where(other => other.Name != network.Name)
            .SelectMany(static other => new[] { other.State.Live?.Bridge?.Name, other.State.Kept?.Bridge?.Name }).OfType<string>()];
        if (network.Bridge?.Name is { } wanted && !wanted.Contains("%d", StringComparison.Ordinal))
            return taken.Contains(wanted) ? throw NetworkErrors.Internal($"bridge name '{wanted}' already in use.") : wanted;
        string form = network.Bridge?.Name ?? "virbr%d";
        for (int number = 0; number < MostBridges; number++)
        {
            string name = form.Replace("%d", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            if (!taken.Contains(name) && !NetworkLinks.Exists(name))
                return name;
        }
        throw NetworkErrors.Internal($"Bridge generation exceeded max id {MostBridges}");
    }
}
