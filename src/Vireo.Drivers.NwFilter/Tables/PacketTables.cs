using Vireo.Core.Errors;
using Vireo.Drivers.NwFilter.Rules;
using Vireo.Host.Processes;

namespace Vireo.Drivers.NwFilter.Tables;

/// <summary>
/// The host's packet filter. Whoever changes rules says what shall be, and what differs from what is there goes to the kernel in one run of the restoring program
/// for each table, whole or not at all. Who comes while a run is under way shares the next.
/// </summary>
sealed class PacketTables(ProcessHost processes) : IDisposable
{
    const int Attempts = 3;

    readonly record struct Wish(Action<IPacketFilter> Change, TaskCompletionSource Done);

    readonly Lock gate = new();
    readonly CancellationTokenSource stopping = new();
    List<Wish> waiting = [];
    bool working;
    HostTables? known;

    /// <summary>Forgets what is known: somebody else may have loaded the filter anew.</summary>
    internal void Forget() => Volatile.Write(ref known, null);

    /// <summary>Changes rules.</summary>
    /// <param name="change">Says what shall be; may be called several times.</param>
    /// <exception cref="VireoException">The packet filter refuses, with its own words; nothing was changed.</exception>
    internal Task ChangeAsync(Action<IPacketFilter> change)
    {
        var wish = new Wish(change, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (gate)
        {
            waiting.Add(wish);
            if (!working)
            {
                working = true;
                _ = Task.Run(WorkAsync);
            }
        }
        return wish.Done.Task;
    }

    async Task WorkAsync()
    {
        while (true)
        {
            List<Wish> wishes;
            lock (gate)
            {
                (wishes, waiting) = (waiting, []);
                if (wishes.Count == 0)
                {
                    working = false;
                    return;
                }
            }
            if (wishes.Count == 1 || !await TryAsync(wishes).ConfigureAwait(false))
                foreach (Wish wish in wishes)      // one of them is refused: each by itself
                    await DoAsync([wish]).ConfigureAwait(false);
        }
    }

    async Task<bool> TryAsync(List<Wish> wishes)
    {
        try
        {
            await CommitAsync(wishes).ConfigureAwait(false);
        }
        catch (Exception)
        {
            return false;       // each is told by itself
        }
        foreach (Wish wish in wishes)
            wish.Done.SetResult();
        return true;
    }

    async Task DoAsync(List<Wish> wishes)
    {
        try
        {
            await CommitAsync(wishes).ConfigureAwait(false);
            wishes[0].Done.SetResult();
        }
        catch (Exception e)
        {
            wishes[0].Done.SetException(e);
        }
    }

    async Task CommitAsync(List<Wish> wishes)
    {
        for (int attempt = 1; ; attempt++)
        {
            HostTables before = Volatile.Read(ref known) ?? await LoadAsync().ConfigureAwait(false), after = before.Copy();
            foreach (Wish wish in wishes)
                wish.Change(after);
            string? complaint = await GiveAsync(before, after).ConfigureAwait(false);
            Volatile.Write(ref known, complaint is null ? after : null);
            if (complaint is null)
                return;
            // Another daemon or an administrator was there: what is known is old.
            if (attempt == Attempts)
                throw VireoException.Internal(ErrorDomain.Nwfilter, $"Failed to apply firewall rules: {complaint}");
        }
    }

    async Task<HostTables> LoadAsync()
    {
        var tables = HostTables.Empty;
        foreach (HostTables.One one in tables.All.ToList())
            if (ProgramOutput.Find($"{one.Program}-save") is { } save
                && await processes.FinishAsync(Plan(save), cancel: stopping.Token).ConfigureAwait(false) is { Status.IsSuccess: true } saved)
                tables.Read(one.Program, saved.Output);
        return tables;
    }

    // Null: all was done.
    async Task<string?> GiveAsync(HostTables before, HostTables after)
    {
        for (int i = 0; i < before.All.Count; i++)
        {
            if (await GiveAsync(before.All[i], after.All[i]).ConfigureAwait(false) is not { } complaint)
                continue;
            while (--i >= 0)
                _ = await GiveAsync(after.All[i], before.All[i]).ConfigureAwait(false);
            return complaint;
        }
        return null;
    }

    async Task<string?> GiveAsync(HostTables.One before, HostTables.One after)
    {
        if (TableText.Change(after.Table, after.Policy, before.Chains, after.Chains) is not { } text)
            return null;
        string program = $"{after.Program}-restore";
        if (ProgramOutput.Find(program) is not { } restore)
            return $"{program} is not installed";
        string[] arguments = after.Program is "ebtables" ? ["--noflush"] : ["-w", "--noflush"];
        FinishedProgram run = await processes.FinishAsync(Plan(restore, arguments), text, stopping.Token).ConfigureAwait(false);
        return run.Status.IsSuccess ? null : run.Error.Trim() is { Length: > 0 } said ? said : $"{program} failed";
    }

    static ProcessPlan Plan(string program, params IReadOnlyList<string> arguments) => new()
    {
        Program = program,
        Arguments = arguments,
        Environment = ProgramEnvironment.Plain,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
    }
}
