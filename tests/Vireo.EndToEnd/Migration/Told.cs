using Vireo.Driver;

namespace Vireo.EndToEnd.Migration;

/// <summary>The changes of life that a daemon tells, as virsh words them, and what else is asked for.</summary>
sealed class Told : IAsyncDisposable
{
    readonly Connection _connection;
    readonly IAsyncEnumerator<Observed<DomainEvent>> _events;
    readonly List<string> _heard = [];
    Task<bool> _next;

    Told(Connection connection, DomainEventId[] kinds)
    {
        _connection = connection;
        _events = connection.WatchDomainsAsync(kinds).GetAsyncEnumerator();
        _next = _events.MoveNextAsync().AsTask();
    }

    internal static async Task<Told> ListenAsync(string uri, params DomainEventId[] more)
    {
        var told = new Told(await Connection.OpenAsync(uri), [DomainEventId.Lifecycle, .. more]);
        // Answered after the subscription, which was asked for before.
        await told._connection.GetTypeAsync();
        return told;
    }

    /// <summary>Waits until these were told last, in this order; all that was told.</summary>
    internal async Task<string> UntilAsync(string end)
    {
        while (!All.EndsWith(end, StringComparison.Ordinal) && await _next.WaitAsync(TimeSpan.FromSeconds(60)))
        {
            _heard.Add(_events.Current.Event switch
            {
                DomainLifecycleEvent life => $"{life.Type} {Detail(life)}",
                DomainMigrationIterationEvent pass => $"pass {pass.Iteration}",
                // How fast it went is told only where it took a moment.
                DomainJobCompletedEvent job => $"job {string.Join(' ', job.Parameters.Where(static p => p.Name is not "memory_bps").Select(static p => p.Name is "operation" ? $"{p.AsInt}" : p.Name))}",
                { } other => $"{other.Kind}",
                null => "nothing",
            });
            _next = _events.MoveNextAsync().AsTask();
        }
        return All;
    }

    string All => string.Join(", ", _heard);

    static string Detail(DomainLifecycleEvent life) => life.Type switch
    {
        DomainEventType.Started => ((DomainEventStartedDetail)life.Detail).ToString(),
        DomainEventType.Suspended => ((DomainEventSuspendedDetail)life.Detail).ToString(),
        DomainEventType.Resumed => ((DomainEventResumedDetail)life.Detail).ToString(),
        DomainEventType.Stopped => ((DomainEventStoppedDetail)life.Detail).ToString(),
        DomainEventType.Defined => ((DomainEventDefinedDetail)life.Detail).ToString(),
        _ => life.Detail.ToString(),
    };

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        try
        {
            await _next;
        }
        catch (Vireo.Core.Errors.VireoException)
        {
            // It was waiting when the connection ended.
        }
        await _events.DisposeAsync();
    }
}
