using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;
using Vireo.Tests.Remote;
using Xunit;

namespace Vireo.Tests.Schema;

/// <summary>Schemas allow every element and attribute that the list of libvirt's names, also those that are read by hand.</summary>
public class ShapeFactsTests
{
    [Theory]
    [InlineData("network")]
    [InlineData("networkport")]
    [InlineData("nwfilter")]
    [InlineData("nwfilterbinding")]
    [InlineData("interface")]
    [InlineData("secret")]
    [InlineData("capability")]
    public void Every_element_and_attribute_may_stand_where_libvirt_lets_it(string name)
    {
        DocumentKind kind = DocumentKinds.Find(name)!;
        string[] all = [.. Facts.Load("xml-elements.json").GetProperty("documents").GetProperty(name).EnumerateArray().Select(static one => one.GetProperty("path").GetString()!)];
        Assert.NotEmpty(all);
        string[] missing = [.. all.Where(path => !Allows(kind, path.Split('/')))];
        Assert.True(missing.Length == 0, $"{missing.Length} of {all.Length} paths may not stand in {name}:\n{string.Join('\n', missing)}");
    }

    static bool Allows(DocumentKind kind, string[] path)
    {
        List<Shape> at = kind.Find(path[0]) is { } root ? [.. Parts(root)] : [];
        foreach (string step in path[1..])
        {
            if (at.Exists(static shape => shape.IsOpen))
                return true;
            if (step.StartsWith('@'))
                return at.Exists(shape => shape.Attributes.Any(one => "@" + one.Name == step) || shape.Choices.Any(choice => "@" + choice.Tag == step));
            string local = step[(step.IndexOf(':', StringComparison.Ordinal) + 1)..];
            at = [.. at.SelectMany(static shape => shape.Children).Where(child => child.Name == local).SelectMany(static child => Parts(child.Shape))];
        }
        return at.Count > 0;
    }

    static IEnumerable<Shape> Parts(Shape shape) => shape.Choices.SelectMany(static choice => choice.Alternatives).SelectMany(static one => Parts(one.Shape)).Prepend(shape);
}
