using Vireo.Driver;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>What guests' agents do.</summary>
static class GuestCapabilities
{
    /// <summary>A connection's capabilities with those of this folder.</summary>
    internal static CapabilitySet Guests(this CapabilitySet set, QemuConnection connection)
    {
        var files = new GuestFileSystems(connection);
        var accounts = new GuestAccounts(connection);
        return set.And<IDomainFileSystems>(files)
            .And<IDomainFileSystemFreeze>(files)
            .And<IDomainFileSystemTrim>(files)
            .And<IDomainPasswords>(accounts)
            .And<IDomainSshKeys>(accounts)
            .And<IDomainHostname>(accounts)
            .And<IDomainAgentPatience>(accounts)
            .And<IDomainTime>(new GuestClock(connection))
            .And<IDomainGuestVcpus>(new GuestVcpus(connection))
            .And<IDomainGuestInformation>(new GuestInformation(connection))
            .And<IDomainSleep>(new GuestSleep(connection))
            .And<IQemuAgent>(new AgentCommands(connection));
    }
}
