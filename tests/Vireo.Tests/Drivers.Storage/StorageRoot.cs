using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Storage;
using Vireo.Host;
using Vireo.Host.Processes;
using Vireo.Host.Topology;
using Vireo.Hypervisor.Flows;
using Vireo.Tests.Contracts;

namespace Vireo.Tests.Drivers.Storage;

/// <summary>The storage driver in this process, with a root of its own, and folders c1, c2 and c3 for pools.</summary>
public sealed class StorageRoot : ISubject
{
    readonly ProcessHost processes = new(Launcher.Find(Environment.GetEnvironmentVariable(Launcher.Variable), AppContext.BaseDirectory));

    public StorageRoot()
    {
        foreach (string name in (string[])["c1", "c2", "c3"])
            Directory.CreateDirectory(Path.Join(Folder, name));
        Paths = HostPaths.System(Path.Join(Folder, "root"));
    }

    /// <summary>What differs here.</summary>
    public StorageTraits Traits => new(Folder, ErrorCode.InternalError, ErrorCode.StorageVolExist, ErrorCode.SystemError);

    /// <summary>A folder that is gone afterwards.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("storage").FullName;

    public HostPaths Paths { get; }

    /// <summary>Looks on at flows.</summary>
    public IFlowProbe? Probe { get; set; }

    public StorageDriver Driver { get; private set; } = null!;

    /// <summary>Where programs are; null: where the host has them.</summary>
    public Func<string, string?>? Programs { get; set; }

    /// <summary>Where the host's /dev and /sys are.</summary>
    public string HostRoot { get; set; } = "/";

    /// <summary>Values of secrets.</summary>
    public ISecretValues? Secrets { get; set; }

    /// <summary>Starts a driver, perhaps after another.</summary>
    public async Task<StorageDriver> StartAsync()
    {
        Driver = StorageDriver.Create(new StorageDriverOptions
        {
            Paths = Paths, Processes = processes, FlowProbe = Probe, FindProgram = Programs, HostTree = new HostTree(HostRoot), Secrets = Secrets,
        });
        await Driver.StartAsync(CancellationToken.None);
        return Driver;
    }

    /// <summary>Ends it and starts another in its place.</summary>
    public async Task<StorageDriver> RestartAsync()
    {
        await Driver.StopAsync();
        return await StartAsync();
    }

    /// <summary>A capability of it.</summary>
    public T Get<T>() where T : class => Driver.Capabilities.Find<T>() ?? throw new InvalidOperationException($"{typeof(T).Name} is not offered");

    /// <summary>A pool that is a folder of <see cref="Folder"/>.</summary>
    public string Document(string name) => $"<pool type='dir'><name>{name}</name><target><path>{Folder}/{name}</path></target></pool>";

    /// <summary>One that is started.</summary>
    public async Task<StoragePoolRef> StartedAsync(string name = "c1")
    {
        StoragePoolRef pool = await Get<IStoragePoolLifecycle>().DefineAsync(Document(name), StoragePoolDefineFlags.None, default);
        await Get<IStoragePoolLifecycle>().CreateAsync(pool, StoragePoolCreateFlags.Normal, default);
        return pool;
    }

    public async ValueTask<IDriverConnection> OpenAsync()
    {
        await StartAsync();
        return (await Driver.OpenAsync(ConnectionUri.Parse("storage:///system"), Caller.Self, default))!;
    }

    public void Hear() { }

    public async ValueTask DisposeAsync()
    {
        if (Driver is not null)
            await Driver.StopAsync();
        processes.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
