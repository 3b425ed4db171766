using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Capabilities;
using Vireo.Drivers.Qemu.Checkpoints;
using Vireo.Drivers.Qemu.Hotplug.Vcpus;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Drivers.Qemu.Save;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Snapshots;
using Vireo.Drivers.Qemu.Start;
using Vireo.Host.Files;
using Vireo.Hypervisor.Jobs;

namespace Vireo.Drivers.Qemu;

/// <summary>The QEMU driver of one daemon: <c>qemu:///system</c> for the system's, <c>qemu:///session</c> for a user's.</summary>
#pragma warning disable CA1001 // the source has no timer and no wait handle: nothing to dispose
public sealed class QemuDriver : IDriver
#pragma warning restore CA1001
{
    static readonly TimeSpan TakeOverPatience = TimeSpan.FromSeconds(30);

    readonly QemuKeeper _keeper;
    FileLock? _lock;
    readonly CancellationTokenSource _stopping = new();
    Task _reconnected = Task.CompletedTask;
    Task _settled = Task.CompletedTask, _completed = Task.CompletedTask;

    QemuDriver(QemuKeeper keeper) => _keeper = keeper;

    /// <summary>Makes the driver; nothing is read or started yet.</summary>
    public static QemuDriver Create(QemuDriverOptions options) => new(new QemuKeeper(options));

    /// <inheritdoc/>
    public string Type => "QEMU";

    /// <summary>The flows of this driver, whose steps tests go through.</summary>
    public static IReadOnlyList<Hypervisor.Flows.IFlow> Flows => [.. DomainDefinitions.Flows, StartFlow.Steps, StopFlow.Steps, AbandonFlow.Steps, ConnectFlow.Steps, AttachFlow.Steps, .. DetachFlow.Steps, MediaChange.Steps, VcpuFlow.Steps, .. MigrationRecovery.Flows, BlockJobStart.Steps, BlockCopyFlow.Steps, BlockJobEnd.Steps, .. SnapshotFlows.Steps, SnapshotRevert.Steps, SnapshotDelete.Steps, CheckpointTake.Steps, CheckpointDelete.Steps, Backups.BackupBegin.Steps, Backups.BackupEnd.Steps];

    string Path => _keeper.Host.Privileged ? "/system" : "/session";

    /// <summary>
    /// Loads definitions, lists the guests that run, and begins to take them over. Returns as soon as clients may come;
    /// <see cref="Settled"/> completes when every guest is taken over and those of the autostart list are started.
    /// </summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        _ = Task.Run(CpuContracts.Prepare, cancel);
        StateFolders.Make(_keeper.Host, _keeper.Paths, _keeper.Security);
        _lock = FileLock.TryTake(_keeper.Paths.LockFile) ?? throw VireoException.Internal(
            ErrorDomain.Qemu, $"Failed to acquire pid file '{_keeper.Paths.LockFile}': another daemon uses it");
        await Start.Network.MacFilter.PrepareAsync(_keeper, cancel).ConfigureAwait(false);
        var definitions = await _keeper.Loading.ReadAsync().ConfigureAwait(false);
        _reconnected = Reconnect.Begin(_keeper, definitions, _stopping.Token);
        _completed = Task.Run(() => DefinitionLoad.CompleteAll(definitions, _stopping.Token), CancellationToken.None);
        _settled = AutostartAsync();
    }

    /// <summary>Completes when the guests of a daemon before are taken over and autostart is done.</summary>
    public Task Settled => _settled;

    /// <summary>
    /// Reads definitions again that somebody else wrote. A guest whose turn does not come is waited for as any change waits; no other
    /// waits for it.
    /// </summary>
    public Task ReloadAsync() => DefinitionReload.RunAsync(_keeper, _stopping.Token);

    /// <summary>Lets go of all guests; they go on.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _reconnected.ConfigureAwait(false);
        await _settled.ConfigureAwait(false);
        await _completed.ConfigureAwait(false);
        foreach (var machine in _keeper.Machines.All)
        {
            if (machine.Live is not { } live) continue;
            live.Abandoned = true;
            _keeper.Save(machine);
            await live.Monitor.DisposeAsync().ConfigureAwait(false);
            live.Process.Dispose();
        }
        _lock?.Dispose();
    }

    // Once after each boot of the host, as the file says that lives until the next.
    async Task AutostartAsync()
    {
        try
        {
            await _reconnected.WaitAsync(TakeOverPatience, _keeper.Time, _stopping.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A guest that does not answer keeps no other from its start.
        }
        catch (OperationCanceledException)
        {
            return;
        }
        if (File.Exists(_keeper.Paths.AutostartedFile)) return;
        AtomicFile.Write(_keeper.Paths.AutostartedFile, "", durable: false);
        foreach (var machine in _keeper.Machines.All.Where(m => m.Snapshot is { Autostart: true, IsActive: false }).ToList())
        {
            try
            {
                await using var job = await machine.EnterAsync(Job.Modify, "autostart", CancellationToken.None).ConfigureAwait(false);
                if (machine.Snapshot is not { IsActive: false, Persistent: { } def }) continue;
                var facts = await _keeper.FactsForAsync(def, CancellationToken.None).ConfigureAwait(false);
                await RestoreIn.StartDefinedAsync(_keeper, machine, def, facts, anew: false, _keeper.Config.AutoStartBypassCache, new StartWishes(), CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                _keeper.Log.AutostartFailed(machine.Name, e);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel)
    {
        if (uri is not null && uri.Driver != "qemu") return new((IDriverConnection?)null);
        if (uri is not null && uri.Path != Path)
            throw VireoException.Internal(ErrorDomain.Qemu, uri.Path.Length == 0
                ? "no QEMU URI path given, try qemu:///system"
                : $"unexpected QEMU URI path '{uri.Path}', try qemu://{Path}");
        return new(new QemuConnection(_keeper, $"qemu://{Path}", caller));
    }
}
