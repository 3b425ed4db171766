using Vireo.EndToEnd.Harness;

namespace Vireo.EndToEnd.Roles;

/// <summary>Programs that find a daemon's sockets in the host's place for them, and nobody else does.</summary>
static class PrivateRun
{
    /// <summary>Runs a program for which <paramref name="folder"/> is /run/libvirt.</summary>
    public static Task<CommandResult> RunAsync(string folder, params string[] command)
    {
        Needs.Root();
        return Command.RunAsync(Needs.Program("unshare"), ["-m", "--propagation", "private", "sh", "-c",
            "exec 3<\"$0\" && mount -t tmpfs run /run && mkdir /run/libvirt && mount --bind /proc/self/fd/3 /run/libvirt && exec 3<&- && exec \"$@\"",
            folder, Needs.Program(command[0]), .. command[1..]],
            new Dictionary<string, string?> { ["LIBVIRT_DEFAULT_URI"] = null, ["XDG_RUNTIME_DIR"] = null });
    }
}
