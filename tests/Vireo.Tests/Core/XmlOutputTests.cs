using Vireo.Core;
using Vireo.Core.Xml;
using Xunit;

namespace Vireo.Tests;

public class XmlOutputTests
{
    [Fact]
    public void Text_is_escaped_as_libvirt_escapes_it()
    {
        var o = new XmlOutput(new XmlOutputOptions());
        o.Open("a");
        o.Attribute("b", "<>&'\"\u0001\n\u00e9");
        o.Text("<>&'\"");
        o.Close("a");
        Assert.Equal("<a b='&lt;&gt;&amp;&apos;&quot;\n\u00e9'>&lt;&gt;&amp;&apos;&quot;</a>\n", o.ToString());
    }

    [Fact]
    public void An_element_taken_back_leaves_nothing()
    {
        var o = new XmlOutput(new XmlOutputOptions());
        o.Open("a");
        o.Open("b");
        o.Open("c");
        o.Attribute("d", null);
        o.CloseNonEmpty("c");
        o.CloseNonEmpty("b");
        o.Close("a");
        Assert.Equal("<a/>\n", o.ToString());
    }

    [Fact]
    public void Children_are_indented_by_two()
    {
        var o = new XmlOutput(new XmlOutputOptions(Indent: 1));
        o.Open("a");
        o.TextElement("b", "t");
        o.Empty("c");
        o.Close("a");
        Assert.Equal("  <a>\n    <b>t</b>\n    <c/>\n  </a>\n", o.ToString());
    }

    [Theory]
    [InlineData("0-3,^2,7", "0-1,3,7")]
    [InlineData("5,1,2", "1-2,5")]
    [InlineData("0", "0")]
    public void Sets_of_cpus_are_written_as_ranges(string text, string written)
    {
        Assert.True(CpuSet.TryParse(text, out CpuSet? set));
        Assert.Equal(written, set!.ToXml());
        Assert.Equal(set, CpuSet.Of(set.Members));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("3-1")]
    [InlineData("99999")]
    [InlineData("1,,2")]
    public void Other_sets_are_refused(string text) => Assert.False(CpuSet.TryParse(text, out _));

    [Fact]
    public void A_mac_address_may_leave_out_leading_zeros()
    {
        Assert.True(MacAddress.TryParse("52:54:0:a:0B:ff", out MacAddress mac));
        Assert.Equal("52:54:00:0a:0b:ff", mac.ToXml());
        Assert.False(MacAddress.TryParse("52:54:00:00:00", out _));
        Assert.False(MacAddress.TryParse("52:54:00:00:00:00:00", out _));
    }

    [Fact]
    public void Lists_are_equal_by_their_members()
    {
        ValueList<int> a = [1, 2], b = [1, 2];
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.NotEqual(a, b.Add(3));
        Assert.Equal(default, a.RemoveAt(0).RemoveAt(0));
        Assert.Equal([1, 9], a.SetItem(1, 9));
    }

    [Fact]
    public void A_fragment_keeps_its_namespaces_and_is_laid_out_anew()
    {
        XmlFragment fragment = XmlFragment.Parse("<m xmlns:p='urn:p'>\n<p:a  k='\"'/>\n\n  <b>x <i/></b><!--c--></m>");
        var o = new XmlOutput(new XmlOutputOptions());
        o.Fragment(fragment);
        Assert.Equal("<m xmlns:p=\"urn:p\">\n  <p:a k=\"&quot;\"/>\n  <b>x <i/></b>\n  <!--c-->\n</m>\n", o.ToString());
    }
}
