using System.Collections.Immutable;
using Vireo.Core;
using Vireo.Driver;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.State;

/// <summary>All that is true of a network at one moment.</summary>
sealed record NetworkState
{
    /// <summary>As it is kept; null: it is gone when it stops.</summary>
    public NetworkDef? Kept { get; init; }

    /// <summary>As it is; null: it is not active.</summary>
    public NetworkDef? Live { get; init; }

    /// <summary>What it is about to be, for one that is not kept and not active yet; nobody but who makes it sees it.</summary>
    public NetworkDef? Coming { get; init; }

    /// <summary>It starts with the host.</summary>
    public bool Autostart { get; init; }

    /// <summary>The cards of guests on it, by uuid.</summary>
    public ImmutableSortedDictionary<Uuid, NetworkPortDef> Ports { get; init; } = ImmutableSortedDictionary.Create<Uuid, NetworkPortDef>(
        Comparer<Uuid>.Create(static (one, other) => string.CompareOrdinal(one.ToString(), other.ToString())));

    public bool IsActive => Live is not null;

    public bool IsPersistent => Kept is not null;

    /// <summary>What is shown.</summary>
    public NetworkDef Shown => Live ?? Kept ?? Coming!;

    /// <summary>Callers see it.</summary>
    public bool IsThere => Live is not null || Kept is not null;

    public NetworkRef Ref => new(Shown.Name, Shown.Uuid!.Value);
}

/// <summary>A network: what is true of it now, and the turn of whoever changes it.</summary>
sealed class VirtualNetwork(NetworkState first) : IDisposable
{
    readonly SemaphoreSlim turn = new(1);
    volatile NetworkState state = first;

    /// <summary>Read without waiting for anybody.</summary>
    public NetworkState State => state;

    public string Name => state.Shown.Name;

    public Uuid Uuid => state.Shown.Uuid!.Value;

    public NetworkRef Ref => state.Ref;

    /// <summary>The processes that serve it; null: none.</summary>
    public Start.NameServer? Server { get; set; }

    /// <summary>It was forgotten while somebody waited for the turn.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whoever has the turn publishes what is true now.</summary>
    public void Become(Func<NetworkState, NetworkState> change) => state = change(state);

    /// <summary>Waits for the turn, which ends when it is disposed of.</summary>
    public async ValueTask<Turn> EnterAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel).ConfigureAwait(false);
        return new Turn(turn);
    }

    public void Dispose() => turn.Dispose();

    internal readonly struct Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
