using Vireo.Host;

namespace Vireo.Daemon.Options;

/// <summary>What --help and --version print.</summary>
static class Help
{
    /// <summary>As libvirtd words it: clients and scripts look at the number.</summary>
    internal static string Version(string program) => $"{program} (libvirt) 9.0.0";

    internal static string Usage(string program, HostPaths paths, string pidFile) => $"""

        Usage:
          {program} [options]

        Options:
          -h | --help            Show this help
          -v | --verbose         Log more
          -d | --daemon          Go to the background once ready
          -l | --listen          Also listen for TCP and TLS connections
          -t | --timeout <secs>  End after so long without clients and running guests
          -f | --config <file>   Read this configuration file
          -V | --version         Show the version
          -p | --pid-file <file> Use this PID file
               --root <dir>      Put every directory of the daemon's own under this one
               --cpu-map <map>   What CPU models mean: a libvirt release (default 9.0.0), 'newest', or a map file

        Places:

          Configuration file (unless -f says otherwise):
            {Path.Join(paths.EtcDir, "libvirtd.conf")}

          Sockets:
            {paths.Socket()}{(paths.Privileged ? $"\n    {paths.Socket("libvirt-sock-ro")}" : "")}

          PID file (unless -p says otherwise):
            {pidFile}

        """;
}
