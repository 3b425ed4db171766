using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.NwFilter.Capabilities;
using Vireo.Host.Files;
using Vireo.Hypervisor.Capabilities;

namespace Vireo.Drivers.NwFilter;

/// <summary>Filters of guests' network cards: <c>nwfilter:///system</c>, and part of what a hypervisor's connection in the same process offers.</summary>
public sealed class NwFilterDriver : IDriver, IAsyncDisposable
{
    const string Whole = "nwfilter:///system";

    readonly NwFilterDriverOptions options;
    readonly NwFilterKeeper keeper;
    readonly CancellationTokenSource stopping = new();
    FileLock? held;
    Task settled = Task.CompletedTask;
    bool stopped;

    NwFilterDriver(NwFilterDriverOptions options)
    {
        this.options = options;
        keeper = new NwFilterKeeper(options);
        if (!options.Paths.Privileged)
        {
            Capabilities = CapabilitySet.Empty;
            return;
        }
        var filters = new FilterCalls(keeper);
        var bindings = new BindingCalls(keeper);
        Capabilities = CapabilitySet.Of<INwFilterListing>(filters).And<INwFilterLifecycle>(filters).And<INwFilterBindings>(bindings).And<INwFilterBindingLifecycle>(bindings);
    }

    /// <summary>Makes the driver; nothing is read yet.</summary>
    public static NwFilterDriver Create(NwFilterDriverOptions options) => new(options);

    /// <inheritdoc/>
    public string Type => "nwfilter";

    /// <summary>What every connection of the daemon offers by it; nothing for a user's daemon, who has no packet filter.</summary>
    public CapabilitySet Capabilities { get; }

    /// <summary>A connection for other drivers of this process.</summary>
    public IDriverConnection OpenOwn() => new Connection(Capabilities);

    /// <summary>Completes when the rules of all cards with filters are in force again.</summary>
    public Task Settled => settled;

    /// <summary>Reads filters and bindings. Rules are renewed in the background.</summary>
    /// <exception cref="VireoException">Another daemon has these filters.</exception>
    public void Start()
    {
        if (!options.Paths.Privileged)
            return;
        string folder = Path.Join(options.Paths.RunDir, "nwfilter"), file = Path.Join(folder, "driver.pid");
        AtomicFile.MakeFolder(folder);
        held = FileLock.TryTake(file) ?? throw VireoException.Internal(ErrorDomain.Nwfilter, $"Failed to acquire pid file '{file}': another daemon uses it");
        keeper.LoadFilters();
        keeper.LoadBindings();
        if (keeper.Cards.Any())
            settled = Task.Run(() => keeper.RebuildAsync(stopping.Token));
    }

    /// <summary>Reads filters that somebody else wrote, and puts all rules in again.</summary>
    public Task ReloadAsync() => options.Paths.Privileged ? keeper.ReloadAsync(stopping.Token) : Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (stopped)
            return;
        stopped = true;
        await stopping.CancelAsync().ConfigureAwait(false);
        await settled.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await keeper.StopAsync().ConfigureAwait(false);
        keeper.Dispose();
        held?.Dispose();
        stopping.Dispose();
    }

    /// <inheritdoc/>
    public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel)
    {
        if (uri is not { Driver: "nwfilter", Host: null })
            return default;
        if (!options.Paths.Privileged)
            throw VireoException.Internal(ErrorDomain.Nwfilter, "nwfilter state driver is not active");
        if (uri.Path != "/system")
            throw VireoException.Internal(ErrorDomain.Nwfilter, $"unexpected nwfilter URI path '{uri.Path}', try {Whole}");
        return new(OpenOwn());
    }

    sealed class Connection(CapabilitySet shared) : IDriverConnection
    {
        public string Uri => Whole;

        public CapabilitySet Capabilities { get; } = CapabilitySet.Of<IConnectionInfo>(new SecondaryConnectionInfo("nwfilter", Whole)).Over(shared);

        public ValueTask DisposeAsync() => default;
    }
}
