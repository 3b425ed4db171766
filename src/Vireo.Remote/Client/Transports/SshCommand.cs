using System.Globalization;

namespace Vireo.Remote.Transports;

/// <summary>What ssh is told, and what it runs on the server: something that joins its input and output to the daemon's socket.</summary>
static class SshCommand
{
    /// <summary>Arguments of ssh.</summary>
    public static IReadOnlyList<string> Arguments(RemoteAddress to)
    {
        var all = new List<string>();
        if (to.Port is { } port)
            all.AddRange(["-p", port.ToString(CultureInfo.InvariantCulture)]);
        if (to.User is { } user)
            all.AddRange(["-l", user]);
        if (to.KeyFile is { } key)
            all.AddRange(["-i", key]);
        all.AddRange(["-T", "-e", "none"]);
        if (to.NoTerminal)
            all.AddRange(["-o", "BatchMode=yes"]);
        if (to.NoVerify)
            all.AddRange(["-o", "StrictHostKeyChecking=no"]);
        all.AddRange(["--", to.Host, OnServer(to)]);
        return all;
    }

    /// <summary>The command for the server, as one word for whatever shell the user has there.</summary>
    public static string OnServer(RemoteAddress to) => $"sh -c {Quote(to.Proxy switch
    {
        SshProxy.Native => Helper(to),
        SshProxy.Netcat => Netcat(to),
        _ => $"if command -v virt-ssh-helper >/dev/null 2>&1; then {Helper(to)}; else {Netcat(to)}; fi",
    })}";

    static string Helper(RemoteAddress to) => $"exec virt-ssh-helper {(to.ReadOnly ? "-r " : "")}{Quote(to.Name)}";

    // Some netcats end with their input only when they are given -q.
    static string Netcat(RemoteAddress to)
    {
        string program = Quote(to.Netcat), socket = Quote(to.Socket);
        return $"if {program} -q 2>&1 | grep -q \"requires an argument\"; then exec {program} -q0 -U {socket}; else exec {program} -U {socket}; fi";
    }

    /// <summary>One word of a shell.</summary>
    static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
