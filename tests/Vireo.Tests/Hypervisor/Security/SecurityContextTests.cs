using Vireo.Hypervisor.Security;
using Xunit;

namespace Vireo.Tests.Hypervisor.Security;

public sealed class SecurityContextTests
{
    [Theory]
    [InlineData("system_u:system_r:svirt_t:s0:c1,c2", "s0:c1,c2")]
    [InlineData("system_u:system_r:virtd_t:s0-s0:c0.c1023", "s0-s0:c0.c1023")]
    [InlineData("system_u:system_r:virtd_t:s0:c1-s1:c3", "s0:c1-s1:c3")]
    [InlineData("system_u:object_r:etc_t", null)]
    public void Comes_out_as_it_went_in(string text, string? range)
    {
        SecurityContext context = SecurityContext.Parse(text)!;
        Assert.Equal(range, context.Range);
        Assert.Equal(text, context.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("svirt_t")]
    [InlineData("system_u:svirt_t")]
    [InlineData("system_u::svirt_t")]
    [InlineData("system u:system_r:svirt_t")]
    [InlineData("system_u:system_r:svirt_t:s0\n")]
    [InlineData("system_u:system_r:svirt_t:s0:c1-s1:c3:c5")]
    public void What_is_no_context_is_none(string text) => Assert.Null(SecurityContext.Parse(text));
}
