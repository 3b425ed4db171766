using Vireo.Host;

namespace Vireo.Daemon;

/// <summary>Where this daemon's things are, by who runs it.</summary>
static class Places
{
    internal static HostPaths Of(string? root) => Native.geteuid() == 0
        ? HostPaths.System(root)
        : HostPaths.Session(
            Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? home : "/", Environment.GetEnvironmentVariable, root);

    /// <summary>libvirtd's own pid file: the two must not run beside each other.</summary>
    internal static string PidFile(HostPaths paths) =>
        Path.Join(paths.Privileged ? Path.GetDirectoryName(paths.RunDir) : paths.RunDir, "libvirtd.pid");

    /// <summary>Takes a variable out of the environment that programs started by us get.</summary>
    internal static void Forget(string variable) => Environment.SetEnvironmentVariable(variable, null);
}
