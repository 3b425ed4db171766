using Vireo.Driver.Login;

namespace Vireo.Driver;

/// <summary>Who opens a connection, and calls. What is not known is null.</summary>
/// <param name="ReadOnly">May look, not change.</param>
/// <param name="UserId">The peer's user id.</param>
/// <param name="GroupId">The peer's group id.</param>
/// <param name="ProcessId">The peer's process.</param>
/// <param name="UserName">The name of the user.</param>
public sealed record Caller(bool ReadOnly, uint? UserId = null, uint? GroupId = null, int? ProcessId = null, string? UserName = null)
{
    /// <summary>This process itself, with every right.</summary>
    public static Caller Self { get; } = new(ReadOnly: false);

    /// <summary>Names of the user's groups, its first before the others. A group without a name is there by its number.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>When the process was started, in clock ticks since the host was: tells it from a later one of the same number.</summary>
    public ulong? ProcessStart { get; init; }

    /// <summary>The process's label of SELinux or another security module.</summary>
    public string? SecurityLabel { get; init; }

    /// <summary>The distinguished name in the certificate that it came with.</summary>
    public string? TlsName { get; init; }

    /// <summary>The name that it logged in by.</summary>
    public string? SaslName { get; init; }

    /// <summary>How it proves to a hypervisor that asks for it who it is; null: it cannot.</summary>
    public ILogins? Logins { get; init; }

    /// <summary>Who it is, for logs: "alice (uid 1000, pid 4711)".</summary>
    public string Describe()
    {
        string name = SaslName ?? UserName ?? TlsName ?? "somebody";
        var parts = new List<string>(3);
        if (UserId is { } uid)
            parts.Add($"uid {uid}");
        if (ProcessId is { } pid)
            parts.Add($"pid {pid}");
        if (ReadOnly)
            parts.Add("read-only");
        return parts.Count is 0 ? name : $"{name} ({string.Join(", ", parts)})";
    }
}
