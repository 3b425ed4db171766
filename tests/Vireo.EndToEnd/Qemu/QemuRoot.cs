using System.Collections.Concurrent;
using Vireo.Core;
using Vireo.Cpu.Map;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Qemu;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Host;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Flows;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>A root of its own for the driver, driven in this process, with real QEMUs that end with it.</summary>
public sealed class QemuRoot : IAsyncDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("vireo-qemu-").FullName;
    readonly ProcessHost _processes = new(Launcher.Find(Environment.GetEnvironmentVariable(Launcher.Variable), AppContext.BaseDirectory));
    QemuDriver? _driver;

    public const string Emulator = "/usr/bin/qemu-system-x86_64";

    public QemuRoot()
    {
        if (!File.Exists(Emulator)) Assert.Skip($"{Emulator} is not there");
    }

    public IFlowProbe? Probe { get; set; }

    /// <summary>What CPU models mean to the next driver.</summary>
    public CpuMap CpuMap { get; set; } = CpuMap.Default;

    /// <summary>Who leads migrations for the next driver.</summary>
    public IPeerMigrations? Peers { get; set; }

    /// <summary>Who knows secrets for the next driver.</summary>
    public ISecretValues? Secrets { get; set; }

    /// <summary>What qemu.conf says to the next driver.</summary>
    public QemuConfig Config { get; set; } = new();

    public string KvmDevice { get; set; } = "/dev/kvm";

    public TimeSpan JobPatience { get; set; } = TimeSpan.FromSeconds(30);

    public HostPaths Paths => HostPaths.System(_root);

    public DriverPaths Places => Paths.Driver("qemu");

    public IDriverConnection Connection { get; private set; } = null!;

    public ConcurrentQueue<string> Told { get; } = new();

    public T Get<T>() where T : class => Connection.Capabilities.Find<T>() ?? throw new InvalidOperationException(typeof(T).Name);

    public ProcessHost Processes => _processes;

    /// <summary>Starts a daemon's driver on what is in the root.</summary>
    public async Task<QemuRoot> StartAsync()
    {
        _driver = QemuDriver.Create(new QemuDriverOptions
        {
            Paths = Paths, Processes = _processes, FlowProbe = Probe, JobPatience = JobPatience, KvmDevice = KvmDevice, CpuMap = CpuMap, Peers = Peers, Secrets = Secrets, Config = Config,
        });
        await _driver.StartAsync(CancellationToken.None);
        await _driver.Settled;
        Connection = await OpenAsync();
        await Get<IDomainEvents>().SubscribeAsync(DomainEventId.Reboot, null, _ => _rebooted.TrySetResult(), CancellationToken.None);
        await Get<IDomainEvents>().SubscribeAsync(DomainEventId.Lifecycle, null, e =>
        {
            var life = (DomainLifecycleEvent)e;
            Told.Enqueue($"{life.Domain.Name} {(life.Domain.Id < 0 ? "off" : "on")} {life.Type} {life.Detail}");
        }, CancellationToken.None);
        return this;
    }

    readonly TaskCompletionSource _rebooted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits for a guest's reboot.</summary>
    public Task RebootedAsync() => _rebooted.Task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>One more connection to the driver.</summary>
    public async Task<IDriverConnection> OpenAsync() =>
        (await _driver!.OpenAsync(ConnectionUri.Parse("qemu:///system"), Caller.Self, CancellationToken.None))!;

    /// <summary>The daemon stops; guests go on.</summary>
    public async Task StopAsync()
    {
        await _driver!.StopAsync();
        _driver = null;
    }

    public static string Guest(string name, string extra = "", string type = "qemu") => $"""
        <domain type='{type}'>
          <name>{name}</name>
          <uuid>{Uuid.NewRandom()}</uuid>
          <memory unit='MiB'>32</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <features><acpi/></features>
          {extra}
          <devices>
            <emulator>{Emulator}</emulator>
            <serial type='pty'/>
            <console type='pty'/>
            <memballoon model='virtio'/>
          </devices>
        </domain>
        """;

    public async Task<DomainRef> DefineAsync(string name, string extra = "") =>
        await Get<IDomainDefinition>().DefineAsync(Guest(name, extra), default, CancellationToken.None);

    public async Task<DomainStateReason> StateAsync(DomainRef domain) =>
        await Get<IDomainInfo>().GetStateAsync(domain, 0, CancellationToken.None);

    /// <summary>The pids of the QEMUs of this root.</summary>
    public IReadOnlyList<int> Pids() =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(n => int.TryParse(n, out _)).Select(n => int.Parse(n!))
            .Where(pid =>
            {
                try
                {
                    return File.ReadAllText($"/proc/{pid}/environ").Contains($"HOME={_root}/", StringComparison.Ordinal)
                        && File.ReadAllText($"/proc/{pid}/cmdline").Split('\0')[0] == Emulator;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    return false;
                }
            })];

    /// <summary>Waits for an event, however long the machine takes.</summary>
    public async Task HeardAsync(string told)
    {
        for (int i = 0; i < 3000 && !Told.Contains(told); i++) await Task.Delay(10);
        Assert.Contains(told, Told);
    }

    /// <summary>Waits until an event was told this often.</summary>
    public async Task HeardTimesAsync(string told, int times)
    {
        for (int i = 0; i < 6000 && Told.Count(t => t == told) < times; i++) await Task.Delay(10);
        Assert.Equal(times, Told.Count(t => t == told));
    }

    public async ValueTask DisposeAsync()
    {
        if (_driver is not null)
        {
            foreach (var left in await Get<IDomainListing>().ListAllAsync(ListDomainsFlags.Active, CancellationToken.None))
                await Get<IDomainPower>().DestroyAsync(left, CancellationToken.None);
            await StopAsync();
        }
        foreach (int pid in Pids())
            if (_processes.Find(pid) is { } left)
                using (left) await left.EndAsync(TimeSpan.Zero, TimeProvider.System);
        _processes.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
