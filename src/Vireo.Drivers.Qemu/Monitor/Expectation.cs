namespace Vireo.Drivers.Qemu.Monitor;

interface IExpectation
{
    /// <summary>True when this was what was waited for.</summary>
    bool Offer(QmpEvent happened);

    void Fail(Exception why);
}

/// <summary>An event that somebody waits for; it listens from its making to its disposal.</summary>
public sealed class Expectation<TEvent> : IExpectation, IDisposable where TEvent : QmpEvent
{
    readonly TaskCompletionSource<TEvent> _happened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Predicate<TEvent> _which;
    readonly Action<IExpectation> _forget;

    internal Expectation(Predicate<TEvent> which, Action<IExpectation> forget) => (_which, _forget) = (which, forget);

    /// <summary>The event; fails when QEMU ends first.</summary>
    public Task<TEvent> Happened => _happened.Task;

    /// <summary>Null when patience ends first.</summary>
    public async Task<TEvent?> WithinAsync(TimeSpan patience, TimeProvider clock, CancellationToken cancel)
    {
        try
        {
            return await _happened.Task.WaitAsync(patience, clock, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    bool IExpectation.Offer(QmpEvent happened) =>
        happened is TEvent mine && _which(mine) && _happened.TrySetResult(mine);

    void IExpectation.Fail(Exception why) => Fail(why);

    internal void Fail(Exception why)
    {
        _happened.TrySetException(why);
        _ = _happened.Task.Exception;
    }

    /// <inheritdoc/>
    public void Dispose() => _forget(this);
}
