using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vireo.Core.Xml;
using Vireo.Generators.Protocol;
using Vireo.Rpc.Xdr;
using Xunit;

namespace Vireo.Tests.Generators;

/// <summary>
/// What the protocol generator emits for one operation or event of each kind, word by word, in <c>data/protocol-*.cs.txt</c>; it must
/// compile. After a wanted change, VIREO_GOLDEN=DIR writes the new files there.
/// </summary>
public class ProtocolGeneratorTests
{
    const string Head = """
        using System.Threading;
        using System.Threading.Tasks;
        using Vireo.Core.Errors;
        using Vireo.Core.TypedParameters;
        namespace Vireo.Driver;

        """;

    static readonly string Data = Path.Combine(AppContext.BaseDirectory, "Generators", "data");

    [Theory]
    [InlineData("read", """
        [System.Flags] public enum DomainXmlFlags : uint { None, Secure }
        [Capability(ErrorDomain.Domain)]
        public interface IDomainXml
        {
            [Procedure(14, Inline = true), CExport("virDomainGetXMLDesc"), Acl(DomainRight.Read), Acl(DomainRight.ReadSecure, If = DomainXmlFlags.Secure)]
            ValueTask<string> GetXmlAsync(DomainRef domain, DomainXmlFlags flags, CancellationToken cancel);
        }
        """)]
    [InlineData("change", """
        [Capability(ErrorDomain.Domain)]
        public interface IDomainTitle
        {
            [Procedure(265, Write = true), CExport("virDomainSetMetadata"), Acl(DomainRight.Write)]
            ValueTask SetTitleAsync(DomainRef domain, string? title, bool now, CancellationToken cancel);
        }
        """)]
    [InlineData("list", """
        [Capability(ErrorDomain.None)]
        public interface IDomainLists
        {
            [Procedure(273, Priority.High, Inline = true, Shape = Shape.List), CExport("virConnectListAllDomains")]
            [Acl(ConnectRight.SearchDomains), Acl(DomainRight.GetAttributes, Filter = true)]
            [return: Bound(16384)]
            ValueTask<DomainRef[]> ListAsync(uint flags, CancellationToken cancel);
        }
        """)]
    [InlineData("lookup", """
        [Capability(ErrorDomain.Domain)]
        public interface IDomainFinding
        {
            [Procedure(22, Priority.High, Inline = true), CExport("virDomainLookupByID"), Acl(DomainRight.GetAttributes)]
            ValueTask<DomainRef> LookupByIdAsync(int id, CancellationToken cancel);
        }
        """)]
    [InlineData("parameters", """
        [Capability(ErrorDomain.Domain)]
        public interface IDomainNumbers
        {
            [Procedure(197, Shape = Shape.TwoStep), CExport("virDomainGetMemoryParameters"), Acl(DomainRight.Read)]
            [return: Bound(16)]
            ValueTask<TypedParameter[]> GetAsync(DomainRef domain, uint flags, CancellationToken cancel);
        }
        """)]
    [InlineData("event", """
        public abstract record DomainEvent(DomainRef Domain);
        [Event(7, 342, Older = 146)]
        public sealed record DomainWatchedEvent(DomainRef Domain, int Action, [NotInOlder] uint? Detail) : DomainEvent(Domain);
        """)]
    [InlineData("stream", """
        [Capability(ErrorDomain.Domain)]
        public interface IDomainStreams
        {
            [Procedure(201, Sparse = 2), CExport("virDomainOpenConsole"), Acl(DomainRight.Write)]
            ValueTask<IStreamHandler> OpenAsync(DomainRef domain, string? device, uint flags, IStreamSink client, CancellationToken cancel);
            [Procedure(211, Write = true), CExport("virDomainScreenshot"), Acl(DomainRight.Write)]
            ValueTask<WithStream<string?>> TakeScreenshotAsync(DomainRef domain, uint screen, IStreamSink client, CancellationToken cancel);
        }
        """)]
    [InlineData("descriptors", """
        [Capability(ErrorDomain.Domain)]
        public interface IDomainFiles
        {
            [Procedure(7, Write = true), CExport("virDomainExchange"), Acl(DomainRight.Write)]
            ValueTask<WithFiles<string>> ExchangeAsync(DomainRef domain, Microsoft.Win32.SafeHandles.SafeFileHandle[] files, CancellationToken cancel);
        }
        """)]
    [InlineData("program", """
        public readonly record struct ServerRef(string Name);
        [Capability(ErrorDomain.Admin, Program = WireProgram.Admin)]
        public interface IServers
        {
            [Procedure(4, Shape = Shape.List), CExport("virAdmConnectListServers")]
            [return: Bound(16384)]
            ValueTask<ServerRef[]> ListAsync(uint flags, CancellationToken cancel);
        }
        """)]
    public void Emits_the_same_code_as_ever(string shape, string definition)
    {
        string emitted = Emit(Head + definition);
        if (Environment.GetEnvironmentVariable("VIREO_GOLDEN") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, $"protocol-{shape}.cs.txt"), emitted);
        Assert.Equal(File.ReadAllText(Path.Combine(Data, $"protocol-{shape}.cs.txt")), emitted);
    }

    [Fact]
    public void Nothing_is_emitted_into_an_assembly_that_does_not_ask_for_it()
    {
        GeneratorDriverRunResult result = CSharpGeneratorDriver.Create(new ProtocolGenerator())
            .RunGenerators(Compile("namespace Vireo.Driver; public interface INothing;")).GetRunResult();
        Assert.Empty(result.GeneratedTrees);
    }

    static string Emit(string definition)
    {
        CSharpCompilation compilation = Compile(File.ReadAllText(Path.Combine(Data, "protocol-surroundings.cs.txt")), definition);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new ProtocolGenerator())
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation after, out _);
        Assert.Empty(after.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return string.Join("\n", driver.GetRunResult().GeneratedTrees
            .Select(tree => $"// {Path.GetFileName(tree.FilePath)}\n{tree.GetText()}"));
    }

    static CSharpCompilation Compile(params string[] sources)
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] files =
        [
            typeof(object).Assembly.Location, typeof(XmlInput).Assembly.Location, typeof(XdrReader).Assembly.Location,
            Path.Combine(runtime, "System.Runtime.dll"), Path.Combine(runtime, "System.Collections.dll"),
        ];
        return CSharpCompilation.Create("Shapes", sources.Select(source => CSharpSyntaxTree.ParseText(source)),
            files.Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }
}
