using System.Globalization;

namespace Vireo.Host.Processes;

/// <summary>Limits of processes that run already.</summary>
public static unsafe class ProcessLimits
{
    /// <summary>How many bytes a process may lock now; null: it is gone.</summary>
    public static ulong? LockedMemoryOf(int pid)
    {
        try
        {
            return LockedMemoryIn(File.ReadLines($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/limits"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The same in lines as of /proc/PID/limits: "Max locked memory  8388608  8388608  bytes".</summary>
    public static ulong? LockedMemoryIn(IEnumerable<string> lines)
    {
        const string Title = "Max locked memory";
        string? soft = lines.FirstOrDefault(static l => l.StartsWith(Title, StringComparison.Ordinal))?[Title.Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return soft is "unlimited" ? ResourceLimit.Unlimited
            : ulong.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out ulong bytes) ? bytes : null;
    }

    /// <summary>Sets a limit of a process.</summary>
    /// <returns>The error of the system; 0: it is set.</returns>
    public static int Set(int pid, ResourceLimit limit)
    {
        ulong* values = stackalloc ulong[] { limit.Soft, limit.Hard };
        return LibC.prlimit(pid, (int)limit.Resource, values, null) == 0 ? 0 : System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
    }
}
