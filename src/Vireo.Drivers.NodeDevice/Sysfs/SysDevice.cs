using System.Globalization;

namespace Vireo.Drivers.NodeDevice.Sysfs;

/// <summary>A device of the kernel, as its folder in sysfs and udev's record of it tell.</summary>
sealed class SysDevice
{
    readonly SysTree tree;
    readonly Dictionary<string, string> properties = new(StringComparer.Ordinal);

    SysDevice(SysTree tree, string path, string subsystem) => (this.tree, Path, Subsystem) = (tree, path, subsystem);

    /// <summary>Below /sys, with a slash before it.</summary>
    public string Path { get; }

    public string Subsystem { get; }

    /// <summary>The name of its folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Links in /dev that udev made, in order.</summary>
    public IReadOnlyList<string> Links { get; private set; } = [];

    /// <summary>Whether udev has a record of it.</summary>
    public bool KnowsUdev { get; private set; }

    /// <summary>The device of a path; null: there is none.</summary>
    internal static SysDevice? Open(SysTree tree, string path)
    {
        if (tree.LinkName($"{path}/subsystem") is not { } subsystem || tree.Text($"{path}/uevent") is not { } uevent)
            return null;
        var device = new SysDevice(tree, path, subsystem);
        foreach (string line in uevent.Split('\n'))
            device.Take(line);
        device.ReadUdev();
        return device;
    }

    void ReadUdev()
    {
        string id = this["MAJOR"] is { } major && this["MINOR"] is { } minor ? $"{(Subsystem is "block" ? 'b' : 'c')}{major}:{minor}"
            : Subsystem is "net" && this["IFINDEX"] is { } index ? "n" + index : $"+{Subsystem}:{Name}";
        if (tree.UdevRecord(id) is not { } record)
            return;
        KnowsUdev = true;
        SortedSet<string> links = new(StringComparer.Ordinal);
        foreach (string line in record.Split('\n'))
            if (line.StartsWith("E:", StringComparison.Ordinal))
                Take(line[2..]);
            else if (line.StartsWith("S:", StringComparison.Ordinal))
                links.Add(line[2..]);
        Links = [.. links];
    }

    void Take(string line)
    {
        int at = line.IndexOf('=', StringComparison.Ordinal);
        if (at > 0)
            properties[line[..at]] = line[(at + 1)..];
    }

    /// <summary>A property of the kernel's or udev's; null: it has none.</summary>
    public string? this[string property] => properties.GetValueOrDefault(property) is { Length: > 0 } value ? value : null;

    /// <summary>Whether a property says yes.</summary>
    public bool Says(string property) => Number(this[property]) is > 0;

    /// <summary>What a file of its folder says, without spaces at its end; null: nothing.</summary>
    public string? Attribute(string file) => tree.Text($"{Path}/{file}")?.TrimEnd() is { Length: > 0 } value ? value : null;

    /// <summary>The decimal number in a file.</summary>
    public ulong? NumberOf(string file) => Number(Attribute(file));

    /// <summary>The hexadecimal number in a file.</summary>
    public uint? HexOf(string file) => Hex(Attribute(file));

    /// <summary>The name of what a link of its folder leads to; null: there is no such link.</summary>
    public string? LinkName(string file) => tree.LinkName($"{Path}/{file}");

    /// <summary>Whether its folder has something of this name.</summary>
    public bool Has(string file) => tree.Exists($"{Path}/{file}");

    /// <summary>What is in its folder, or in a folder of it, in order.</summary>
    public IReadOnlyList<string> Names(string folder = "") => tree.Names($"{Path}/{folder}");

    /// <summary>What a file of its folder holds; null: it cannot be read.</summary>
    public byte[]? Bytes(string file) => tree.Bytes($"{Path}/{file}");

    /// <summary>How long such a file is said to be.</summary>
    public long Length(string file) => tree.Length($"{Path}/{file}");

    internal static uint? Hex(string? text) => text is not null && uint.TryParse(
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value) ? value : null;

    internal static ulong? Number(string? text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : null;
}
