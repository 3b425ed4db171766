using Vireo.Driver;
using Vireo.Drivers.NwFilter.Learning;
using Vireo.Model.NwFilter;

namespace Vireo.Drivers.NwFilter.Bindings;

/// <summary>A card with its filter. Whoever changes its rules has its turn.</summary>
sealed class BoundCard(FilterBindingDef binding) : IDisposable
{
    readonly SemaphoreSlim turn = new(1);
    volatile IReadOnlyList<Lease> leases = [];

    internal FilterBindingDef Binding => binding;

    internal string Port => binding.PortDevice;

    internal NwFilterBindingRef Ref => new(binding.PortDevice, binding.Filter.Filter);

    internal string LeaseKey => LeaseLines.KeyOf(binding.OwnerUuid, binding.Mac);

    /// <summary>Addresses that were learned.</summary>
    internal IReadOnlyList<Lease> Leases
    {
        get => leases;
        set => leases = value;
    }

    /// <summary>Who learns; null: nobody does now.</summary>
    internal AddressLearner? Learner { get; set; }

    /// <summary>Callers see it: its rules were there.</summary>
    internal bool IsThere { get; set; }

    /// <summary>It was untied.</summary>
    internal bool IsGone { get; set; }

    internal async ValueTask<Turn> EnterAsync(CancellationToken cancel)
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
