using Microsoft.Extensions.Logging;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.NodeDevice.Kinds;
using Vireo.Drivers.NodeDevice.Mediated;
using Vireo.Drivers.NodeDevice.Sysfs;
using Vireo.Host.Devices;
using Vireo.Host.Pci;

namespace Vireo.Drivers.NodeDevice;

/// <summary>Keeps the table of devices up to date: by the kernel's events, and by what mdevctl keeps.</summary>
sealed partial class NodeDeviceKeeper : IDisposable
{
    static readonly TimeSpan lookAgain = TimeSpan.FromMilliseconds(200), quiet = TimeSpan.FromMilliseconds(100);

    readonly NodeDeviceDriverOptions options;
    readonly ILogger _logger;
    readonly CancellationTokenSource stopping = new();
    readonly SemaphoreSlim defining = new(1, 1);
    DeviceEvents? heard;
    FileSystemWatcher? watcher;
    Task running = Task.CompletedTask, ready = Task.CompletedTask;
    int asked;

    internal NodeDeviceKeeper(NodeDeviceDriverOptions options)
    {
        this.options = options;
        _logger = options.Log;
        Events = new(SinkFailed);
        Tree = new SysTree(options.SystemRoot);
        Mdevctl = new Mdevctl(options);
        var names = new PciNames([.. options.PciNames]);
        Table = new DeviceTable(new DeviceReader(Tree, names, options.CardFeatures), names, Events);
    }

    internal EventHub<NodeDeviceEvent> Events { get; }

    internal SysTree Tree { get; }

    internal DeviceTable Table { get; }

    internal Mdevctl Mdevctl { get; }

    /// <summary>Completes when all devices are known.</summary>
    internal Task Ready => ready;

    /// <summary>Listens, and looks at all devices in the background.</summary>
    internal void Start()
    {
        try
        {
            heard = new DeviceEvents(Tree.UdevControl);
        }
        catch (VireoException fault)
        {
            NoEvents(fault.Message);
        }
        ready = Task.Run(LookAsync);
        running = Task.Run(ListenAsync);
    }

    async Task LookAsync()
    {
        Table.Scan();
        await ReadDefinedAsync(stopping.Token).ConfigureAwait(false);
        if (options.Paths.Privileged && Directory.Exists(options.MdevctlFolder))
        {
            watcher = new FileSystemWatcher(options.MdevctlFolder) { IncludeSubdirectories = true };
            watcher.Created += OnDefinitions;
            watcher.Changed += OnDefinitions;
            watcher.Deleted += OnDefinitions;
            watcher.Renamed += OnDefinitions;
            watcher.EnableRaisingEvents = true;
        }
    }

    async Task ListenAsync()
    {
        await ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            while (heard is not null)
                if (await heard.NextAsync(stopping.Token).ConfigureAwait(false) is { } happened)
                    Take(happened);
                else
                    Table.Scan();
        }
        catch (OperationCanceledException)
        {
            // the driver stops
        }
        catch (Exception fault) when (fault is System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            NoEvents(fault.Message);
        }
    }

    /// <summary>Something happened to a device.</summary>
    internal void Take(DeviceEvent happened)
    {
        if (happened.Action is "remove")
        {
            Table.Forget(happened.Path);
            return;
        }
        if (happened.OldPath is { } old && old != happened.Path)
            Table.Forget(old);
        if (happened.Action is "add" or "change" or "move")
            Table.LookAt(happened.Path);
    }

    // Whoever writes there writes several files.
    void OnDefinitions(object sender, FileSystemEventArgs change)
    {
        if (Interlocked.Exchange(ref asked, 1) == 0)
            _ = Task.Run(async () =>
            {
                try
                {
                    await Task.Delay(quiet, options.Time, stopping.Token).ConfigureAwait(false);
                    Interlocked.Exchange(ref asked, 0);
                    await ReadDefinedAsync(stopping.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    // the driver stops
                }
            });
    }

    /// <summary>Reads what mdevctl keeps. A user's daemon has none.</summary>
    internal async Task ReadDefinedAsync(CancellationToken cancel)
    {
        if (!options.Paths.Privileged)
            return;
        await defining.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            Table.SetDefined(await Mdevctl.DefinedAsync(address => Table.WithAddress(address)?.Name, cancel).ConfigureAwait(false));
        }
        catch (VireoException fault)
        {
            NotRead(fault.Message);
        }
        finally
        {
            defining.Release();
        }
    }

    /// <summary>Looks at everything again.</summary>
    internal async Task ReloadAsync()
    {
        await ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Table.Scan();
        await ReadDefinedAsync(stopping.Token).ConfigureAwait(false);
    }

    /// <summary>Waits until a device is there, or is not any more. It may be there before its event, or have none.</summary>
    /// <returns>Null: it did not come.</returns>
    internal async Task<T?> UntilAsync<T>(Func<T?> find, Action look, CancellationToken cancel) where T : class
    {
        using var late = new CancellationTokenSource(options.Patience, options.Time);
        while (true)
        {
            Task changed = Table.Changed;
            look();
            if (find() is { } found)
                return found;
            if (late.IsCancellationRequested)
                return null;
            await Task.WhenAny(changed, Task.Delay(lookAgain, options.Time, cancel)).ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
        }
    }

    internal async Task StopAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        watcher?.Dispose();
        await ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        heard?.Dispose();
        watcher?.Dispose();
        defining.Dispose();
        stopping.Dispose();
    }

    [LoggerMessage(4300, LogLevel.Warning, "Devices that come and go are not heard of: {Why}")]
    partial void NoEvents(string why);

    [LoggerMessage(4301, LogLevel.Warning, "Definitions of mediated devices were not read: {Why}")]
    partial void NotRead(string why);

    [LoggerMessage(4302, LogLevel.Error, "An event was not delivered")]
    partial void SinkFailed(Exception fault);
}
