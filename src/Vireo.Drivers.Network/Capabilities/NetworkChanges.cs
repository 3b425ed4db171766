using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Network.Definition;
using Vireo.Drivers.Network.Start;
using Vireo.Drivers.Network.State;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Capabilities;

/// <summary>Makes, starts, stops and changes networks.</summary>
sealed class NetworkChanges(NetworkKeeper keeper) : INetworkLifecycle
{
    public async ValueTask<NetworkRef> CreateTransientAsync(string xml, NetworkCreateFlags flags, CancellationToken cancel)
    {
        flags.Only(NetworkCreateFlags.Validate, "networkCreateXMLFlags");
        NetworkDef network = Completion.Fill(Completion.Read(xml, flags.HasFlag(NetworkCreateFlags.Validate)), keeper.Networks.All);
        VirtualNetwork claimed = keeper.Networks.Claim(network, out bool isNew, () => new NetworkState { Coming = network });
        using VirtualNetwork.Turn turn = await EnterAsync(claimed, cancel).ConfigureAwait(false);
        if (claimed.State.IsActive)
            throw NetworkErrors.Invalid($"network is already active as '{claimed.Name}'");
        try
        {
            await StartFlow.RunAsync(keeper, claimed, network, cancel).ConfigureAwait(false);
        }
        catch when (isNew)
        {
            keeper.Networks.Remove(claimed);
            throw;
        }
        return claimed.Ref;
    }

    public async ValueTask<NetworkRef> DefineAsync(string xml, NetworkDefineFlags flags, CancellationToken cancel)
    {
        flags.Only(NetworkDefineFlags.Validate, "networkDefineXMLFlags");
        NetworkDef network = Completion.Fill(Completion.Read(xml, flags.HasFlag(NetworkDefineFlags.Validate)), keeper.Networks.All);
        VirtualNetwork claimed = keeper.Networks.Claim(network, out bool isNew, () => new NetworkState { Coming = network });
        using (await EnterAsync(claimed, cancel).ConfigureAwait(false))
        {
            try
            {
                keeper.Store.Save(network);
            }
            catch when (isNew)
            {
                keeper.Networks.Remove(claimed);
                throw;
            }
            claimed.Become(state => state with { Kept = network, Coming = null });
            keeper.Tell(claimed.Ref, NetworkEventType.Defined);
            return claimed.Ref;
        }
    }

    public async ValueTask CreateAsync(NetworkRef network, CancellationToken cancel)
    {
        VirtualNetwork found = keeper.Networks.Get(network);
        using VirtualNetwork.Turn turn = await EnterAsync(found, cancel).ConfigureAwait(false);
        if (found.State.IsActive)
            throw NetworkErrors.Invalid("network is already active");
        await StartFlow.RunAsync(keeper, found, found.State.Kept!, cancel).ConfigureAwait(false);
    }

    public async ValueTask DestroyAsync(NetworkRef network, CancellationToken cancel)
    {
        VirtualNetwork found = keeper.Networks.Get(network);
        using VirtualNetwork.Turn turn = await EnterAsync(found, cancel).ConfigureAwait(false);
        await StopFlow.RunAsync(keeper, found, found.State.Live ?? throw NetworkErrors.NotActive(found.Name)).ConfigureAwait(false);
    }

    public async ValueTask UndefineAsync(NetworkRef network, CancellationToken cancel)
    {
        VirtualNetwork found = keeper.Networks.Get(network);
        using VirtualNetwork.Turn turn = await EnterAsync(found, cancel).ConfigureAwait(false);
        if (!found.State.IsPersistent)
            throw NetworkErrors.Invalid("can't undefine transient network");
        NetworkRef told = found.Ref;
        keeper.Store.Definitions.Delete(found.Name);
        if (found.State.IsActive)
            found.Become(static state => state with { Kept = null, Autostart = false });
        else
            keeper.Remove(found);
        keeper.Tell(told, NetworkEventType.Undefined);
    }

    public async ValueTask SetAutostartAsync(NetworkRef network, bool autostart, CancellationToken cancel)
    {
        VirtualNetwork found = keeper.Networks.Get(network);
        using VirtualNetwork.Turn turn = await EnterAsync(found, cancel).ConfigureAwait(false);
        if (!found.State.IsPersistent)
            throw NetworkErrors.Invalid("cannot set autostart for transient network");
        if (found.State.Autostart == autostart)
            return;
        keeper.Store.Definitions.SetAutostart(found.Name, autostart);
        found.Become(state => state with { Autostart = autostart });
    }

    public async ValueTask UpdateAsync(NetworkRef network, Driver.NetworkUpdateCommand command, NetworkUpdateSection section, int parentIndex, string xml,
        NetworkUpdateFlags flags, CancellationToken cancel)
    {
        flags.Only(NetworkUpdateFlags.AffectLive | NetworkUpdateFlags.AffectConfig, "networkUpdate");
        VirtualNetwork found = keeper.Networks.Get(network);
        using VirtualNetwork.Turn turn = await EnterAsync(found, cancel).ConfigureAwait(false);
        NetworkState state = found.State;
        bool live = flags.HasFlag(NetworkUpdateFlags.AffectLive), config = flags.HasFlag(NetworkUpdateFlags.AffectConfig);
        if (!live && !config)
            (live, config) = (state.IsActive, !state.IsActive);
        if (live && !state.IsActive)
            throw NetworkErrors.Invalid("network is not running");
        if (config && !state.IsPersistent)
            throw NetworkErrors.Invalid("cannot change persistent config of a transient network");
        NetworkDef? active = live ? Changed(state.Live!) : null, kept = config ? Changed(state.Kept!) : null;
        if (kept is not null)
        {
            keeper.Store.Save(kept);
            found.Become(now => now with { Kept = kept });
        }
        if (active is not null)
            await LiveUpdate.RunAsync(keeper, found, active, section, cancel).ConfigureAwait(false);

        NetworkDef Changed(NetworkDef before)
        {
            NetworkDef after = NetworkUpdate.ApplyChecked(before, (Model.Network.NetworkUpdateCommand)command, (NetworkSection)section, parentIndex, xml);
            DefinitionRules.Check(after);
            return after;
        }
    }

    /// <summary>Waits for the turn; whoever forgot the network meanwhile was first.</summary>
    static async ValueTask<VirtualNetwork.Turn> EnterAsync(VirtualNetwork network, CancellationToken cancel)
    {
        VirtualNetwork.Turn turn = await network.EnterAsync(cancel).ConfigureAwait(false);
        if (!network.IsGone)
            return turn;
        turn.Dispose();
        throw NetworkErrors.NoNetwork(network.Uuid, network.Name);
    }
}
