using System.Reflection;
using Vireo.Driver;
using Vireo.Tests.Contracts;
using Xunit;

namespace Vireo.EndToEnd.Contracts;

/// <summary>What the QEMU driver offers is held to the contracts, or there is a reason why not.</summary>
public sealed class QemuCoverageTests
{
    static readonly Dictionary<string, string> without = new()
    {
        ["IDomainAddresses"] = "the answers are the network's and the agent's: GuestNetworkTests",
        ["ISnapshots"] = "needs images: SnapshotTests and SnapshotModelTests",
        ["ICheckpoints"] = "needs images and a guest that writes: BackupTests and BackupModelTests",
        ["IDomainBackup"] = "needs images and a guest that writes: BackupTests and BackupModelTests",
        ["IQemuMonitor"] = "the answers are QEMU's: BackupTests write with it, MonitorCommandTests",
        ["IDomainBlockJobs"] = "needs chains of images: BlockJobTests",
        ["IDomainConsoles"] = "a stream for a person: ConsoleTests",
        ["IDomainXmlToNative"] = "a command line of QEMU's own: DaemonTests, beside stock's",
        ["IHypervisorCpus"] = "the answers are the emulator's: CpuTests and QemuModelsTests",
        ["IDomainLabels"] = "no operation: what rules of rights go by, in AccessDriverTests",
        ["IMachineJobs"] = "needs a guest that is stuck: ObservabilityTests",
        ["IDomainMigrationV3"] = "needs two hosts: MigrateAcrossTests",
        ["IDomainMigrationParameters"] = "needs two hosts: MigrateAcrossTests",
        ["IMigrationAdvice"] = "needs two hosts: MigrateExplainTests",
        ["IDomainMigrationTunnelV3"] = "needs two hosts: MigratePostcopyTests",
        ["IDomainMigrationTunnelParameters"] = "needs two hosts: MigratePostcopyTests",
        ["IDomainMigrationSettings"] = "needs two hosts: MigrateAcrossTests",
        ["ISysinfo"] = "a host without SMBIOS has none",
        ["IDomainCpuStatistics"] = "which processors a guest used no kernel of cgroup v2 tells: TuningTests, beside stock's",
        ["IDomainBlockThreshold"] = "needs a guest that writes: TuningTests, beside stock's",
        ["IDomainBlockResize"] = "what is resized is QEMU's: TuningTests, beside stock's",
        ["IDomainGraphics"] = "a stream for a viewer: ScreenAndPeekTests",
        ["IDomainChannels"] = "a stream for whoever is in the guest: ConsoleTests has the same stream",
        ["IDomainBlockPeek"] = "bytes of a file: ScreenAndPeekTests",
        ["IDomainDirtyRate"] = "the answer is QEMU's: TuningTests, beside stock's",
        ["IDomainLaunchSecurity"] = "no host of ours encrypts memory: TuningTests, beside stock's",
        ["IDomainLaunchSecurityState"] = "no host of ours encrypts memory: TuningTests, beside stock's",
        ["INodeMemoryParameters"] = "the answers are the kernel's: TuningTests, beside stock's",
        ["INodePageAllocation"] = "huge pages of the host are not ours to take: TuningTests, beside stock's errors",
        ["INodeSev"] = "no host of ours encrypts memory: TuningTests, beside stock's error",
        ["IDomainFiles"] = "needs a program that opens files: GivenFileTests",
        ["INodeSleep"] = "no test puts its host to sleep: TuningTests, beside stock's errors",
        ["IDomainFileSystems"] = "needs an agent in the guest: AgentLineTests and TuningTests",
        ["IDomainFileSystemFreeze"] = "needs an agent in the guest: AgentLineTests and TuningTests",
        ["IDomainFileSystemTrim"] = "needs an agent in the guest: AgentLineTests and TuningTests",
        ["IDomainPasswords"] = "needs an agent in the guest: AgentLineTests and TuningTests",
        ["IDomainSshKeys"] = "needs an agent in the guest: AgentLineTests and TuningTests",
        ["IDomainHostname"] = "needs an agent in the guest: AgentLineTests and TuningTests",
        ["IDomainAgentPatience"] = "needs an agent in the guest: AgentLineTests and TuningTests",
        ["IDomainTime"] = "needs an agent in the guest: AgentLineTests and TuningTests",
        ["IDomainGuestVcpus"] = "needs an agent in the guest: AgentLineTests and TuningTests",
        ["IDomainGuestInformation"] = "needs an agent in the guest: AgentLineTests and TuningTests",
        ["IDomainSleep"] = "needs an agent in the guest: AgentLineTests and TuningTests",
        ["IQemuAgent"] = "needs an agent in the guest: AgentLineTests and TuningTests",
        ["INodeDeviceDetach"] = "cards of the host are not ours to take: PciBindingTests, on a made-up /sys",
        ["IDomainStartWithFiles"] = "files go to a container's first process",
    };

    [Fact]
    public async Task Every_capability_that_is_offered_has_a_contract_or_a_reason()
    {
        Type[] held = [.. from type in typeof(QemuCoverageTests).Assembly.GetTypes()
                          where type is { IsAbstract: false } && type.IsSubclassOf(typeof(Contract))
                          from one in Bases(type)
                          where one.IsGenericType && one.GetGenericTypeDefinition() == typeof(DomainContract<,>)
                          select one.GetGenericArguments()[1]];
        await using var subject = new QemuSubject();
        IDriverConnection connection = await subject.OpenAsync();
        Assert.Empty(connection.Capabilities.Types.Except(held).Select(one => one.Name).Except(without.Keys));
    }

    static IEnumerable<Type> Bases(Type type)
    {
        for (Type? at = type; at is not null; at = at.BaseType)
            yield return at;
    }
}
