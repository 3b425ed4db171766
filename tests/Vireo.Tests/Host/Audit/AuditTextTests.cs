using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Host.Audit;
using Xunit;

namespace Vireo.Tests.Host.Audit;

public sealed class AuditTextTests
{
    [Theory]
    [InlineData("plain", "k=\"plain\"")]
    [InlineData("/dev/pts/1", "k=\"/dev/pts/1\"")]
    [InlineData("it's", "k=\"it's\"")]
    [InlineData("two words", "k=74776F20776F726473")]
    [InlineData("a\"b", "k=612262")]
    [InlineData("line\nres=success", "k=6C696E650A7265733D73756363657373")]
    [InlineData("\u007f", "k=7F")]
    [InlineData("ä", "k=C3A4")]
    [InlineData("", "k=\"\"")]
    [InlineData(null, "k=\"?\"")]
    public void A_value_that_could_be_taken_for_something_else_travels_in_hexadecimal_digits(string? value, string field) =>
        Assert.Equal(field, AuditText.Field("k", value));

    [Fact, Trait("libvirtd.conf", "audit_level")]
    public void A_record_is_sent_where_there_is_an_audit_and_a_daemon_that_must_have_one_starts_only_there()
    {
        using KernelAudit? kernel = KernelAudit.Open(out string why);
        if (kernel is null)
            Assert.Equal(why, Assert.Throws<Vireo.Core.Errors.VireoException>(() => AuditTrail.Open(2, false, NullLogger.Instance)).Error.Str2);
        else
            using (AuditTrail trail = AuditTrail.Open(2, false, NullLogger.Instance))
                Assert.True(trail.IsOn);
        using AuditTrail none = AuditTrail.Open(0, false, NullLogger.Instance);
        Assert.False(none.IsOn);
    }

    [Fact]
    public void A_node_is_told_by_its_numbers()
    {
        Assert.Equal("rdev=0A:C8", AuditText.Device((10, 200)));
        Assert.Equal("rdev=?", AuditText.Device(null));
    }
}
