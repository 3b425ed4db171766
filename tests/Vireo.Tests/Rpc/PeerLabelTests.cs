using System.Text;
using Vireo.Rpc.Posix;
using Xunit;

namespace Vireo.Tests.Rpc;

/// <summary>Labels of peers as kernels with different security modules give them.</summary>
public sealed class PeerLabelTests
{
    const int ERANGE = 34, ENOPROTOOPT = 92;

    static PeerLabel.Asking Kernel(string label) => (Span<byte> room, out int length) =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(label);
        length = bytes.Length;
        if (bytes.Length > room.Length)
            return ERANGE;
        bytes.CopyTo(room);
        return 0;
    };

    [Theory]
    [InlineData("staff_u:staff_r:staff_t:s0-s0:c0.c1023\0", "staff_u:staff_r:staff_t:s0-s0:c0.c1023")]
    [InlineData("unconfined", "unconfined")]
    [InlineData("\0", null)]
    [InlineData("", null)]
    public void A_label_ends_where_the_module_ends_it(string given, string? label) => Assert.Equal(label, PeerLabel.Read(Kernel(given)));

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, true)]
    [InlineData(65_536, true)]
    [InlineData(65_537, false)]
    public void A_long_label_is_asked_for_again_up_to_a_limit(int length, bool known)
    {
        string label = new('c', length);
        Assert.Equal(known ? label : null, PeerLabel.Read(Kernel(label)));
    }

    [Fact]
    public void Where_there_is_no_security_module_there_is_no_label() =>
        Assert.Null(PeerLabel.Read(static (Span<byte> _, out int length) =>
        {
            length = 0;
            return ENOPROTOOPT;
        }));

    [Fact]
    public void What_the_kernel_says_is_what_it_says_of_the_process()
    {
        (int ours, int theirs) = UnixSocket.Pair();
        string? label = PeerLabel.Of(ours);
        _ = Libc.close(ours);
        _ = Libc.close(theirs);
        string attribute = "/proc/self/attr/current";
        string? own = null;
        try
        {
            own = File.ReadAllText(attribute).TrimEnd('\0', '\n');
        }
        catch (IOException)
        {
            // No module keeps it.
        }
        if (label is not null)
            Assert.StartsWith(label.Split(' ')[0], own);
    }
}
