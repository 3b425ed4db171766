using System.Text;

namespace Vireo.Host.Namespaces;

/// <summary>What is mounted below /dev.</summary>
public static class DevMounts
{
    /// <summary>The places, as this process sees them; not those below others.</summary>
    public static IReadOnlyList<string> Here() => File.Exists("/proc/self/mountinfo") ? Of(File.ReadLines("/proc/self/mountinfo")) : [];

    /// <summary>The places of a table.</summary>
    /// <param name="lines">As in /proc/PID/mountinfo.</param>
    public static IReadOnlyList<string> Of(IEnumerable<string> lines)
    {
        List<string> all = [.. lines.Select(static line => line.Split(' ', 6)).Where(static parts => parts.Length > 5)
            .Select(static parts => Plain(parts[4])).Where(static place => place.StartsWith("/dev/", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
        return [.. all.Where(place => !all.Exists(other => other.Length < place.Length && place.StartsWith(other + "/", StringComparison.Ordinal)))];
    }

    // Spaces and the like are three octal digits behind a backslash, each a byte.
    static string Plain(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int to = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            bool escaped = bytes[i] == '\\' && i + 3 < bytes.Length;
            bytes[to++] = escaped ? (byte)((bytes[i + 1] - '0') << 6 | (bytes[i + 2] - '0') << 3 | bytes[i + 3] - '0') : bytes[i];
            if (escaped)
                i += 3;
        }
        return Encoding.UTF8.GetString(bytes, 0, to);
    }
}
