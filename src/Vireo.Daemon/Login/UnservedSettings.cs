using Vireo.Core.Config;
using Vireo.Core.Errors;

namespace Vireo.Daemon.Login;

/// <summary>Settings that ask for what this daemon has not got: better no daemon than one that does not obey.</summary>
static class UnservedSettings
{
    /// <exception cref="VireoException">There is one.</exception>
    internal static void Check(LibvirtdConfig config)
    {
        if (config.OvsTimeout is not null)
            throw Refused("ovs_timeout: Open vSwitch is not driven");
    }

    static VireoException Refused(string what) => new(ErrorCode.ConfigUnsupported, ErrorDomain.Conf, what);
}
