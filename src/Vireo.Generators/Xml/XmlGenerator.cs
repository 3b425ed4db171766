using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vireo.Generators.Xml;

/// <summary>Makes reader and writer of every [Element] record and [Union], and the words of [WireNames] enums.</summary>
[Generator]
public sealed class XmlGenerator : IIncrementalGenerator
{
#pragma warning disable RS2008 // the generator ships with the solution only
    static readonly DiagnosticDescriptor Problem = new(
        "VIREO001", "Member without a document form", "{0}", "Vireo", DiagnosticSeverity.Error, isEnabledByDefault: true);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<FileSpec> elements = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Vireo.Core.Xml.ElementAttribute",
            static (node, _) => node is RecordDeclarationSyntax record && record.Modifiers.Any(SyntaxKind.PartialKeyword),
            static (found, _) => SpecReader.Element((INamedTypeSymbol)found.TargetSymbol));
        IncrementalValuesProvider<FileSpec> unions = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Vireo.Core.Xml.UnionAttribute",
            static (node, _) => node is RecordDeclarationSyntax,
            static (found, _) => SpecReader.Union((INamedTypeSymbol)found.TargetSymbol));
        IncrementalValuesProvider<WordsSpec> words = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Vireo.Core.Xml.WireNamesAttribute",
            static (node, _) => node is EnumDeclarationSyntax,
            static (found, _) => SpecReader.Words((INamedTypeSymbol)found.TargetSymbol));

        context.RegisterSourceOutput(elements, Emit);
        context.RegisterSourceOutput(unions, Emit);
        context.RegisterSourceOutput(words, static (output, spec) => output.AddSource($"{spec.Namespace}.{spec.Name}Names.g.cs", WordsEmitter.Emit(spec)));
    }

    static void Emit(SourceProductionContext output, FileSpec spec)
    {
        foreach (string problem in spec.Problems)
            output.ReportDiagnostic(Diagnostic.Create(Problem, Location.None, problem));
        if (!spec.Custom)
            output.AddSource($"{spec.Namespace}.{spec.Name}.g.cs", FileEmitter.Emit(spec));
        output.AddSource($"{spec.Namespace}.{spec.Name}.shape.g.cs", ShapeEmitter.Emit(spec));
    }
}
