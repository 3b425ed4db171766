using Vireo.Core.Xml.Schema;
using Xunit;

namespace Vireo.Tests.Schema;

/// <summary>What the checker says of a small made-up document.</summary>
public class SchemaCheckTests
{
    static readonly Shape Port = ShapeBuilder.Build("Port", null, static s => s.Attribute("number", new WholeNumber(1, 9), required: true));

    static readonly Shape File = ShapeBuilder.Build("File", null, static s => s.Attribute("path", ValueShapes.Text, required: true));

    static readonly Shape Net = ShapeBuilder.Build("Net", null, static s => s.Child("port", static () => Port, max: 0));

    static readonly Shape Box = ShapeBuilder.Build("Box", null, static s =>
    {
        s.TextChild("name", ValueShapes.Text, min: 1);
        s.Attribute("colour", new OneOfWords("red", "green", "blue"));
        s.Attribute("begin", ValueShapes.Text);
        s.Attribute("end", ValueShapes.Text);
        s.TextChild("size", ValueShapes.Number<int>());
        s.Flag("locked");
        s.Choice("kind", "file", [new Alternative("file", static () => File), new Alternative("net", static () => Net)]);
        s.Either(["@begin!", "@end"], ["locked!"], []);
    });

    static List<string> Faults(string xml) => [.. SchemaCheck.Run(xml, "box", Box).Select(f => $"{f.Line}:{f.Column} {f.Kind} {f.Path}{(f.Suggestion is null ? "" : $" -> {f.Suggestion}")}")];

    [Theory]
    [InlineData("<box path='/a'><name>x</name></box>")]
    [InlineData("<box kind='net' colour='red'><name>x</name><port number='3'/><port number='4'/><size>12</size></box>")]
    [InlineData("<box path='/a'><locked/><name>x</name></box>")]
    [InlineData("<box path='/a' begin='1' end='2'><name>x</name></box>")]
    [InlineData("<!-- a --><box path='/a'>\n  <name><![CDATA[x]]></name>\n</box>\n")]
    public void Finds_nothing_wrong_with(string xml) => Assert.Empty(Faults(xml));

    [Theory]
    [InlineData("<box path='/a'/>", "1:2 MissingElement /box")]
    [InlineData("<box><name>x</name></box>", "1:2 MissingAttribute /box")]
    [InlineData("<box path='/a' color='red'><name>x</name></box>", "1:16 UnknownAttribute /box/@color -> colour")]
    [InlineData("<box path='/a' colour='gren'><name>x</name></box>", "1:16 BadValue /box/@colour -> green")]
    [InlineData("<box path='/a'><name>x</name><sise>1</sise></box>", "1:31 UnknownElement /box/sise -> size")]
    [InlineData("<box path='/a'><name>x</name><size>big</size></box>", "1:36 BadValue /box/size")]
    [InlineData("<box path='/a'><name>x</name>\n  <name>y</name></box>", "2:4 Repeated /box/name[2]")]
    [InlineData("<box kind='nett'><name>x</name><port/></box>", "1:6 BadValue /box/@kind -> net")]
    [InlineData("<box kind='net'><name>x</name><port/></box>", "1:32 MissingAttribute /box/port")]
    [InlineData("<box kind='net' path='/a'><name>x</name></box>", "1:17 UnknownAttribute /box/@path")]
    [InlineData("<box path='/a' end='2'><name>x</name></box>", "1:2 MissingAttribute /box")]
    [InlineData("<box path='/a' begin='1'><locked/><name>x</name></box>", "1:27 Conflict /box/locked")]
    [InlineData("<box path='/a'>text<name>x</name></box>", "1:16 UnexpectedText /box")]
    [InlineData("<crate/>", "1:2 UnknownDocument /crate")]
    [InlineData("<box path='/a'><name>x</box>", "1:25 Malformed ")]
    public void Says_what_is_wrong_and_where(string xml, string fault) => Assert.Equal([fault], Faults(xml));

    [Fact]
    public void Goes_on_after_a_fault() => Assert.Equal(
        ["1:6 BadValue /box/@colour", "1:32 UnknownElement /box/nonsense", "1:63 MissingAttribute /box/port[2]"],
        Faults("<box colour='pink' kind='net'><nonsense/><port number='1'/><port/><name>x</name></box>".Replace("<port/>", "  <port/>")));

    [Theory]
    [InlineData("<trip><from/><via/><via/><to/></trip>", null)]
    [InlineData("<trip><to/><from/></trip>", "<from> belongs in front of <to> in <trip>; libvirt reads it all the same")]
    [InlineData("<trip><from/><to/><via/><via/></trip>", "<via> belongs in front of <to> in <trip>; libvirt reads it all the same")]
    public void Order_is_told_where_it_is_asked_for(string xml, string? fault) => Assert.Equal(
        fault, SchemaCheck.Run(xml, "trip", ShapeBuilder.Build("Trip", null, static s => s.Flag("from").Child("via", static () => Shape.Empty, max: 0).Flag("to").Ordered())) is [var first, ..] ? first.Message : null);

    [Fact]
    public void Stops_collecting_at_its_limit_but_not_reading()
    {
        string many = string.Concat(Enumerable.Repeat("<x/>", 3000));
        Assert.Equal(SchemaCheck.FindingLimit, SchemaCheck.Run($"<box path='/a'><name>n</name>{many}</box>", "box", Box).Count);
    }

    [Fact]
    public void Nesting_has_a_limit()
    {
        string deep = string.Concat(Enumerable.Repeat("<x>", 300)) + string.Concat(Enumerable.Repeat("</x>", 300));
        Assert.Equal(XmlFindingKind.Malformed, SchemaCheck.Run($"<box path='/a'><name>n</name>{deep}</box>", "box", Box)[^1].Kind);
    }

    [Theory]
    [InlineData("virtoi", "virtio")]
    [InlineData("VIRTIO", "virtio")]
    [InlineData("sata1", "sata")]
    [InlineData("nothing-near", null)]
    [InlineData("x", null)]
    public void Finds_the_nearest_word(string written, string? meant) => Assert.Equal(meant, Spelling.Nearest(written, ["ide", "virtio", "sata"]));

    [Fact]
    public void Makes_a_schema() => Assert.Equal("""
        <grammar xmlns='http://relaxng.org/ns/structure/1.0' xmlns:a='http://relaxng.org/ns/compatibility/annotations/1.0' datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'>
          <start>
            <element name='net'>
              <ref name='Net'/>
            </element>
          </start>
          <define name='Net'>
            <interleave>
              <zeroOrMore>
                <element name='port'>
                  <ref name='Port'/>
                </element>
              </zeroOrMore>
            </interleave>
          </define>
          <define name='Port'>
            <group>
              <attribute name='number'>
                <data type='integer'>
                  <param name='minInclusive'>1</param>
                  <param name='maxInclusive'>9</param>
                  <param name='pattern'>[0-9]+</param>
                </data>
              </attribute>
            </group>
          </define>
          <define name='anything'>
            <zeroOrMore>
              <choice>
                <text/>
                <attribute>
                  <anyName/>
                </attribute>
                <element>
                  <anyName/>
                  <ref name='anything'/>
                </element>
              </choice>
            </zeroOrMore>
          </define>
        </grammar>

        """, RelaxNg.Of(new ChildShape("net", static () => Net, 1, 1)));
}
