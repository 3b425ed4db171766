using System.Text;
using Vireo.Host.Consoles;
using Xunit;

namespace Vireo.Tests.Host;

public class PtyTests
{
    [Fact]
    public void What_goes_in_at_one_end_comes_out_at_the_other_unchanged()
    {
        using Pty pty = Pty.Open();
        Assert.StartsWith("/dev/pts/", pty.Path);
        using var slave = Pty.Attach(pty.Path);
        using var write = new FileStream(slave, FileAccess.ReadWrite, 0);
        write.Write("a\nb\u0003"u8);
        using var read = new FileStream(pty.Master, FileAccess.ReadWrite, 0);
        var got = new byte[16];
        Assert.Equal("a\nb\u0003", Encoding.ASCII.GetString(got, 0, read.Read(got)));
    }
}
