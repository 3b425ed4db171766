using System.Text;

namespace Vireo.Host.Audit;

/// <summary>How fields of records are written, by the rules of the audit subsystem.</summary>
public static class AuditText
{
    /// <summary>What stands for a value that is not there.</summary>
    public const string Unknown = "?";

    /// <summary>
    /// A field whose value somebody else chose: in quotes, or all of it in hexadecimal digits if a byte of it could be taken for something
    /// else: a quote, a space or control character, or one beyond ASCII.
    /// </summary>
    /// <param name="key">The field's name.</param>
    /// <param name="value">Its value; null: <see cref="Unknown"/>.</param>
    public static string Field(string key, string? value)
    {
        value ??= Unknown;
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        return bytes.AsSpan().IndexOfAnyExceptInRange((byte)0x21, (byte)0x7e) >= 0 || bytes.AsSpan().Contains((byte)'"')
            ? $"{key}={Convert.ToHexString(bytes)}"
            : $"{key}=\"{value}\"";
    }

    /// <summary>The field of a device node: "rdev=01:05", or "rdev=?" where there is none.</summary>
    /// <param name="device">Major and minor number.</param>
    public static string Device((uint Major, uint Minor)? device) =>
        device is { } node ? $"rdev={node.Major:X2}:{node.Minor:X2}" : "rdev=?";
}
