using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vireo.Generators.Api;
using Xunit;

namespace Vireo.Tests.Generators;

/// <summary>What the generator of the .NET API's objects emits for one class, word by word, in <c>data/api-network.cs.txt</c>.</summary>
public class ApiGeneratorTests
{
    const string Api = """
        using System;
        using Vireo.Driver;
        namespace Vireo;

        sealed class WrapsAttribute(Type reference) : Attribute
        {
            public Type Reference { get; } = reference;
            public string Without { get; init; } = "";
            public string? ByName { get; init; }
        }
        public sealed class Connection;
        [Wraps(typeof(NetworkRef), Without = "INetworkLifecycle INetworkPort")]
        public sealed partial class Network
        {
            public bool IsActiveAsync() => true;
        }
        """;

    [Fact]
    public void A_class_gets_the_operations_of_its_reference()
    {
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Vireo", [CSharpSyntaxTree.ParseText(Api, cancellationToken: TestContext.Current.CancellationToken)],
            platform.Split(':').Select(static path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new ApiGenerator());
        GeneratorDriverRunResult result = driver.RunGenerators(compilation, TestContext.Current.CancellationToken).GetRunResult();
        string made = Assert.Single(Assert.Single(result.Results).GeneratedSources).SourceText.ToString();
        if (Environment.GetEnvironmentVariable("VIREO_GOLDEN") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, "api-network.cs.txt"), made);
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Generators", "data", "api-network.cs.txt")), made);
    }
}
