using Vireo.Daemon.Service;
using Xunit;

namespace Vireo.Tests.Daemon;

public sealed class FilePagesTests
{
    const string Program = "/usr/sbin/vireod";

    [Fact]
    public void Only_unchanged_mappings_of_files_that_stay_are_given_back()
    {
        string[] smaps =
        [
            .. Mapping("55a000000000-55a000100000 r--p 00000000 fe:00 10 /usr/sbin/vireod", 0),
            .. Mapping("55a000100000-55a000200000 r-xp 00100000 fe:00 10 /usr/sbin/vireod", 0),
            .. Mapping("55a000200000-55a000300000 r--p 00200000 fe:00 10 /usr/sbin/vireod", 64),          // relocated
            .. Mapping("55a000300000-55a000400000 rw-p 00300000 fe:00 10 /usr/sbin/vireod", 0),
            .. Mapping("7f0000000000-7f0000100000 r-xp 00000000 fe:00 11 /usr/lib/libcrypto.so.3", 0),
            .. Mapping("7f0000100000-7f0000200000 r-xp 00000000 fe:00 12 /usr/lib/sasl2/libplain.so", 0), // can be unloaded
            .. Mapping("7f0000200000-7f0000300000 r--p 00000000 00:00 0", 0),
        ];
        Assert.Equal(
        [
            (0x55a000000000, 0x55a000100000), (0x55a000100000, 0x55a000200000), (0x7f0000000000, 0x7f0000100000),
        ], FilePages.Unchanged(smaps, Program).Select(m => ((long)m.Start, (long)m.End)));
    }

    [Fact]
    public void What_is_given_back_is_there_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "smaps is Linux's");
        FilePages.GiveBack();
        Assert.NotEmpty(FilePages.Unchanged(File.ReadLines("/proc/self/smaps"), Environment.ProcessPath));
    }

    static string[] Mapping(string head, int anonymous) => [head, "Size:               1024 kB", $"Anonymous:       {anonymous} kB", "VmFlags: rd mr mw me"];
}
