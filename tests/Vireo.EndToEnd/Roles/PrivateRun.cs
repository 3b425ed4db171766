using Vireo.EndToEnd.Harness;

namespace Vireo.EndToEnd.Roles;

/// <summary>Programs that find a daemon's sockets in the host's place for them, and nobody else does.</summary>
static class PrivateRun
{
    /// <summary>Runs a program for which <paramref name="folder"/> is /run/libvirt.</summary>
    public static Task<CommandResult> RunAsync(string folder, params string[] command) => StartAsync(folder, ":", command);

    /// <summary>The same, with other settings of clients (<c>/etc/libvirt/libvirt.conf</c>).</summary>
    public static Task<CommandResult> RunWithSettingsAsync(string folder, string settings, params string[] command) =>
        StartAsync(folder, $"mount -t tmpfs etc /etc/libvirt && cat >/etc/libvirt/libvirt.conf <<'END'\n{settings}END\n", command);

    static Task<CommandResult> StartAsync(string folder, string preparation, string[] command)
    {
        Needs.Root();
        return Command.RunAsync(Needs.Program("unshare"), ["-m", "--propagation", "private", "sh", "-c",
            preparation + "\nexec 3<\"$0\" && mount -t tmpfs run /run && mkdir /run/libvirt && mount --bind /proc/self/fd/3 /run/libvirt && exec 3<&- && exec \"$@\"",
            folder, Needs.Program(command[0]), .. command[1..]],
            new Dictionary<string, string?> { ["LIBVIRT_DEFAULT_URI"] = null, ["XDG_RUNTIME_DIR"] = null });
    }
}
