using Vireo.Daemon.Roles;
using Vireo.Daemon.Service;
using Vireo.Host;

namespace Vireo.Daemon.Options;

/// <summary>What --help and --version print.</summary>
static class Help
{
    /// <summary>As libvirtd words it: clients and scripts look at the number.</summary>
    internal static string Version(string program) => $"{program} (libvirt) 9.0.0";

    internal static string Usage(string program, DaemonRole role, HostPaths paths) => $"""

        Usage:
          {program} [options]

        Options:
          -h | --help            Show this help
          -v | --verbose         Log more
          -d | --daemon          Go to the background once ready{Listen(role)}
          -t | --timeout <secs>  End after so long without clients and running guests
          -f | --config <file>   Read this configuration file
          -V | --version         Show the version
          -p | --pid-file <file> Use this PID file
               --root <dir>      Put every directory of the daemon's own under this one
               --role <name>     Be this daemon (what the program is called says so, too):
                                 {string.Join("\n                         ", RoleTable.All.Select(static one => one.Name).Chunk(5).Select(static some => string.Join(' ', some)))}
               --cpu-map <map>   What CPU models mean: a libvirt release (default 9.0.0), 'newest', or a map file

        Places:

          Configuration file (unless -f says otherwise):
            {Path.Join(paths.EtcDir, role.ConfigFile)}

          Sockets:
            {string.Join("\n    ", Sockets(role, paths))}

          PID file (unless -p says otherwise):
            {Places.PidFile(paths, role)}

        """;

    static string Listen(DaemonRole role) =>
        role.Remote is RemoteSockets.WithListen ? "\n  -l | --listen          Also listen for TCP and TLS connections" : "";

    static IEnumerable<string> Sockets(DaemonRole role, HostPaths paths) =>
        from socket in (SocketRole[])(paths.Privileged ? [SocketRole.ReadWrite, SocketRole.ReadOnly] : [SocketRole.ReadWrite])
        let file = role.SocketFile(socket)
        where file is not null
        select paths.Socket(file);
}
