using System.Reflection;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

/// <summary>No capability is forgotten: each has a contract, or a reason why it has none yet.</summary>
public sealed class CoverageTests
{
    const string NotInTheTestDriver = "libvirt's test driver has none of it";

    /// <summary>Those without a contract. Whoever gives a driver of this repository one of the first kind writes its contract.</summary>
    static readonly Dictionary<string, string> without = Reasons(
        (NotInTheTestDriver, """
            IConnectionIdentity ICloseNotification IDomainAgentPatience IDomainAnnounce IDomainAutostartOnce IDomainBackup IDomainBlockJobs
            IDomainBlockPeek IDomainBlockResize IDomainBlockThreshold IDomainChannels IDomainConsoles IDomainDirtyRate
            IDomainFiles IDomainGraphics IDomainGraphicsReload IDomainGuestInformation IDomainGuestVcpus IDomainLaunchSecurityState
            IDomainMigrationParameters IDomainMigrationSettings IDomainMigrationTunnelParameters IDomainMigrationTunnelV2
            IDomainMigrationTunnelV3 IDomainMigrationV1 IDomainMigrationV2 IDomainMigrationV3
            IDomainSleep IDomainSshKeys IDomainThrottleGroups IDomainXmlFromNative IDomainXmlToNative IHypervisorCpus INetworkLeases
            INetworkMetadata INetworkPortLifecycle INetworkPortListing INodeDeviceDefinitions INodeDeviceDetach INodeDeviceUpdate
            INodeDeviceWwn INodeMemoryParameters INodePageAllocation INodeSev INodeSleep
            """),
        ("of one hypervisor alone", "IQemuAgent IQemuAttach IQemuMonitor IQemuMonitorEvents IQemuMonitorFiles ILxcNamespaces"),
        ("of the daemon, not of a driver", "IAdminClients IAdminDaemon IAdminLogging IAdminServers IDiskLocks IGuestLogs IMachineJobs IMigrationAdvice"),
        ("libvirt's test driver refuses what every library of today asks of it: held against stock's by virsh", "IDomainLaunchSecurity"));

    static Dictionary<string, string> Reasons(params (string Reason, string Names)[] all) =>
        all.SelectMany(one => one.Names.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(name => (name, one.Reason))).ToDictionary();

    static readonly Type[] capabilities = [.. typeof(IDriver).Assembly.GetTypes().Where(type => type.GetCustomAttribute<CapabilityAttribute>() is not null)];

    /// <summary>The capability of each class of tests; of those only that are run here, if so wanted: the others are run on real guests.</summary>
    static HashSet<Type> Held(bool here) =>
    [
        .. from type in typeof(CoverageTests).Assembly.GetTypes()
           where type.IsSubclassOf(typeof(Contract)) && !(here && type.IsAbstract)
           from one in OfClass(type)
           where !one.IsGenericParameter
           select one,
    ];

    static IEnumerable<Type> OfClass(Type type)
    {
        for (Type? at = type; at is not null; at = at.BaseType)
        {
            foreach (Type one in at.GetCustomAttribute<HoldsAttribute>(inherit: false)?.Capabilities ?? [])
                yield return one;
            if (at.IsGenericType && at.GetGenericTypeDefinition() == typeof(DomainContract<,>))
                yield return at.GetGenericArguments()[1];
        }
    }

    [Fact]
    public void Every_capability_has_a_contract_or_a_reason_why_it_has_none()
    {
        HashSet<Type> held = Held(here: false);
        Assert.Empty(capabilities.Where(one => !held.Contains(one) && !without.ContainsKey(one.Name)).Select(one => one.Name));
        Assert.Empty(without.Keys.Except(capabilities.Select(one => one.Name)));
        Assert.Empty(held.Where(one => without.ContainsKey(one.Name)).Select(one => one.Name));
        TestContext.Current.TestOutputHelper?.WriteLine($"{capabilities.Length} capabilities: {held.Count} with a contract, {without.Count} with a reason");
    }

    [Fact]
    public async Task What_the_test_driver_offers_is_held_to_a_contract()
    {
        await using var subject = new TestDriverSubject();
        await using IDriverConnection connection = await subject.OpenAsync();
        Assert.Empty(connection.Capabilities.Types.Except(Held(here: true)).Where(one => without.GetValueOrDefault(one.Name) is null or NotInTheTestDriver).Select(one => one.Name));
    }
}
