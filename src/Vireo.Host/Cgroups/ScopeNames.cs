using System.Text;

namespace Vireo.Host.Cgroups;

/// <summary>How systemd names the groups of machines (systemd.unit(5), "string escaping").</summary>
public static class ScopeNames
{
    /// <summary>The unit of a machine: "machine-qemu\\x2d1\\x2da.scope".</summary>
    public static string ScopeOf(string machine) => $"machine-{Escape(machine)}.scope";

    /// <summary>The slice that a partition is: "/machine/fast" is "machine-fast.slice".</summary>
    public static string SliceOf(string partition) => $"{string.Join('-', Parts(partition))}.slice";

    /// <summary>The folder of a partition's slice: "machine.slice/machine-fast.slice", as slices lie in one another.</summary>
    public static string FolderOf(string partition)
    {
        string[] parts = [.. Parts(partition)];
        return string.Join('/', Enumerable.Range(1, parts.Length).Select(count => string.Join('-', parts[..count]) + ".slice"));
    }

    static IEnumerable<string> Parts(string partition) => partition.Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Select(static part => Escape(part.EndsWith(".slice", StringComparison.Ordinal) ? part[..^".slice".Length] : part));

    static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (byte one in Encoding.UTF8.GetBytes(text))
        {
            bool plain = char.IsAsciiLetterOrDigit((char)one) || one is (byte)':' or (byte)'_' || one == '.' && escaped.Length > 0;
            if (plain)
                escaped.Append((char)one);
            else
                escaped.Append($"\\x{one:x2}");
        }
        return escaped.ToString();
    }
}
