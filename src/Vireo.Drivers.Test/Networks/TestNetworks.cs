using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Network;

namespace Vireo.Drivers.Test.Networks;

/// <summary>The networks of a host.</summary>
sealed class TestNetworks
{
    readonly List<TestNetwork> all = [];

    public EventHub<NetworkEvent> Events { get; } = new();

    public IReadOnlyList<TestNetwork> All => all;

    /// <summary>Most calls know a network by its name.</summary>
    public TestNetwork Get(string name) => all.Find(network => network.Name == name) ?? throw ObjectErrors.NoNetwork("name", name);

    public TestNetwork Get(Uuid uuid) => all.Find(network => network.Uuid == uuid) ?? throw ObjectErrors.NoNetwork("uuid", uuid.ToString());

    /// <summary>Makes a network that is kept, or gives one another definition.</summary>
    public TestNetwork Define(NetworkDef def)
    {
        TestNetwork network = Claim(def, out NetworkDef whole);
        network.Define(whole);
        return network;
    }

    /// <summary>Makes a network that is active and gone when it stops, or makes an inactive one active with another definition.</summary>
    public TestNetwork Create(NetworkDef def)
    {
        TestNetwork network = Claim(def, out NetworkDef whole, isInactive: true);
        network.Become(whole);
        network.Start();
        return network;
    }

    /// <summary>One that is there when the host comes up: active and kept.</summary>
    public void AddActive(NetworkDef def) => Define(def).Start();

    public void Remove(TestNetwork network) => all.Remove(network);

    public void Tell(TestNetwork network, NetworkEventType type) => Events.Raise(new NetworkLifecycleEvent(network.Ref, type, 0));

    /// <summary>The network that a definition is of, which may be new. A name and a uuid belong together.</summary>
    TestNetwork Claim(NetworkDef def, out NetworkDef whole, bool isInactive = false)
    {
        whole = def with { Uuid = def.Uuid ?? Uuid.NewRandom() };
        Uuid uuid = whole.Uuid.Value;
        if (all.Find(network => network.Uuid == uuid) is { } known)
        {
            if (known.Name != def.Name)
                throw Taken($"network '{known.Name}' is already defined with uuid {uuid}");
            return isInactive && known.IsActive
                ? throw VireoException.OperationInvalid(ErrorDomain.Network, $"network is already active as '{known.Name}'") : known;
        }
        if (all.Find(network => network.Name == def.Name) is { } namesake)
            throw Taken($"network '{namesake.Name}' already exists with uuid {namesake.Uuid}");
        var made = new TestNetwork(whole);
        all.Add(made);
        return made;
    }

    static VireoException Taken(string text) => new(ErrorCode.OperationFailed, ErrorDomain.Network, text);
}
