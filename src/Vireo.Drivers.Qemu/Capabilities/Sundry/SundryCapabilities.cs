using Vireo.Driver;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Keys, pictures, dumps, names and the like.</summary>
static class SundryCapabilities
{
    /// <summary>A connection's capabilities with those of this folder.</summary>
    internal static CapabilitySet Sundry(this CapabilitySet set, QemuConnection connection)
    {
        var keys = new GuestKeys(connection);
        var dumps = new CoreDumps(connection);
        var peeks = new Peeks(connection);
        var secrets = new LaunchSecrets(connection);
        return set.And<IDomainKeys>(keys)
            .And<IDomainNmi>(keys)
            .And<IQemuMonitor>(new MonitorCommands(connection))
            .And<IDomainScreenshot>(new Screenshots(connection))
            .And<IDomainCoreDump>(dumps)
            .And<IDomainCoreDumpFormats>(dumps)
            .And<IDomainBlockPeek>(peeks)
            .And<IDomainMemoryPeek>(peeks)
            .And<IDomainGraphics>(new OpenScreens(connection))
            .And<IDomainFiles>(new DomainFiles(connection))
            .And<IDomainChannels>(new DomainChannels(connection))
            .And<IDomainRename>(new DomainRename(connection))
            .And<IDomainDirtyRate>(new DirtyRates(connection))
            .And<IDomainLaunchSecurity>(secrets)
            .And<IDomainLaunchSecurityState>(secrets);
    }
}
