using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Documents;
using Vireo.Model.Network;

namespace Vireo.Drivers.Test.Networks;

/// <summary>Makes, starts, stops and changes networks.</summary>
sealed class NetworkChanges(TestHost host) : ReadsUnderGate(host), INetworkLifecycle
{
    public ValueTask<NetworkRef> CreateTransientAsync(string xml, NetworkCreateFlags flags, CancellationToken cancel)
    {
        flags.Only(NetworkCreateFlags.Validate, "testNetworkCreateXMLFlags");
        NetworkDef def = Parse(xml, flags.HasFlag(NetworkCreateFlags.Validate));
        return Read(known => Tell(known, known.Networks.Create(def), NetworkEventType.Started));
    }

    public ValueTask<NetworkRef> DefineAsync(string xml, NetworkDefineFlags flags, CancellationToken cancel)
    {
        flags.Only(NetworkDefineFlags.Validate, "testNetworkDefineXMLFlags");
        NetworkDef def = Parse(xml, flags.HasFlag(NetworkDefineFlags.Validate));
        return Read(known => Tell(known, known.Networks.Define(def), NetworkEventType.Defined));
    }

    static NetworkDef Parse(string xml, bool validate)
    {
        if (validate)
            DocumentKinds.Network.Validate(xml);
        return NetworkDef.Define(xml);
    }

    static NetworkRef Tell(TestHost known, TestNetwork network, NetworkEventType type)
    {
        known.Networks.Tell(network, type);
        return network.Ref;
    }

    public ValueTask CreateAsync(NetworkRef network, CancellationToken cancel) => Change(known =>
    {
        TestNetwork found = known.Networks.Get(network.Name);
        if (found.IsActive)
            throw VireoException.OperationInvalid(ErrorDomain.Test, $"Network '{found.Name}' is already running");
        found.Start();
        known.Networks.Tell(found, NetworkEventType.Started);
    });

    /// <summary>One that is not active is stopped, too: libvirt's test driver does not mind, and says that it stopped.</summary>
    public ValueTask DestroyAsync(NetworkRef network, CancellationToken cancel) => Change(known =>
    {
        TestNetwork found = known.Networks.Get(network.Name);
        found.Stop();
        if (!found.IsPersistent)
            known.Networks.Remove(found);
        known.Networks.Tell(found, NetworkEventType.Stopped);
    });

    public ValueTask UndefineAsync(NetworkRef network, CancellationToken cancel) => Change(known =>
    {
        TestNetwork found = known.Networks.Get(network.Name);
        if (found.IsActive)
            throw VireoException.OperationInvalid(ErrorDomain.Test, $"Network '{found.Name}' is still running");
        known.Networks.Remove(found);
        known.Networks.Tell(found, NetworkEventType.Undefined);
    });

    public ValueTask SetAutostartAsync(NetworkRef network, bool autostart, CancellationToken cancel) =>
        Change(known => known.Networks.Get(network.Name).Autostart = autostart);

    public ValueTask UpdateAsync(NetworkRef network, Driver.NetworkUpdateCommand command, NetworkUpdateSection section, int parentIndex, string xml,
        NetworkUpdateFlags flags, CancellationToken cancel)
    {
        flags.Only(NetworkUpdateFlags.AffectLive | NetworkUpdateFlags.AffectConfig, "testNetworkUpdate");
        return Change(known => known.Networks.Get(network.Uuid).Change(flags, TestNetwork.Section(command, section, parentIndex, xml)));
    }
}
