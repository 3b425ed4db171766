using System.Buffers;
using System.Text;

namespace Vireo.Hypervisor.Security.AppArmor;

/// <summary>
/// The rules for files in a guest's AppArmor profile, in the language of apparmor.d(5). Paths are taken letter by letter: what the language would read as a
/// pattern is escaped, so a name that somebody chose opens nothing but itself.
/// </summary>
public sealed class AppArmorRules
{
    /// <summary>What follows the rules of files that a guest got as open descriptors: they stay while it runs, for the kernel asks again at every use.</summary>
    public const string Descriptor = " # descriptor";

    static readonly SearchValues<char> special = SearchValues.Create("\\\"*?[]{}^");

    // What no device of a guest is: the host's own programs and settings, and what the kernel shows of itself.
    static readonly string[] closed =
        ["/bin/", "/sbin/", "/lib/", "/lib32/", "/lib64/", "/libx32/", "/etc/", "/proc/", "/sys/", "/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/", "/usr/local/etc/"];

    // What it may read, as firmware and kernels are.
    static readonly string[] readable = ["/boot/", "/usr/"];

    readonly List<(string Path, string Access)> allowed = [];
    readonly HashSet<string> onlyRead = new(StringComparer.Ordinal);

    /// <summary>The rules, one a line, in the order in which their files were added first. What may be written is not refused for writing elsewhere.</summary>
    public IReadOnlyList<string> Lines =>
    [
        .. allowed.Select(static rule => $"  \"{rule.Path}\" {rule.Access},"),
        .. allowed.Where(rule => onlyRead.Contains(rule.Path) && !rule.Access.Contains('w', StringComparison.Ordinal)).Select(static rule => $"  deny \"{rule.Path}\" w,"),
    ];

    /// <summary>Lets a file be used.</summary>
    /// <param name="path">An absolute path; symbolic links in it are followed, as the kernel follows them before it looks at rules.</param>
    /// <param name="access">Letters of the language: r, w, k (lock), m (map as code), l (link).</param>
    /// <param name="below">Its subtree instead of itself: <c>/**</c>, <c>/{,**}</c>, <c>/</c>; empty: itself.</param>
    public void Allow(string path, string access, string below = "")
    {
        string rule = Escape(Follow(path)) + below;
        int at = allowed.FindIndex(known => known.Path == rule);
        if (at < 0) allowed.Add((rule, access));
        else allowed[at] = (rule, string.Concat(allowed[at].Access.Union(access)));
    }

    /// <summary>
    /// Lets a file be read but not written. That writing is refused goes without saying; saying so keeps programs that try it first out of the audit.
    /// </summary>
    public void AllowReading(string path, string access)
    {
        Allow(path, access);
        onlyRead.Add(Escape(Follow(path)));
    }

    /// <summary>Whether guests never get a path, whoever writes it into a definition.</summary>
    public static bool IsClosed(string path, bool readOnly)
    {
        string real = Follow(path);
        return Array.Exists(closed, folder => real.StartsWith(folder, StringComparison.Ordinal))
            || !readOnly && Array.Exists(readable, folder => real.StartsWith(folder, StringComparison.Ordinal));
    }

    /// <summary>A path as a rule names it.</summary>
    public static string Escape(string path)
    {
        if (path.AsSpan().IndexOfAny(special) < 0 && !path.AsSpan().ContainsAnyInRange('\0', '\x1f'))
            return path;
        var escaped = new StringBuilder();
        foreach (char c in path)
        {
            if (c < ' ')
                escaped.Append('\\').Append(Convert.ToString(c, 8).PadLeft(3, '0'));
            else if (special.Contains(c))
                escaped.Append('\\').Append(c);
            else
                escaped.Append(c);
        }
        return escaped.ToString();
    }

    // Of what is not there yet, the folder that is.
    static string Follow(string path)
    {
        for (string left = Path.TrimEndingDirectorySeparator(path), tail = ""; left.Length > 1; left = Path.GetDirectoryName(left) ?? "/")
        {
            if (Host.Files.HostFile.RealPath(left) is { } real)
                return tail.Length == 0 ? real : Path.Join(real, tail);
            tail = tail.Length == 0 ? Path.GetFileName(left) : Path.Join(Path.GetFileName(left), tail);
        }
        return path;
    }
}
