namespace Vireo.Drivers.Qemu.Hotplug.Live;

/// <summary>What a guest does with the wish to let a device go.</summary>
enum Unplug
{
    /// <summary>Nothing so far.</summary>
    Pending,

    /// <summary>It let it go.</summary>
    Gone,

    /// <summary>It keeps it.</summary>
    Rejected,
}

/// <summary>
/// Who waits for a guest to let a device go. An answer belongs to whoever waits, or, when nobody does any more, to whoever brings it: never
/// to both, and never to none.
/// </summary>
sealed class UnplugWaits
{
    readonly Dictionary<string, TaskCompletionSource<Unplug>> waits = new(StringComparer.Ordinal);
    readonly Lock gate = new();

    /// <summary>From now on the answer is awaited.</summary>
    internal Task<Unplug> Expect(string alias)
    {
        var wait = new TaskCompletionSource<Unplug>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
            waits[alias] = wait;
        return wait.Task;
    }

    /// <summary>Brings an answer.</summary>
    /// <returns>Somebody took it.</returns>
    internal bool Tell(string alias, Unplug answer)
    {
        lock (gate)
            return waits.Remove(alias, out var wait) && wait.TrySetResult(answer);
    }

    /// <summary>Waits no longer.</summary>
    /// <returns>The answer, if it came first.</returns>
    internal Unplug GiveUp(string alias, Task<Unplug> expected)
    {
        lock (gate)
            waits.Remove(alias);
        return expected.IsCompletedSuccessfully ? expected.Result : Unplug.Pending;
    }
}
