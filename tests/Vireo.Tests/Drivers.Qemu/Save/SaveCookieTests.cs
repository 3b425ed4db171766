using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Save;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Save;

public sealed class SaveCookieTests
{
    /// <summary>Written by libvirt 9.0.0.</summary>
    const string Stock = """
        <cookie>
          <cpu mode='custom' match='exact' check='full'>
            <model fallback='forbid'>qemu64</model>
            <feature policy='require' name='hypervisor'/>
            <feature policy='require' name='lahf_lm'/>
          </cpu>
          <slirpHelper/>
        </cookie>

        """;

    [Fact]
    public void A_cookie_of_a_saved_machine_comes_out_as_it_went_in()
    {
        SaveCookie cookie = SaveCookie.Parse(Stock);
        Assert.True(cookie.SlirpHelper);
        Assert.Equal("qemu64", cookie.Cpu?.Model?.Name);
        Assert.Equal(Stock, cookie.ToXml());
    }

    [Fact]
    public void Something_else_is_no_cookie() =>
        Assert.Equal(ErrorCode.XmlError, Assert.Throws<VireoException>(() => SaveCookie.Parse("<domain/>")).Code);
}
