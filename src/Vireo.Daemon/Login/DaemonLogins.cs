using Vireo.Driver.Login;
using Vireo.Host;
using Vireo.Remote;
using Vireo.Remote.Login;

namespace Vireo.Daemon.Login;

/// <summary>How a daemon proves to hypervisors who it is: by its own auth.conf. Nobody can be asked, and no client names a file.</summary>
static class DaemonLogins
{
    internal static ILogins Of(HostPaths paths, Func<string, string?> variable) => new CredentialLogins(
        new RemotePlaces(paths.RunDir, paths.RunDir, paths.Privileged, File.Exists)
        {
            UserSettings = paths.EtcDir,
            SystemFolder = paths.Root is { } root ? Path.Join(root, "etc") : "/etc",
            Variable = variable,
        }, file: null, person: null);
}
