using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Vireo.Generators.Protocol;

namespace Vireo.Generators.CAbi;

/// <summary>
/// The exports of the C library. What a function looks like in C is said by the table of functions; what it does by a method with its name in <c>[CBody]</c>, else by the
/// operation with its name in <c>[CExport]</c>. What has neither answers that it is not supported.
/// </summary>
[Generator]
public sealed class CAbiGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<(string Name, string Text)> files = context.CompilationProvider
            .Combine(Table(context, "functions.txt")).Combine(Table(context, "checks.txt"))
            .SelectMany(static (all, _) => Generate(all.Left.Left, all.Left.Right, all.Right));
        context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.Name, SourceText.From(file.Text, Encoding.UTF8)));
    }

    static IncrementalValueProvider<ImmutableArray<string>> Table(IncrementalGeneratorInitializationContext context, string name) =>
        context.AdditionalTextsProvider.Where(file => Path.GetFileName(file.Path) == name)
            .Select(static (file, cancel) => file.GetText(cancel)?.ToString() ?? "").Collect();

    static ImmutableArray<(string Name, string Text)> Generate(Compilation compilation, ImmutableArray<string> tables, ImmutableArray<string> checks)
    {
        if (tables.IsEmpty)
            return ImmutableArray<(string, string)>.Empty;
        CFunction[] functions = tables.SelectMany(t => t.Split('\n')).Select(CFunction.Parse).Where(f => f is not null).Select(f => f!).ToArray();
        var bodies = new Dictionary<string, (IMethodSymbol Method, bool KeepsError)>();
        foreach (IMethodSymbol method in Types(compilation.Assembly.GlobalNamespace).SelectMany(t => t.GetMembers().OfType<IMethodSymbol>()))
        {
            if (WireReader.Find(method.GetAttributes(), "CBodyAttribute") is { } attribute)
                bodies[(string)attribute.ConstructorArguments[0].Value!] = (method, attribute.NamedArguments.Any(a => a.Key == "KeepsError" && a.Value.Value is true));
        }
        var reader = new DefinitionReader();
        reader.Read(compilation);
        var definitions = new Dictionary<string, Operation>();
        foreach (Operation operation in reader.Capabilities.SelectMany(c => c.Operations))
            definitions[operation.Symbol] = operation;
        var types = new HashSet<string>(Types(compilation.Assembly.GlobalNamespace).Select(t => t.Name));
        var emitter = new ExportEmitter(bodies, Methods(compilation), definitions, CheckRules.Parse(checks), types);
        var files = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (IGrouping<string, CFunction> header in functions.GroupBy(f => f.Header))
            files.Add(($"CExports.{Path.GetFileNameWithoutExtension(header.Key)}.g.cs", emitter.File(header)));
        files.Add(("CExports.Coverage.g.cs", emitter.Coverage(functions)));
        return files.ToImmutable();
    }

    static Dictionary<string, IMethodSymbol> Methods(Compilation compilation)
    {
        var found = new Dictionary<string, IMethodSymbol>();
        foreach (IMethodSymbol method in compilation.SourceModule.ReferencedAssemblySymbols.Where(a => a.Name == "Vireo.Driver")
            .SelectMany(a => Types(a.GlobalNamespace)).Where(t => WireReader.Find(t.GetAttributes(), "CapabilityAttribute") is not null)
            .SelectMany(t => t.GetMembers().OfType<IMethodSymbol>()))
        {
            if (WireReader.Find(method.GetAttributes(), "CExportAttribute")?.ConstructorArguments[0].Value is string symbol)
                found[symbol] = method;
        }
        return found;
    }

    static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().Where(n => n.ToDisplayString().StartsWith("Vireo", StringComparison.Ordinal)).SelectMany(Types));
}
