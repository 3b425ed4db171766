using System.Collections.Immutable;
using System.Text;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.NwFilter.Bindings;
using Vireo.Drivers.NwFilter.Filters;
using Vireo.Drivers.NwFilter.Learning;
using Vireo.Drivers.NwFilter.Rules;
using Vireo.Drivers.NwFilter.Tables;
using Vireo.Host.Files;
using Vireo.Host.Network;
using Vireo.Hypervisor.Stores;
using Vireo.Model.NwFilter;
using Vireo.Model.Shared;

namespace Vireo.Drivers.NwFilter;

/// <summary>
/// The filters that a daemon knows, and the cards that they are on. Looking never waits. Cards do not wait for each other; a change of filters is one at a time,
/// and a card whose filters change while its rules are made gets them made again.
/// </summary>
sealed class NwFilterKeeper : IDisposable
{
    const string MacVariable = "MAC";
    const int LongestName = 15;

    readonly NwFilterDriverOptions options;
    readonly string filterFolder, bindingFolder, leaseFile;
    readonly ObjectStore<FilterDef> store;
    readonly ObjectStore<BindingStatus> statuses;
    readonly PacketTables tables;
    readonly SemaphoreSlim turn = new(1);
    readonly Lock gate = new();
    volatile FilterSet filters = FilterSet.Empty;
    volatile ImmutableSortedDictionary<string, BoundCard> cards = ImmutableSortedDictionary.Create<string, BoundCard>(StringComparer.Ordinal);

    internal NwFilterKeeper(NwFilterDriverOptions options)
    {
        this.options = options;
        filterFolder = Path.Join(options.Paths.EtcDir, "nwfilter");
        bindingFolder = Path.Join(options.Paths.RunDir, "nwfilter-binding");
        leaseFile = Path.Join(options.Paths.RunDir, "network/nwfilter.leases");
        store = new(filterFolder, "nwfilter-edit", static xml => FilterDef.Define(xml), static filter => filter.Name);
        statuses = new(bindingFolder, "nwfilter-binding-create", BindingStatus.Parse, static status => status.Binding.PortDevice, durable: false);
        tables = new PacketTables(options.Processes);
    }

    internal FilterSet Filters => filters;

    /// <summary>The cards that callers see.</summary>
    internal IEnumerable<BoundCard> Cards => cards.Values.Where(static card => card.IsThere);

    internal BoundCard Get(string port) => cards.GetValueOrDefault(port) is { IsThere: true } card ? card : throw NwFilterErrors.NoBinding(port);

    /// <summary>Reads filters; those that libvirt ships are there where nobody has any.</summary>
    internal void LoadFilters()
    {
        Loaded<Stored<FilterDef>> loaded = store.LoadAll();
        foreach (LoadProblem problem in loaded.Problems)
            options.Log.Problem(problem);
        bool isNew = loaded.Found.Count == 0 && loaded.Problems.Count == 0;
        FilterSet next = FilterSet.Empty;
        foreach (FilterDef found in isNew ? ShippedFilters.All() : loaded.Found.Select(static one => one.Def))
        {
            FilterDef filter = found with { Uuid = found.Uuid ?? Uuid.NewRandom() };
            if (isNew || found.Uuid is null)
                Save(filter);
            try
            {
                next = next.With(filter);
            }
            catch (VireoException e)
            {
                options.Log.Problem(new LoadProblem(FileOf(filter.Name), e.Message));
            }
        }
        filters = next;
    }

    /// <summary>Reads what cards have filters; their rules are not looked at yet.</summary>
    internal void LoadBindings()
    {
        ILookup<string, Lease> known = LeaseLines.Read(File.Exists(leaseFile) ? File.ReadAllText(leaseFile) : "", options.Time.GetUtcNow());
        Loaded<Stored<BindingStatus>> loaded = statuses.LoadAll();
        foreach (LoadProblem problem in loaded.Problems)
            options.Log.Problem(problem);
        foreach (BindingStatus status in loaded.Found.Select(static one => one.Def))
        {
            var card = new BoundCard(status.Binding) { IsThere = true };
            card.Leases = status.Learned is { } text && System.Net.IPAddress.TryParse(text, out System.Net.IPAddress? learned)
                ? [new Lease(learned, System.Net.IPAddress.Any, DateTimeOffset.MaxValue)] : [.. known[card.LeaseKey]];
            cards = cards.Add(card.Port, card);
        }
    }

    /// <summary>Makes the rules of all cards anew, whatever became of the packet filter meanwhile.</summary>
    internal async Task RebuildAsync(CancellationToken cancel)
    {
        tables.Forget();
        await Task.WhenAll(cards.Values.Select(async card =>
        {
            try
            {
                await ApplyAsync(card, byLearner: false, cancel).ConfigureAwait(false);
            }
            catch (VireoException e)
            {
                options.Log.NotApplied(card.Port, e.Message);
            }
        })).ConfigureAwait(false);
    }

    /// <summary>Reads filters that somebody else wrote, and makes all rules anew.</summary>
    internal async Task ReloadAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            LoadFilters();
            await RebuildAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Makes a filter or changes one, also where it is in force.</summary>
    internal async ValueTask<FilterDef> DefineAsync(FilterDef written, CancellationToken cancel)
    {
        FilterDef filter = written with { Uuid = written.Uuid ?? Uuid.NewRandom() };
        if (filter.Name.Contains('/', StringComparison.Ordinal))
            throw NwFilterErrors.NoFile(FileOf(filter.Name) + AtomicFile.TemporaryEnd);
        await turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            FilterSet before = filters, next = before.With(filter);
            BoundCard[] users = [.. cards.Values.Where(card => Exists(card.Port) && next.Uses(card.Binding.Filter.Filter, filter.Name))];
            foreach (BoundCard card in users)
                _ = CardPlan.Of(next, card.Binding, AddressesOf(card));     // nothing is changed where a card could not have it
            filters = next;
            try
            {
                await ApplyAllAsync(users, cancel).ConfigureAwait(false);
                Save(filter);
            }
            catch
            {
                filters = before;
                await ApplyAllAsync(users, CancellationToken.None).ConfigureAwait(false);
                throw;
            }
            return filter;
        }
        finally
        {
            turn.Release();
        }
    }

    Task ApplyAllAsync(BoundCard[] users, CancellationToken cancel) => Task.WhenAll(users.Select(card => ApplyAsync(card, byLearner: false, cancel)));

    /// <summary>Forgets a filter.</summary>
    internal async ValueTask UndefineAsync(string name, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            FilterSet before = filters;
            FilterDef filter = before.Get(name);
            if (cards.Values.Any(card => Exists(card.Port) && before.Uses(card.Binding.Filter.Filter, name)))
                throw NwFilterErrors.InUse();
            store.Delete(filter.Name);
            filters = before.Without(name);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Puts a filter on a card.</summary>
    internal async ValueTask<BoundCard> BindAsync(FilterBindingDef written, CancellationToken cancel)
    {
        if (written.PortDevice.Contains('/', StringComparison.Ordinal))
            throw NwFilterErrors.NoFile(Path.Join(bindingFolder, written.PortDevice + ".xml" + AtomicFile.TemporaryEnd));
        var card = new BoundCard(WithMac(written));
        using BoundCard.Turn first = await card.EnterAsync(cancel).ConfigureAwait(false);
        lock (gate)
            cards = cards.ContainsKey(card.Port) ? throw NwFilterErrors.Taken($"binding '{card.Port}' already exists") : cards.Add(card.Port, card);
        try
        {
            SaveStatus(card);
            await ApplyInTurnAsync(card, byLearner: false).ConfigureAwait(false);
            card.IsThere = true;
            return card;
        }
        catch
        {
            statuses.Delete(card.Port);
            Forget(card);
            throw;
        }
    }

    /// <summary>Takes the filter off a card.</summary>
    internal async ValueTask UnbindAsync(string port, CancellationToken cancel)
    {
        BoundCard card = Get(port);
        using BoundCard.Turn mine = await card.EnterAsync(cancel).ConfigureAwait(false);
        if (card.IsGone)
            throw NwFilterErrors.NoBinding(port);
        await EndLearningAsync(card).ConfigureAwait(false);
        await tables.ChangeAsync(host => new CardFilter(port, host).Remove()).ConfigureAwait(false);
        statuses.Delete(port);
        Forget(card);
        if (card.Leases.Count > 0)
            SaveLeases();
    }

    void Forget(BoundCard card)
    {
        card.IsGone = true;
        lock (gate)
            cards = cards.Remove(card.Port);
    }

    async Task ApplyAsync(BoundCard card, bool byLearner, CancellationToken cancel)
    {
        using BoundCard.Turn mine = await card.EnterAsync(cancel).ConfigureAwait(false);
        if (!card.IsGone)
            await ApplyInTurnAsync(card, byLearner).ConfigureAwait(false);
    }

    async Task ApplyInTurnAsync(BoundCard card, bool byLearner)
    {
        FilterSet used;
        CardPlan plan;
        do
        {
            used = filters;
            if (!Exists(card.Port) && !byLearner)
            {
                _ = used.Find(card.Binding.Filter.Filter) ?? throw NwFilterErrors.Missing(card.Binding.Filter.Filter);
                return;     // libvirt keeps such a binding too; a card of that name that comes later is none of its
            }
            plan = CardPlan.Of(used, card.Binding, AddressesOf(card));
            await tables.ChangeAsync(host =>
            {
                var rules = new CardFilter(card.Port, host);
                plan.Apply(rules);
                rules.Commit();
            }).ConfigureAwait(false);
        }
        while (used != filters);
        if (byLearner || card.Learner?.Mode == plan.Learning)
            return;
        await EndLearningAsync(card).ConfigureAwait(false);
        if (plan.Learning is { } mode)
            card.Learner = new AddressLearner(card.Port, Convert.FromHexString(card.Binding.Mac.ToString().Replace(":", "", StringComparison.Ordinal)), mode,
                CardPlan.ServersOf(card.Binding), card.Leases, (leases, cancel) => LearnedAsync(card, mode, leases, cancel), options.Time, options.Log);
    }

    // Written down first, so that a later daemon knows no less than the rules say.
    async Task LearnedAsync(BoundCard card, LearningMode mode, IReadOnlyList<Lease> leases, CancellationToken cancel)
    {
        card.Leases = leases;
        if (mode is LearningMode.Dhcp)
            SaveLeases();
        else if (!card.IsGone)
            SaveStatus(card, leases[0].Address.ToString());
        await ApplyAsync(card, byLearner: true, cancel).ConfigureAwait(false);
    }

    static async ValueTask EndLearningAsync(BoundCard card)
    {
        if (card.Learner is { } learner)
            await learner.DisposeAsync().ConfigureAwait(false);
        card.Learner = null;
    }

    static string[] AddressesOf(BoundCard card) => [.. card.Leases.Select(static lease => lease.Address.ToString())];

    // A name that no card can have is never given to the packet filter.
    static bool Exists(string port) => port.Length is > 0 and <= LongestName && !port.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '"') && NetworkLinks.Exists(port);

    static FilterBindingDef WithMac(FilterBindingDef written) => written.Filter.Parameters.Any(static p => p.Name == MacVariable) ? written : written with
    {
        Filter = written.Filter with { Parameters = [.. written.Filter.Parameters, new FilterParameter { Name = MacVariable, Value = written.Mac.ToString() }] },
    };

    string FileOf(string name) => Path.Join(filterFolder, name + ".xml");

    void Save(FilterDef filter) => store.Save(filter.Name, filter.Uuid!.Value, filter.ToXml());

    void SaveStatus(BoundCard card, string? learned = null) =>
        statuses.Save(card.Port, card.Binding.OwnerUuid, new BindingStatus { Binding = card.Binding, Learned = learned }.ToXml());

    void SaveLeases()
    {
        lock (gate)
        {
            AtomicFile.MakeFolder(Path.GetDirectoryName(leaseFile)!);
            AtomicFile.Write(leaseFile, Encoding.UTF8.GetBytes(LeaseLines.Write(cards.Values.SelectMany(static card => card.Leases
                .Where(static lease => !lease.Server.Equals(System.Net.IPAddress.Any)).Select(lease => (card.LeaseKey, lease))))), 0x1a4, durable: false);
        }
    }

    /// <summary>Stops looking at packets; rules stay.</summary>
    internal async Task StopAsync()
    {
        foreach (BoundCard card in cards.Values)
        {
            using BoundCard.Turn mine = await card.EnterAsync(CancellationToken.None).ConfigureAwait(false);
            await EndLearningAsync(card).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        tables.Dispose();
        turn.Dispose();
    }
}
