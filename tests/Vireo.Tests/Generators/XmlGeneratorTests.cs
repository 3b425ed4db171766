using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vireo.Core.Xml;
using Vireo.Generators.Xml;
using Xunit;

namespace Vireo.Tests.Generators;

/// <summary>
/// What the generator emits for a few shapes, word by word, in <c>data/*.cs.txt</c>. After a wanted change, VIREO_GOLDEN=DIR writes the new files there.
/// </summary>
public class XmlGeneratorTests
{
    const string Head = "using Vireo.Core;\nusing Vireo.Core.Xml;\nnamespace Shapes;\n";

    [Theory]
    [InlineData("watchdog", """
        public abstract record Device { [Attr("name", In = "alias")] public string? Alias { get; init; } }
        [Element("watchdog")]
        public sealed partial record Watchdog : Device
        {
            [Attr("model", Missing = "internal|watchdog must contain model name")] public required WatchdogModel Model { get; init; }
            [Attr("action")] public WatchdogModel? Action { get; init; }
        }
        [WireNames] public enum WatchdogModel { I6300Esb, [Wire("inject-nmi")] InjectNmi }
        """)]
    [InlineData("rng", """
        [Element("rng")]
        public sealed partial record Rng
        {
            [Child("backend")] public required Backend Backend { get; init; }
        }
        [Union(Tag = "model")]
        public abstract partial record Backend
        {
            [Case("random")] public sealed partial record OfRandom : Backend { [Text] public string? Path { get; init; } }
            [Case("egd")] public sealed partial record OfEgd : Backend { [Inline] public required Stream Source { get; init; } }
        }
        [Union(Inline = true)]
        public abstract partial record Stream
        {
            [Case("file")] public sealed partial record OfFile : Stream { [Attr("path", In = "source")] public string? Path { get; init; } }
        }
        """)]
    [InlineData("disk", """
        [Element("disk")]
        public sealed partial record Disk
        {
            [Attr("id", Live = true)] public int? Id { get; init; }
            [Attr("passwd", Secret = true)] public string? Password { get; init; }
            [Child("source")] public Source Source { get; init; } = new Source.OfFile();
            [Text("size")] public MemorySize? Size { get; init; }
            [Flag("readonly")] public bool ReadOnly { get; init; }
            [Switch("tray")] public bool? Tray { get; init; }
            [Text("tag")] public ValueList<string> Tags { get; init; }
        }
        [Union(TagOnParent = true, Default = "file")]
        public abstract partial record Source
        {
            [Attr("index")] public uint? Index { get; init; }
            [Case("file")] public sealed partial record OfFile : Source { [Attr("file")] public string? Path { get; init; } }
            [Case("block")] public sealed partial record OfBlock : Source { [Attr("dev", Hex = 2)] public required uint Device { get; init; } }
        }
        """)]
    public void Emits_the_same_code_as_ever(string shape, string declarations)
    {
        string emitted = Emit(Head + declarations);
        if (Environment.GetEnvironmentVariable("VIREO_GOLDEN") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, $"{shape}.cs.txt"), emitted);
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Generators", "data", $"{shape}.cs.txt")), emitted);
    }

    [Fact]
    public void A_member_that_no_document_can_hold_is_an_error()
    {
        CSharpGeneratorDriver driver = CSharpGeneratorDriver.Create(new XmlGenerator());
        GeneratorDriverRunResult result = driver.RunGenerators(Compile(Head + "[Element(\"a\")] public partial record A { [Attr(\"x\")] public System.Type? X { get; init; } }"))
            .GetRunResult();
        Assert.Equal("VIREO001", Assert.Single(result.Diagnostics).Id);
    }

    static string Emit(string source)
    {
        CSharpCompilation compilation = Compile(source);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new XmlGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out Compilation after, out _);
        Assert.Empty(after.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return string.Join("\n", driver.GetRunResult().GeneratedTrees.Select(tree => tree.GetText().ToString()));
    }

    static CSharpCompilation Compile(string source)
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] files = [typeof(object).Assembly.Location, typeof(XmlInput).Assembly.Location, Path.Combine(runtime, "System.Runtime.dll"), Path.Combine(runtime, "System.Collections.dll")];
        return CSharpCompilation.Create("Shapes", [CSharpSyntaxTree.ParseText(source)], files.Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }
}
