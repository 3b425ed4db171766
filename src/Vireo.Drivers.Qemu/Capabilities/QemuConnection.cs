using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Drivers.Qemu.Notes;
using Vireo.Hypervisor.Jobs;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>One client's view of the driver. When it closes, guests that it started for itself go along.</summary>
sealed class QemuConnection : IDriverConnection
{
    readonly Caller _caller;

    internal QemuConnection(QemuKeeper keeper, string uri, Caller caller)
    {
        (Keeper, Uri, _caller) = (keeper, uri, caller);
        var info = new ConnectionInfo(this);
        var lists = new DomainLists(this);
        var definitions = new DomainDefinitions(this);
        var power = new DomainPower(this);
        var reads = new DomainReads(this);
        var saves = new DomainSaves(this, reads);
        var numbers = new DomainNumbers(this);
        var vcpus = new DomainVcpuChanges(this);
        var consoles = new DomainConsoles(this);
        var blocks = new DomainBlocks(this);
        var migrations = new DomainMigrations(this, reads);
        var tunnels = new DomainTunnels(this);
        Capabilities = CapabilitySet.Of<IConnectionInfo>(info)
            .And<IDomainLookup>(lists)
            .And<IDomainListing>(lists)
            .And<IDomainLabels>(lists)
            .And<IMachineJobs>(lists)
            .And<IDomainDefinition>(definitions)
            .And<IDomainDevices>(new DomainDevices(this))
            .And<IDomainAutostart>(definitions)
            .And<IDomainPower>(power)
            .And<IDomainReset>(power)
            .And<IDomainPause>(power)
            .And<IDomainInfo>(reads)
            .And<IDomainSecurity>(reads)
            .And<IDomainSecurityList>(reads)
            .And<IDomainManagedSaveImage>(definitions)
            .And<IDomainSave>(saves)
            .And<IDomainSaveParameters>(saves)
            .And<IDomainManagedSave>(saves)
            .And<IDomainManagedSaveXml>(saves)
            .And<IDomainVcpus>(numbers)
            .And<IDomainVcpuChanges>(vcpus)
            .And<IDomainSingleVcpus>(vcpus)
            .And<IDomainMemoryStatistics>(numbers)
            .Tuning(this)
            .Guests(this)
            .Sundry(this)
            .And<IDomainBlockStatistics>(blocks)
            .And<IDomainBlockParameters>(blocks)
            .And<ISnapshots>(new DomainSnapshots(this, reads))
            .And<ICheckpoints>(new DomainCheckpoints(this, reads))
            .And<IDomainBackup>(new DomainBackups(this, reads))
            .And<IDomainBlockJobs>(new DomainBlockJobs(this))
            .And<IDomainInterfaceStatistics>(new DomainInterfaces(this))
            .And<IDomainAddresses>(new DomainAddresses(this))
            .And<IDomainJobs>(new DomainJobs(this))
            .And<IMigrationAdvice>(new MigrationAdvice(this))
            .And<IDomainMigrationTunnelV3>(tunnels)
            .And<IDomainMigrationTunnelParameters>(tunnels)
            .And<IDomainMigrationV3>(migrations)
            .And<IDomainMigrationParameters>(migrations)
            .And<IDomainMigrationSettings>(new DomainMigrationSettings(this))
            .And<IDomainBulkStatistics>(new DomainBulk(this))
            .And<IDomainMetadata>(new DomainMetadata(this))
            .And<IDomainConsoles>(consoles)
            .And<IDomainXmlToNative>(new NativeConfigurations(this))
            .And<IDomainMessages>(new DomainMessages(this))
            .And<IDomainEvents>(lists)
            .Over(keeper.Parts);
    }

    /// <summary>What does not depend on who asks.</summary>
    internal static CapabilitySet Shared(QemuKeeper keeper)
    {
        var documents = new HostDocuments(keeper.Node);
        var node = new NodeNumbers(keeper.Node);
        var cpus = new CpuComparisons(keeper);
        var pages = new HostPages(keeper.Node);
        return keeper.Options.Host
            .And<IHostCapabilities>(documents)
            .And<IDomainCapabilities>(new GuestOffers(keeper))
            .And<INodeCpuModels>(cpus)
            .And<INodeCpuComparison>(cpus)
            .And<IHypervisorCpus>(cpus)
            .And<ISysinfo>(documents)
            .And<INodeSecurity>(documents)
            .And<INodeInfo>(node)
            .And<INodeMemory>(node)
            .And<INodeStatistics>(node)
            .And<INodeMemoryStatistics>(node)
            .And<INodeCpuMap>(node)
            .And<INodeMemoryParameters>(new HostMerging(keeper.Node.Tree))
            .And<INodePages>(pages)
            .And<INodePageAllocation>(pages)
            .And<INodeDeviceDetach>(new HostPciDevices(keeper))
            .And<INodeSleep>(new HostSleep(keeper))
            .And<INodeSev>(new NodeSev(keeper));
    }

    /// <inheritdoc/>
    public string Uri { get; }

    /// <inheritdoc/>
    public CapabilitySet Capabilities { get; }

    internal QemuKeeper Keeper { get; }

    /// <summary>The machine of a ref, or libvirt's error.</summary>
    internal QemuMachine Get(DomainRef domain) => Keeper.Machines.Get(domain);

    /// <summary>Who asks, as others that wait will see it.</summary>
    internal JobCaller As(string operation) => new($"remoteDispatch{operation}", (_caller.UserId, _caller.ProcessId) switch
    {
        (null, null) => "a client",
        ({ } user, { } process) => $"the client of user {user}, process {process}",
        ({ } user, null) => $"the client of user {user}",
        (null, { } process) => $"the client of process {process}",
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Keeper.GivenFiles.Leave(this);
        await MigrationRecovery.LeaveAsync(Keeper, this).ConfigureAwait(false);
        foreach (var machine in Keeper.Machines.All.Where(m => m.Live?.DiesWith == this).ToList())
        {
            try
            {
                await Keeper.DestroyAsync(machine, As("ConnectClose"), graceful: false, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Vireo.Core.Errors.VireoException)
            {
                // It ended by itself.
            }
        }
    }
}
