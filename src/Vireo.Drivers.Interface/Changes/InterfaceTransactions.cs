using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Host.Processes;

namespace Vireo.Drivers.Interface.Changes;

/// <summary>
/// Changes of the host's network that can be taken back: who begins one may edit the files of ifupdown, netplan and NetworkManager, by hand or by any tool, and
/// then keeps what was edited or has the files as they were, and what they say in force again.
/// </summary>
#pragma warning disable CA1001 // the semaphore has no wait handle: nothing to dispose
sealed class InterfaceTransactions(NetworkFiles files, SavedFiles saved, ProcessHost processes, Func<string, string?> find) : IInterfaceTransactions
#pragma warning restore CA1001
{
    readonly SemaphoreSlim turn = new(1);

    public ValueTask BeginAsync(uint flags, CancellationToken cancel) => InTurnAsync(flags, "virInterfaceChangeBegin", begun: false, () =>
    {
        saved.Write(files.Read());
        return default;
    }, cancel);

    public ValueTask CommitAsync(uint flags, CancellationToken cancel) => InTurnAsync(flags, "virInterfaceChangeCommit", begun: true, () =>
    {
        saved.Delete();
        return default;
    }, cancel);

    public ValueTask RollbackAsync(uint flags, CancellationToken cancel) => InTurnAsync(flags, "virInterfaceChangeRollback", begun: true, () => GoBackAsync(cancel), cancel);

    async ValueTask InTurnAsync(uint flags, string function, bool begun, Func<ValueTask> work, CancellationToken cancel)
    {
        InterfaceErrors.Only(flags, 0, function);
        await turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (saved.AreThere != begun)
            {
                throw VireoException.OperationInvalid(ErrorDomain.Interface, begun
                    ? "no change of the host's network has begun" : "a change of the host's network has begun already: it has to be committed or rolled back first");
            }
            await Task.Run(() => work().AsTask(), cancel).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Interfaces of ifupdown go down as they are told to now, and come up as they were told to before.</summary>
    async ValueTask GoBackAsync(CancellationToken cancel)
    {
        SortedDictionary<string, NetworkFile> now = files.Read(), then = saved.Read();
        Dictionary<string, string> stanzasNow = IfupdownText.Stanzas(now), stanzasThen = IfupdownText.Stanzas(then);
        List<string> faults = [];
        foreach (string name in Changed(stanzasNow, stanzasThen))
            await RunAsync("ifdown", [name], faults, cancel).ConfigureAwait(false);
        files.Restore(then);
        HashSet<string> started = IfupdownText.Started(then);
        foreach (string name in Changed(stanzasThen, stanzasNow).Where(started.Contains))
            await RunAsync("ifup", [name], faults, cancel).ConfigureAwait(false);
        if (Differ(now, then, NetworkFiles.Netplan))
            await RunAsync("netplan", ["apply"], faults, cancel).ConfigureAwait(false);
        if (Differ(now, then, NetworkFiles.NetworkManager))
            await RunAsync("nmcli", ["connection", "reload"], faults, cancel).ConfigureAwait(false);
        saved.Delete();
        if (faults.Count > 0)
        {
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Interface,
                $"the files of the host's network are as they were, but not all is in force: {string.Join("; ", faults)}");
        }
    }

    static IEnumerable<string> Changed(Dictionary<string, string> some, Dictionary<string, string> others) =>
        some.Where(one => others.GetValueOrDefault(one.Key) != one.Value).Select(static one => one.Key).Order(StringComparer.Ordinal);

    static bool Differ(SortedDictionary<string, NetworkFile> one, SortedDictionary<string, NetworkFile> other, string folder)
    {
        bool IsThere(string path) => path.StartsWith(folder + "/", StringComparison.Ordinal);
        return one.Keys.Union(other.Keys).Where(IsThere)
            .Any(path => !one.TryGetValue(path, out NetworkFile? here) || !other.TryGetValue(path, out NetworkFile? there) || !NetworkFiles.Same(here, there));
    }

    // What is not installed has nothing in force.
    async ValueTask RunAsync(string program, IReadOnlyList<string> arguments, List<string> faults, CancellationToken cancel)
    {
        if (find(program) is not { } file)
            return;
        FinishedProgram run = await processes.FinishAsync(new ProcessPlan
        {
            Program = file,
            Arguments = arguments,
            Environment = ProgramEnvironment.Plain,
        }, cancel: cancel).ConfigureAwait(false);
        if (!run.Status.IsSuccess)
            faults.Add(run.Ended([program, .. arguments]).TrimEnd());
    }
}
