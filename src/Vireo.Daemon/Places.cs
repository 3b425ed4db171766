using System.Text;
using Vireo.Daemon.Roles;
using Vireo.Host;

namespace Vireo.Daemon;

/// <summary>Where this daemon's things are, by who runs it.</summary>
static class Places
{
    internal static HostPaths Of(string? root) => Native.geteuid() == 0
        ? HostPaths.System(root)
        : HostPaths.Session(
            Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? home : "/", Environment.GetEnvironmentVariable, root);

    /// <summary>The pid file of libvirt's daemon of this role: the two must not run beside each other.</summary>
    internal static string PidFile(HostPaths paths, DaemonRole role) =>
        Path.Join(paths.Privileged ? Path.GetDirectoryName(paths.RunDir) : paths.RunDir, role.PidFile);

    /// <summary>The last part of argv[0]. Read from the kernel: a runtime host hides it.</summary>
    internal static string ProgramName(string commandLineFile = "/proc/self/cmdline")
    {
        ReadOnlySpan<byte> line = File.ReadAllBytes(commandLineFile);
        int end = line.IndexOf((byte)0);
        return Path.GetFileName(Encoding.UTF8.GetString(end < 0 ? line : line[..end]));
    }

    /// <summary>Takes a variable out of the environment that programs started by us get.</summary>
    internal static void Forget(string variable) => Environment.SetEnvironmentVariable(variable, null);
}
