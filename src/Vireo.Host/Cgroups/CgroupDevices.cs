using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Host.Files;

namespace Vireo.Host.Cgroups;

/// <summary>A node, or all of one driver, that a group may open.</summary>
/// <param name="IsBlock">A block device, not a character device.</param>
/// <param name="Major">The driver's number.</param>
/// <param name="Minor">The device's; null: all of the driver's.</param>
/// <param name="MayWrite">Not for reading only.</param>
public readonly record struct DeviceRule(bool IsBlock, uint Major, uint? Minor, bool MayWrite)
{
    /// <summary>All pseudo-terminals.</summary>
    public static DeviceRule Terminals { get; } = new(IsBlock: false, 136, null, MayWrite: true);

    /// <summary>The rule for the node that a path leads to; null: it is no node, or there is nothing.</summary>
    public static DeviceRule? For(string path, bool mayWrite) => FileOwner.FindNode(path) is { } node ? new(node.IsBlock, node.Major, node.Minor, mayWrite) : null;

    /// <summary>As v1 writes it: "c 136:* rw".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsBlock ? 'b' : 'c')} {Major}:{(Minor is { } one ? one.ToString(CultureInfo.InvariantCulture) : "*")} {(MayWrite ? "rw" : "r")}");
}

/// <summary>Which nodes the processes of a group may open: lists in v1, a program with a table in v2. Readable again by any later daemon.</summary>
public sealed class CgroupDevices
{
    readonly string folder;
    readonly bool unified;

    internal CgroupDevices(string folder, bool unified) => (this.folder, this.unified) = (folder, unified);

    /// <summary>Lets the group open these and nothing else.</summary>
    /// <exception cref="VireoException">The kernel refuses.</exception>
    public void AllowOnly(IReadOnlyCollection<DeviceRule> rules)
    {
        if (unified)
        {
            DeviceProgram.Attach(folder, rules);
            return;
        }
        CgroupFiles.Write(Path.Join(folder, "devices.deny"), "a");
        foreach (DeviceRule rule in rules)
            Allow(rule);
    }

    /// <summary>Lets the group open one more.</summary>
    /// <exception cref="VireoException">The kernel refuses.</exception>
    public void Allow(DeviceRule rule)
    {
        if (unified)
            DeviceProgram.Put(folder, rule);
        else
            CgroupFiles.Write(Path.Join(folder, "devices.allow"), rule.ToString());
    }

    /// <summary>Lets the group open it no more; what is open stays open.</summary>
    /// <exception cref="VireoException">The kernel refuses.</exception>
    public void Deny(DeviceRule rule)
    {
        if (unified)
            DeviceProgram.Remove(folder, rule);
        else
            CgroupFiles.Write(Path.Join(folder, "devices.deny"), (rule with { MayWrite = true }).ToString());
    }

    /// <summary>What may be opened; null: the group has no rules.</summary>
    public IReadOnlyList<DeviceRule>? Allowed()
    {
        if (unified)
            return DeviceProgram.Read(folder);
        var rules = new List<DeviceRule>();
        foreach (string line in CgroupFiles.Read(Path.Join(folder, "devices.list")).Split('\n'))
        {
            if (line.StartsWith("a ", StringComparison.Ordinal))
                return null;
            if (line.Split(' ', ':') is [var kind, var major, var minor, var access] && uint.TryParse(major, out uint driver))
                rules.Add(new(kind == "b", driver, uint.TryParse(minor, out uint one) ? one : null, access.Contains('w', StringComparison.Ordinal)));
        }
        return rules;
    }
}
