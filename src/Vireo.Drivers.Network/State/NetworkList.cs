using Vireo.Core;
using Vireo.Driver;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.State;

/// <summary>The networks of a daemon. Looking never waits.</summary>
sealed class NetworkList
{
    readonly Lock gate = new();
    volatile VirtualNetwork[] all = [];

    /// <summary>All that callers see, by name.</summary>
    public IEnumerable<VirtualNetwork> Seen => all.Where(static network => network.State.IsThere);

    /// <summary>All, with those that are being made.</summary>
    public IReadOnlyList<VirtualNetwork> All => all;

    public VirtualNetwork? Find(string name) => Array.Find(all, network => network.Name == name);

    public VirtualNetwork? Find(Uuid uuid) => Array.Find(all, network => network.Uuid == uuid);

    public VirtualNetwork Get(string name) => There(Find(name)) ?? throw NetworkErrors.NoNetwork(name);

    /// <summary>The network that a caller has hold of.</summary>
    public VirtualNetwork Get(NetworkRef known) => There(Find(known.Uuid)) ?? throw NetworkErrors.NoNetwork(known.Uuid, known.Name);

    /// <summary>The network of a uuid.</summary>
    public VirtualNetwork Get(Uuid uuid) => There(Find(uuid)) ?? throw NetworkErrors.NoNetwork(uuid);

    static VirtualNetwork? There(VirtualNetwork? network) => network is { State.IsThere: true } ? network : null;

    /// <summary>The network that a definition is of, which may be new: then its first state is made by <paramref name="make"/>.</summary>
    /// <param name="network">A definition with a uuid.</param>
    /// <param name="isNew">It was not there before.</param>
    /// <param name="make">Called while nobody else can add a network.</param>
    public VirtualNetwork Claim(NetworkDef network, out bool isNew, Func<NetworkState> make)
    {
        Uuid uuid = network.Uuid!.Value;
        lock (gate)
        {
            isNew = false;
            if (Find(uuid) is { } known)
                return known.Name == network.Name ? known
                    : throw NetworkErrors.Taken($"network '{known.Name}' is already defined with uuid {uuid}");
            if (Find(network.Name) is { } namesake)
                throw NetworkErrors.Taken($"network '{namesake.Name}' already exists with uuid {namesake.Uuid}");
            isNew = true;
            var made = new VirtualNetwork(make());
            all = [.. all.Append(made).OrderBy(static one => one.Name, StringComparer.Ordinal)];
            return made;
        }
    }

    /// <summary>Adds what was found on disk.</summary>
    public VirtualNetwork Add(NetworkState state) => Claim(state.Shown, out _, () => state);

    /// <summary>Forgets one.</summary>
    public void Remove(VirtualNetwork network)
    {
        lock (gate)
        {
            network.IsGone = true;
            all = [.. all.Where(one => one != network)];
        }
    }
}
