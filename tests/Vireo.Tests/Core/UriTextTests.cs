using Vireo.Core.Values;
using Xunit;

namespace Vireo.Tests.Texts;

// What stock libvirt 9.0.0 makes of each.
public sealed class UriTextTests
{
    [Theory]
    [InlineData("test:foo", "test://foo")]
    [InlineData("test:/foo", "test:///foo")]
    [InlineData("test:///a%20b", "test:///a%20b")]
    [InlineData("test://h%41/", "test://hA/")]
    [InlineData("test://a%40b@h/", "test://a%40b@h/")]
    [InlineData("test:///p#f%20g", "test:///p#f%20g")]
    [InlineData("TEST://H/x", "TEST://H/x")]
    [InlineData("test://h/a;b=1,2@:", "test://h/a;b=1,2@%3A")]
    [InlineData("test://u%3ap@h", "test://u:p@h")]
    [InlineData("test://h/%2f?x", "test://h//?x")]
    [InlineData("test://user@/p", "test://user@/p")]
    [InlineData("test://h:0/", "test://h/")]
    [InlineData("test://h:007/x", "test://h:7/x")]
    [InlineData("test://h/a%c3%bc?x=%c3%bc", "test://h/a%C3%BC?x=%c3%bc")]
    [InlineData("test://[fe80::1%25eth0]/x", "test://[fe80::1%eth0]/x")]
    [InlineData("test:////x", "test:////x")]
    [InlineData("test:///default?", "test:///default?")]
    [InlineData("test:///x'y(z)*!~", "test:///x'y(z)*!~")]
    [InlineData("x-y.z+q://h", "x-y.z+q://h")]
    public void Comes_out_as_stock_writes_it(string text, string written) => Assert.Equal(written, UriText.Parse(text).ToString());

    [Theory]
    [InlineData("test:///a b")]
    [InlineData("test://host:/x")]
    [InlineData("test://ho st/")]
    [InlineData("test://h:abc/")]
    [InlineData("test://[::1/x")]
    [InlineData("test://[::1]x/")]
    [InlineData("test:///p?q[1]=2")]
    [InlineData("test:///p?q#f#g")]
    [InlineData("test:///ü")]
    [InlineData("test:///a%zz")]
    [InlineData("://x")]
    [InlineData("1a://x")]
    [InlineData("test:///x|y")]
    [InlineData("test:///x\\y")]
    [InlineData("test://h:1:2/")]
    public void What_stock_refuses_is_refused(string text) => Assert.Null(UriText.TryParse(text));
}
