namespace Vireo.Host.Processes;

/// <summary>What programs of the host that the daemon runs find in their environment.</summary>
public static class ProgramEnvironment
{
    /// <summary>Where they look for programs: where the daemon does.</summary>
    public static KeyValuePair<string, string> SearchPath => new("PATH", Environment.GetEnvironmentVariable("PATH") ?? "/usr/sbin:/usr/bin:/sbin:/bin");

    /// <summary>That, and words and numbers that are the same on every host.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Plain => [new("LC_ALL", "C"), SearchPath];
}
