using System.Globalization;
using Vireo.Core.Xml;

namespace Vireo.Model.Storage;

/// <summary>Owner, mode and label of a pool's folder or of a volume.</summary>
[Element("permissions", OmitEmpty = true)]
public sealed partial record StoragePermissions
{
    [Text("mode", Bad = "xml|malformed octal mode")] public FileMode? Mode { get; init; }
    [Text("owner", Bad = "xml|malformed owner element")] public FileOwner? Owner { get; init; }
    [Text("group", Bad = "xml|malformed group element")] public FileOwner? Group { get; init; }
    [Text("label")] public string? Label { get; init; }

    /// <summary>Without the owners that mean nobody in particular (-1), which is as good as not to name them.</summary>
    public StoragePermissions Normal() => this with
    {
        Owner = Owner is { Id: FileOwner.Nobody } ? null : Owner,
        Group = Group is { Id: FileOwner.Nobody } ? null : Group,
    };
}

/// <summary>When a file was touched, as seconds and nanoseconds joined by a point; only a volume that exists has it.</summary>
[Element("timestamps", OmitEmpty = true)]
public sealed partial record VolumeTimestamps
{
    [Text("atime")] public string? Access { get; init; }
    [Text("mtime")] public string? Modification { get; init; }
    [Text("ctime")] public string? Change { get; init; }
    [Text("btime")] public string? Birth { get; init; }
}

/// <summary>A file's mode, written in octal behind a nought.</summary>
/// <param name="Bits">From 0 to 07777.</param>
public readonly record struct FileMode(uint Bits) : IXmlValue<FileMode>
{
    /// <inheritdoc/>
    public static bool TryParse(string text, out FileMode value)
    {
        uint bits = 0;
        foreach (char digit in text)
        {
            if (digit is < '0' or > '7' || bits > 0xfff)
            {
                value = default;
                return false;
            }
            bits = bits * 8 + (uint)(digit - '0');
        }
        value = new FileMode(bits);
        return text.Length > 0 && bits <= 0xfff;
    }

    /// <inheritdoc/>
    public string ToXml() => "0" + Convert.ToString(Bits, 8);
}

/// <summary>The number of a user or group.</summary>
/// <param name="Id">The number; <see cref="Nobody"/> (written -1) for nobody in particular.</param>
public readonly record struct FileOwner(uint Id) : IXmlValue<FileOwner>
{
    /// <summary>Nobody in particular.</summary>
    public const uint Nobody = uint.MaxValue;

    /// <inheritdoc/>
    public static bool TryParse(string text, out FileOwner value)
    {
        bool good = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint id);
        value = new FileOwner(good ? id : Nobody);
        return good || text == "-1";
    }

    /// <inheritdoc/>
    public string ToXml() => Id == Nobody ? "-1" : Id.ToString(CultureInfo.InvariantCulture);
}
