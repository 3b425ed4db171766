namespace Vireo.Remote;

/// <summary>Where this user's files and the sockets of this host's daemons are.</summary>
/// <param name="RuntimeFolder">The folder of the system's daemons, usually <c>/var/run/libvirt</c>.</param>
/// <param name="SessionFolder">The folder of this user's daemons.</param>
/// <param name="IsRoot">Whether this process is root's.</param>
/// <param name="Exists">Whether a socket or file is there.</param>
public sealed record RemotePlaces(string RuntimeFolder, string SessionFolder, bool IsRoot, Func<string, bool> Exists)
{
    /// <summary>The folder of the system's settings.</summary>
    public string SystemFolder { get; init; } = "/etc";

    /// <summary>The user's home.</summary>
    public string Home { get; init; } = "/";

    /// <summary>The folder of this user's settings, usually <c>~/.config/libvirt</c>.</summary>
    public string UserSettings { get; init; } = "/.config/libvirt";

    /// <summary>What a user's daemon that is started from here is told besides.</summary>
    public IReadOnlyList<string> DaemonOptions { get; init; } = [];

    /// <summary>Variables of the environment.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>As the environment has them.</summary>
    public static RemotePlaces OfThisProcess()
    {
        static string? Set(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
        string home = Set("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string session = Set("XDG_RUNTIME_DIR") ?? Set("XDG_CACHE_HOME") ?? Path.Join(home, ".cache");
        return new("/var/run/libvirt", Path.Join(session, "libvirt"), Environment.IsPrivilegedProcess, File.Exists)
        {
            Home = home,
            UserSettings = Path.Join(Set("XDG_CONFIG_HOME") ?? Path.Join(home, ".config"), "libvirt"),
            Variable = Set,
        };
    }

    /// <summary>The socket by mode: the driver's own daemon if its socket is there, else the one that serves all.</summary>
    internal string Find(string mode, string? daemon, bool session, bool readOnly)
    {
        string folder = session ? SessionFolder : RuntimeFolder;
        string suffix = readOnly && !session ? "-sock-ro" : "-sock";
        string legacy = Path.Join(folder, "libvirt" + suffix);
        if (mode is "legacy" || daemon is null)
            return legacy;
        string direct = Path.Join(folder, daemon + suffix);
        return mode is "direct" || Exists(direct) ? direct : legacy;
    }
}
