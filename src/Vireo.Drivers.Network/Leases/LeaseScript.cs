namespace Vireo.Drivers.Network.Leases;

/// <summary>What dnsmasq runs: a script that asks the program that keeps leases, and answers itself what needs none.</summary>
public static class LeaseScript
{
    /// <summary>
    /// The script's text. dnsmasq asks what is lent when it starts (<c>init</c>), which of a new network is nothing: then the file of leases is there afterwards, as the
    /// program leaves it, and the program, whose start takes longer than all else, is spared.
    /// </summary>
    /// <param name="command">The program that keeps leases, and what it is told first.</param>
    public static string Of(IReadOnlyList<string> command) => $$"""
        #!/bin/sh
        # Written by vireod; dnsmasq runs it.
        leases="${{{LeaseProgramRun.FolderVariable}}:-{{LeaseProgramRun.UsualFolder}}}/$VIR_BRIDGE_NAME.status"
        if [ "$1" = init ] && [ -n "$VIR_BRIDGE_NAME" ] && [ ! -s "$leases" ]; then
            umask 022
            >>"$leases" && exit 0
        fi
        exec {{string.Join(' ', command.Select(Quoted))}} "$@"

        """;

    static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
