using System.Text;

namespace Vireo.Shell.Session;

/// <summary>What the program was called.</summary>
static class ProgramName
{
    /// <summary>"virsh" when that is the last part of argv[0], otherwise "vireo". Read from the kernel: a runtime host hides it.</summary>
    public static string Own()
    {
        ReadOnlySpan<byte> line = File.ReadAllBytes("/proc/self/cmdline");
        int end = line.IndexOf((byte)0);
        string first = Encoding.UTF8.GetString(end < 0 ? line : line[..end]);
        return Path.GetFileName(first) is "virsh" ? "virsh" : "vireo";
    }
}
