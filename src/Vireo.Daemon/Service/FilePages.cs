using System.Globalization;
using System.Runtime.InteropServices;

namespace Vireo.Daemon.Service;

/// <summary>
/// The memory that the daemon's own file takes, and OpenSSL's: code and constants, of which a start reads most and an idle daemon next to nothing. They are unchanged
/// pages of files: whoever needs one after all gets it from the page cache, a microsecond later.
/// </summary>
static unsafe partial class FilePages
{
    const int DontNeed = 4;

    [LibraryImport("libc")] private static partial int madvise(nuint start, nuint length, int advice);

    /// <summary>
    /// Gives them back. Nothing else may be dropped this way: what was written to since (relocated tables too, though read-only by now) would be lost, and a file that somebody
    /// unmaps meanwhile could have made room for other memory. So only mappings without a page of their own, of files that stay mapped for life.
    /// </summary>
    internal static void GiveBack()
    {
        foreach ((nuint start, nuint end) in Unchanged(File.ReadLines("/proc/self/smaps"), Environment.ProcessPath))
            _ = madvise(start, end - start, DontNeed);
    }

    /// <summary>The mappings in a smaps file that can be dropped. OpenSSL is never unloaded once it is there.</summary>
    /// <param name="smaps">Its lines (proc_pid_smaps(5)).</param>
    /// <param name="program">The file of this program.</param>
    internal static IEnumerable<(nuint Start, nuint End)> Unchanged(IEnumerable<string> smaps, string? program)
    {
        (nuint Start, nuint End)? mapping = null;
        foreach (string line in smaps)
        {
            if (line.StartsWith("Anonymous:", StringComparison.Ordinal))
            {
                if (mapping is { } found && line.AsSpan(10).Trim() is "0 kB")
                    yield return found;
                mapping = null;
            }
            else if (char.IsAsciiHexDigitLower(line[0]) && line.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash && line.IndexOf(' ', dash) is > 0 and var space)
            {
                mapping = line[space + 2] is '-' && line.IndexOf('/', StringComparison.Ordinal) is > 0 and var path && Stays(line[path..], program)
                    && nuint.TryParse(line.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, null, out nuint start)
                    && nuint.TryParse(line.AsSpan(dash + 1, space - dash - 1), NumberStyles.AllowHexSpecifier, null, out nuint end) ? (start, end) : null;
            }
        }
    }

    static bool Stays(string file, string? program) => file == program
        || Path.GetFileName(file) is var name && (name.StartsWith("libcrypto.so.", StringComparison.Ordinal) || name.StartsWith("libssl.so.", StringComparison.Ordinal));
}
