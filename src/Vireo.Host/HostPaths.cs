namespace Vireo.Host;

/// <summary>
/// The directories that a daemon owns, in libvirt's places. <c>--root DIR</c> puts all of them under DIR, so that any
/// number of daemons run side by side; paths that a user wrote, and those of the system, are never changed.
/// </summary>
/// <param name="EtcDir">Configuration and persistent definitions.</param>
/// <param name="RunDir">Sockets, pid files and the status of what runs; gone after a boot.</param>
/// <param name="LogDir">Logs.</param>
/// <param name="LibDir">What guests keep: save images, firmware variables, sockets.</param>
/// <param name="CacheDir">What can be found out again.</param>
/// <param name="Privileged">The system daemon, as against one user's.</param>
/// <param name="Root">What <c>--root</c> gave, an absolute path; null: the real places.</param>
public sealed record HostPaths(
    string EtcDir, string RunDir, string LogDir, string LibDir, string CacheDir, bool Privileged, string? Root = null)
{
    /// <summary>The places of the system daemon.</summary>
    public static HostPaths System(string? root = null)
    {
        root = Absolute(root);
        return new HostPaths(
            Under(root, "/etc/libvirt"), Under(root, "/run/libvirt"), Under(root, "/var/log/libvirt"),
            Under(root, "/var/lib/libvirt"), Under(root, "/var/cache/libvirt"), Privileged: true, root);
    }

    /// <summary>
    /// The places of a user's own daemon, by the XDG variables. Without XDG_RUNTIME_DIR the cache takes the sockets too.
    /// </summary>
    /// <param name="home">The user's home.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="root">What <c>--root</c> gave.</param>
    public static HostPaths Session(string home, Func<string, string?> variable, string? root = null)
    {
        root = Absolute(root);
        string Of(string name, string otherwise) =>
            Under(root, Path.Join(variable(name) is { } set && Path.IsPathRooted(set) ? set : otherwise, "libvirt"));
        string config = Of("XDG_CONFIG_HOME", Path.Join(home, ".config"));
        string cache = Of("XDG_CACHE_HOME", Path.Join(home, ".cache"));
        string run = variable("XDG_RUNTIME_DIR") is { Length: > 0 } ? Of("XDG_RUNTIME_DIR", "/") : cache;
        return new HostPaths(config, run, cache, config, cache, Privileged: false, root);
    }

    /// <summary>Where a driver of this daemon keeps its things.</summary>
    public DriverPaths Driver(string driver) => DriverPaths.Of(this, driver);

    /// <summary>The read-write socket of a daemon (<c>libvirt-sock</c>, or a modular daemon's <c>virtqemud-sock</c>).</summary>
    public string Socket(string name = "libvirt-sock") => Path.Join(RunDir, name);

    /// <summary>
    /// Eight hexadecimal digits of the root, for names that live outside of it (cgroups); empty without a root.
    /// </summary>
    public string RootHash => Root is null ? "" : RootHashOf(Root);

    static string RootHashOf(string root)
    {
        uint hash = 2166136261;
        foreach (char c in root)
            hash = (hash ^ c) * 16777619;
        return hash.ToString("x8");
    }

    static string Under(string? root, string path) => root is null ? path : Path.Join(root, path);

    static string? Absolute(string? root)
    {
        if (string.IsNullOrEmpty(root))
            return null;
        string whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        return whole == "/" ? null : whole;
    }
}
