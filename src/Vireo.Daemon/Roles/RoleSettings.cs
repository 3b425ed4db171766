using Vireo.Core.Config;
using Vireo.Core.Errors;

namespace Vireo.Daemon.Roles;

/// <summary>A role's configuration: libvirtd's keys, less those that would find nothing in the role to set.</summary>
static class RoleSettings
{
    /// <summary>Reads it.</summary>
    /// <exception cref="VireoException">A value is wrong, or asks for what this role does not have.</exception>
    internal static LibvirtdConfig Read(DaemonRole role, ConfFile file)
    {
        foreach (LibvirtdKey key in LibvirtdKeys.All)
            if (file.Find(key.Name) is { } value && WhyNot(role, key) is { } why)
                throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Conf, file.Wrong(value, $"{key.Name}: {why}").Message);
        return LibvirtdConfig.From(file, new LibvirtdConfig { ListenTls = role.Remote is RemoteSockets.WithListen });
    }

    /// <summary>Why a key has nothing to set in a role; null: it has.</summary>
    internal static string? WhyNot(DaemonRole role, LibvirtdKey key) => key.Home switch
    {
        LibvirtdKeyHome.RemoteSockets when role.Remote is RemoteSockets.None => $"{role.Name} does not listen for TCP or TLS",
        LibvirtdKeyHome.Drivers when role.IsProxy => $"{role.Name} has no driver: this is for the daemons behind it",
        _ => null,
    };
}
