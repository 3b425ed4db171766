using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Model.Network;
using Update = Vireo.Model.Network.NetworkUpdate;

namespace Vireo.Drivers.Test.Networks;

/// <summary>A network in memory: what it is now, and what it was defined as since it became active.</summary>
sealed class TestNetwork(NetworkDef def)
{
    const ErrorDomain Here = ErrorDomain.Network;

    /// <summary>As it is.</summary>
    public NetworkDef Def { get; private set; } = def;

    /// <summary>As it was defined while it was active. It stays aside when the network stops, as libvirt's test driver leaves it.</summary>
    NetworkDef? defined;

    public string Name => Def.Name;

    public Uuid Uuid { get; } = def.Uuid ?? throw new ArgumentException("a network needs a uuid", nameof(def));

    public bool IsActive { get; private set; }

    public bool IsPersistent { get; private set; }

    public bool Autostart { get; set; }

    public NetworkRef Ref => new(Name, Uuid);

    public void Start() => IsActive = true;

    public void Stop() => IsActive = false;

    /// <summary>Takes a definition that is kept; an active network goes on as it is.</summary>
    public void Define(NetworkDef next)
    {
        IsPersistent = true;
        if (IsActive)
            defined = next;
        else
            (Def, defined) = (next, null);
    }

    /// <summary>Takes a definition that counts at once; a persistent network keeps its own beside it.</summary>
    public void Become(NetworkDef live)
    {
        if (IsPersistent)
            defined ??= Def;
        Def = live;
    }

    /// <summary>Changes a section of what is active, of what is kept, or of both; nothing is changed unless everything can be.</summary>
    public void Change(NetworkUpdateFlags flags, Func<NetworkDef, NetworkDef> change)
    {
        bool live = flags.HasFlag(NetworkUpdateFlags.AffectLive), config = flags.HasFlag(NetworkUpdateFlags.AffectConfig);
        if (!live && !config)
            (live, config) = (IsActive, !IsActive);
        if (live && !IsActive)
            throw VireoException.OperationInvalid(Here, "network is not running");
        if (config && !IsPersistent)
            throw VireoException.OperationInvalid(Here, "cannot change persistent config of a transient network");
        NetworkDef? active = live ? change(Def) : null;
        NetworkDef? kept = config ? change(NetworkDef.Define((defined ?? Def).ToXml(inactive: true))) : null;
        if (kept is not null && IsActive)
            defined = kept;
        else if (kept is not null)
            Def = kept;
        Def = active ?? Def;
    }

    /// <summary>What virNetworkUpdate does to a definition.</summary>
    public static Func<NetworkDef, NetworkDef> Section(Driver.NetworkUpdateCommand command, NetworkUpdateSection section, int parentIndex, string xml) =>
        network => Update.ApplyChecked(network, (Model.Network.NetworkUpdateCommand)command, (NetworkSection)section, parentIndex, xml);
}
