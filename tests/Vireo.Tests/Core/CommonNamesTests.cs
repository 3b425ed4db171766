using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Xunit;

namespace Vireo.Tests.Texts;

/// <summary>Names that documents have in common are kept from one to the next, but never more than so many.</summary>
public sealed class CommonNamesTests
{
    static string NameIn(string xml)
    {
        using XmlInput input = XmlInput.Open(xml, null, new XmlInputOptions("test"));
        return input.Name;
    }

    [Fact]
    public void A_name_is_made_once_for_documents_that_have_it() => Assert.Same(NameIn("<unusual-name/>"), NameIn("<unusual-name a='1'/>"));

    [Fact]
    public void Names_of_a_flood_are_forgotten()
    {
        string before = NameIn("<seldom-heard/>");
        string flood = string.Concat(Enumerable.Range(0, 5000).Select(i => $"<name-of-a-flood-{i}/>"));
        int read = XmlInput.Document($"<flood>{flood}</flood>", "flood", new XmlInputOptions("test"), static input =>
        {
            int count = 0;
            for (int at = input.Enter(); input.NextChild(at);)
                count++;
            return count;
        });
        Assert.Equal(5000, read);
        Assert.NotSame(before, NameIn("<seldom-heard/>"));
    }

    [Fact]
    public void A_document_within_another_is_read_with_the_same_names()
    {
        using XmlInput outer = XmlInput.Open("<shared-by-two/>", null, new XmlInputOptions("test"));
        Assert.Same(outer.Name, NameIn("<shared-by-two/>"));
        Assert.Throws<VireoException>(() => NameIn("<shared-by-two"));
    }
}
