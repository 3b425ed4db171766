using System.Globalization;
using System.Text.RegularExpressions;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Iscsi;

/// <summary>What iscsiadm is told and what it writes.</summary>
static partial class IscsiText
{
    /// <summary>The port that the protocol has (RFC 7143).</summary>
    public const int UsualPort = 3260;

    /// <summary>A server with the port that it is asked at.</summary>
    public static StoragePoolHost WithPort(StoragePoolHost host) => host with { Port = host.Port is > 0 ? host.Port : UsualPort };

    /// <summary>A server with its port.</summary>
    public static string Server(StoragePoolHost host) =>
        string.Create(CultureInfo.InvariantCulture, $"{(host.Name.Contains(':', StringComparison.Ordinal) ? $"[{host.Name}]" : host.Name)}:{WithPort(host).Port}");

    /// <summary>A server with its port and portal group, as iscsiadm wants it.</summary>
    public static string Portal(StoragePoolHost host) => Server(host) + ",1";

    /// <summary>One order to the record of a target.</summary>
    public static IReadOnlyList<string> Node(string portal, string target, params IReadOnlyList<string> order) => ["--mode", "node", "--portal", portal, "--targetname", target, .. order];

    /// <summary>Sets a value of it.</summary>
    public static IReadOnlyList<string> Update(string portal, string target, string name, string value) =>
        ["--mode", "node", "--portal", portal, "--target", target, "--op", "update", "--name", name, "--value", value];

    /// <summary>Asks a server for its targets.</summary>
    public static IReadOnlyList<string> Discovery(string portal, params IReadOnlyList<string> more) => ["--mode", "discovery", "--type", "sendtargets", "--portal", portal, .. more];

    /// <summary>The session of a target in a list of all; null: there is none.</summary>
    public static string? SessionOf(string listed, string target)
    {
        foreach (Match line in SessionLine().Matches(listed))
            if (line.Groups[2].Value == target)
                return line.Groups[1].Value;
        return null;
    }

    /// <summary>The interface that speaks for an initiator, in a list of all; null: there is none.</summary>
    public static string? InterfaceOf(string listed, string initiator)
    {
        foreach (Match line in InterfaceLine().Matches(listed))
            if (line.Groups[2].Value == initiator)
                return line.Groups[1].Value;
        return null;
    }

    /// <summary>Targets that a server listed.</summary>
    public static IReadOnlyList<string> Targets(string listed) => [.. TargetLine().Matches(listed).Select(static line => line.Groups[1].Value)];

    [GeneratedRegex(@"^\S+:\s+\[(\S+)\]\s+\S+\s+(\S+).*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)] private static partial Regex SessionLine();

    // The last of its five words is the initiator's name.
    [GeneratedRegex(@"^(\S+)\s+[^\s,]+,[^\s,]+,[^\s,]+,[^\s,]+,(\S+)\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)] private static partial Regex InterfaceLine();

    [GeneratedRegex(@"^\s*\S+[ \t]+(\S+)\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)] private static partial Regex TargetLine();
}
