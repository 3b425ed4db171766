using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Vireo.Generators.Protocol;

namespace Vireo.Generators.Api;

/// <summary>
/// The objects of the .NET API: each operation of a capability interface whose first argument is an object's reference becomes a method of that object's class.
/// A class says <c>[Wraps(typeof(DomainRef))]</c>; what it writes by hand is not generated.
/// </summary>
[Generator]
public sealed class ApiGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<(string Name, string Text)> files =
            context.CompilationProvider.SelectMany(static (compilation, _) => Generate(compilation));
        context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.Name, SourceText.From(file.Text, Encoding.UTF8)));
    }

    static ImmutableArray<(string Name, string Text)> Generate(Compilation compilation)
    {
        var classes = new Dictionary<string, INamedTypeSymbol>();
        foreach (INamedTypeSymbol type in Types(compilation.Assembly.GlobalNamespace))
        {
            if (WireReader.Find(type.GetAttributes(), "WrapsAttribute") is { } wraps)
                classes[((ITypeSymbol)wraps.ConstructorArguments[0].Value!).ToDisplayString(WireReader.Full)] = type;
        }
        if (classes.Count == 0)
            return ImmutableArray<(string, string)>.Empty;
        IMethodSymbol[] operations = compilation.SourceModule.ReferencedAssemblySymbols.Where(a => a.Name == "Vireo.Driver")
            .SelectMany(a => Types(a.GlobalNamespace)).Where(t => WireReader.Find(t.GetAttributes(), "CapabilityAttribute") is not null)
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .SelectMany(t => t.GetMembers().OfType<IMethodSymbol>().Where(m => m.MethodKind == MethodKind.Ordinary && m.IsAbstract)).ToArray();
        var files = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (KeyValuePair<string, INamedTypeSymbol> pair in classes.OrderBy(p => p.Value.Name, StringComparer.Ordinal))
            files.Add(($"Api.{pair.Value.Name}.g.cs", new ApiEmitter(classes, pair.Value).Emit(operations)));
        return files.ToImmutable();
    }

    static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().Where(n => n.ToDisplayString().StartsWith("Vireo", StringComparison.Ordinal)).SelectMany(Types));
}
