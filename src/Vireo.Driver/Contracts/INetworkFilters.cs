using Vireo.Model.NwFilter;

namespace Vireo.Driver.Contracts;

/// <summary>What drivers of machines ask of network filters: that one is on a guest's card as long as it runs.</summary>
public interface INetworkFilters
{
    /// <summary>Puts a filter on a card.</summary>
    /// <param name="binding">The card, its owner, the filter and its parameters.</param>
    /// <param name="mayBeThere">The guest runs already, and a filter that its card has stays as it is.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="Core.Errors.VireoException">There is no such filter, it cannot be put on this card, or the card has one.</exception>
    ValueTask BindAsync(FilterBindingDef binding, bool mayBeThere, CancellationToken cancel);

    /// <summary>Takes the filter off a card; one that has none is fine.</summary>
    /// <param name="port">The card's name on the host.</param>
    /// <param name="cancel">Gives up.</param>
    ValueTask UnbindAsync(string port, CancellationToken cancel);
}
