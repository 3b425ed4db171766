namespace Vireo.Drivers.Storage.Kinds;

/// <summary>Runs calls of libraries that wait for a server, each on a thread of its own: however many servers are silent, the pool's threads are free.</summary>
static class OwnThread
{
    /// <summary>Runs one that has nothing to tell.</summary>
    public static Task RunAsync(Action call) => RunAsync(() =>
    {
        call();
        return true;
    });

    /// <summary>Runs one.</summary>
    public static Task<T> RunAsync<T>(Func<T> call) =>
        Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
