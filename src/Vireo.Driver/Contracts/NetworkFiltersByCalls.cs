using Vireo.Core.Errors;
using Vireo.Model.NwFilter;

namespace Vireo.Driver.Contracts;

/// <summary>Network filters by the calls that every client has, be they in this process or in a daemon of their own.</summary>
/// <param name="open">Opens a connection to filters.</param>
public sealed class NetworkFiltersByCalls(Func<CancellationToken, ValueTask<IDriverConnection>> open) : INetworkFilters
{
    /// <inheritdoc/>
    public async ValueTask BindAsync(FilterBindingDef binding, bool mayBeThere, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(binding);
        await using IDriverConnection connection = await open(cancel).ConfigureAwait(false);
        if (mayBeThere && await IsBoundAsync(connection, binding.PortDevice, cancel).ConfigureAwait(false))
            return;
        _ = await Get<INwFilterBindingLifecycle>(connection).CreateBindingAsync(binding.ToXml(), NwFilterBindingCreateFlags.None, cancel).ConfigureAwait(false);
    }

    static async ValueTask<bool> IsBoundAsync(IDriverConnection connection, string port, CancellationToken cancel)
    {
        try
        {
            _ = await Get<INwFilterBindings>(connection).LookupBindingAsync(port, cancel).ConfigureAwait(false);
            return true;
        }
        catch (VireoException e) when (e.Code == ErrorCode.NoNwfilterBinding)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask UnbindAsync(string port, CancellationToken cancel)
    {
        try
        {
            await using IDriverConnection connection = await open(cancel).ConfigureAwait(false);
            NwFilterBindingRef found = await Get<INwFilterBindings>(connection).LookupBindingAsync(port, cancel).ConfigureAwait(false);
            await Get<INwFilterBindingLifecycle>(connection).DeleteBindingAsync(found, cancel).ConfigureAwait(false);
        }
        catch (VireoException e) when (e.Code == ErrorCode.NoNwfilterBinding)
        {
            // An administrator took it off.
        }
    }

    static T Get<T>(IDriverConnection connection) where T : class =>
        connection.Capabilities.Find<T>() ?? throw VireoException.NoSupport($"{connection.Uri}: {typeof(T).Name}", ErrorDomain.Nwfilter);
}
