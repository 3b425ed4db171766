using Microsoft.Extensions.Logging;
using Vireo.Core.Errors;
using Vireo.Drivers.Network.Start;
using Vireo.Host.Processes;

namespace Vireo.Drivers.Network.Firewall;

/// <summary>
/// The host's packet filter, by iptables' own programs. What a network needs goes in by one run of iptables-restore for each family; which chains are there is
/// asked once, and again when the filter says that they are not.
/// </summary>
sealed class PacketFilter(ProcessHost processes, ILogger log) : IDisposable
{
    static readonly FirewallLayer[] families = [FirewallLayer.Ipv4, FirewallLayer.Ipv6];
    readonly SemaphoreSlim gate = new(1);
    bool hasChains;

    /// <summary>Puts rules in, all of them or none.</summary>
    /// <exception cref="VireoException"><see cref="ErrorCode.InternalError"/>: the filter refuses, with its own words.</exception>
    public async ValueTask AddAsync(IReadOnlyList<FirewallRule> rules, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            bool fresh = !hasChains;
            if (fresh)
                await MakeChainsAsync(cancel).ConfigureAwait(false);
            try
            {
                await InsertAsync(rules, cancel).ConfigureAwait(false);
            }
            catch (VireoException) when (!fresh)
            {
                await MakeChainsAsync(cancel).ConfigureAwait(false);     // somebody flushed the tables
                await InsertAsync(rules, cancel).ConfigureAwait(false);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Takes rules away, those that are there.</summary>
    public async ValueTask RemoveAsync(IReadOnlyList<FirewallRule> rules)
    {
        await gate.WaitAsync().ConfigureAwait(false);
        try
        {
            foreach (FirewallLayer family in families)
                await DeleteAsync(family, rules).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Puts rules in the place of others; no packet meets neither. Rules that are gone are put in all the same.</summary>
    /// <exception cref="VireoException"><see cref="ErrorCode.InternalError"/>: the filter refuses, with its own words.</exception>
    public async ValueTask ReplaceAsync(IReadOnlyList<FirewallRule> before, IReadOnlyList<FirewallRule> next, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (!hasChains)
                await MakeChainsAsync(cancel).ConfigureAwait(false);
            foreach (FirewallLayer family in families)
            {
                IReadOnlyList<string>[] inserts = [.. next.Where(rule => rule.Layer == family).Select(static rule => rule.Insert())];
                IReadOnlyList<string>[] commands = [.. Deletes(family, before), .. inserts];
                if (commands.Length == 0 || await RestoreAsync(family, commands, cancel).ConfigureAwait(false) is null)
                    continue;
                await DeleteAsync(family, before).ConfigureAwait(false);
                await MakeChainsAsync(cancel).ConfigureAwait(false);
                if (await RestoreAsync(family, inserts, cancel).ConfigureAwait(false) is { } complaint)
                    throw Refused(complaint);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    async ValueTask DeleteAsync(FirewallLayer family, IReadOnlyList<FirewallRule> rules)
    {
        IReadOnlyList<string>[] commands = Deletes(family, rules);
        if (commands.Length == 0 || await RestoreAsync(family, commands, CancellationToken.None).ConfigureAwait(false) is null)
            return;
        foreach (IReadOnlyList<string> command in commands)      // some are not there: each by itself
            await RestoreAsync(family, [command], CancellationToken.None).ConfigureAwait(false);
    }

    static IReadOnlyList<string>[] Deletes(FirewallLayer family, IReadOnlyList<FirewallRule> rules) =>
        [.. rules.Reverse().Where(rule => rule.Layer == family).Select(static rule => rule.Delete())];

    static VireoException Refused(string complaint) => NetworkErrors.Internal($"Failed to apply firewall rules: {complaint}");

    /// <summary>Forgets what is known of the filter: somebody else loaded it anew.</summary>
    public void Forget() => hasChains = false;

    /// <summary>Looks what is there.</summary>
    public async ValueTask<SavedFilter> LookAsync(CancellationToken cancel)
    {
        var tables = new Dictionary<FirewallLayer, IReadOnlyDictionary<string, string>>();
        foreach (FirewallLayer family in families)
            if (await SaveAsync(family, cancel).ConfigureAwait(false) is (null, { } there))
                tables[family] = there;
        return new SavedFilter(tables);
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    async ValueTask InsertAsync(IReadOnlyList<FirewallRule> rules, CancellationToken cancel)
    {
        var done = new List<FirewallRule>();
        foreach (FirewallLayer family in families)
        {
            FirewallRule[] some = [.. rules.Where(rule => rule.Layer == family)];
            if (some.Length == 0)
                continue;
            if (await RestoreAsync(family, some.Select(static rule => rule.Insert()), cancel).ConfigureAwait(false) is not { } complaint)
            {
                done.AddRange(some);
                continue;
            }
            if (done.Count > 0)
                await RestoreAsync(done[0].Layer, done.AsEnumerable().Reverse().Select(static rule => rule.Delete()), CancellationToken.None).ConfigureAwait(false);
            throw Refused(complaint);
        }
    }

    async ValueTask MakeChainsAsync(CancellationToken cancel)
    {
        foreach (FirewallLayer family in families)
        {
            string? complaint = await MakeChainsAsync(family, cancel).ConfigureAwait(false);
            if (complaint is null)
                continue;
            if (family == FirewallLayer.Ipv4)
                throw Refused(complaint);
            log.NoFilter("IPv6", complaint);        // a host may do without
        }
        hasChains = true;
    }

    async ValueTask<string?> MakeChainsAsync(FirewallLayer family, CancellationToken cancel)
    {
        (string? complaint, Dictionary<string, string> there) = await SaveAsync(family, cancel).ConfigureAwait(false);
        if (complaint is not null)
            return complaint;
        IReadOnlyList<string>[] missing = [.. FirewallChains.Make(family, there)];
        return missing.Length == 0 ? null : await RestoreAsync(family, missing, cancel).ConfigureAwait(false);
    }

    async ValueTask<(string? Complaint, Dictionary<string, string> Tables)> SaveAsync(FirewallLayer family, CancellationToken cancel)
    {
        if (Find(family, "save") is not { } save)
            return ($"{Word(family)}-save is not installed", []);
        FinishedProgram saved = await processes.FinishAsync(HostTools.Plan(save), cancel: cancel).ConfigureAwait(false);
        return saved.Status.IsSuccess ? (null, FirewallText.Tables(saved.Output)) : (Complaint(saved), []);
    }

    /// <summary>Null if it was done, else what was complained of.</summary>
    async ValueTask<string?> RestoreAsync(FirewallLayer family, IEnumerable<IReadOnlyList<string>> commands, CancellationToken cancel)
    {
        if (Find(family, "restore") is not { } restore)
            return $"{Word(family)}-restore is not installed";
        FinishedProgram run = await processes.FinishAsync(HostTools.Plan(restore, "-w", "--noflush"), FirewallText.Of(commands), cancel).ConfigureAwait(false);
        return run.Status.IsSuccess ? null : Complaint(run);
    }

    static string Complaint(FinishedProgram run) => run.Error.Trim() is { Length: > 0 } said ? said : $"{run.Plan.Program} failed";

    static string? Find(FirewallLayer family, string what) => ProgramOutput.Find($"{Word(family)}-{what}");

    static string Word(FirewallLayer family) => family == FirewallLayer.Ipv6 ? "ip6tables" : "iptables";
}
