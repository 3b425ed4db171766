using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Vireo.Generators.Protocol;

/// <summary>Reads capability interfaces and event records, in the driver assembly and in the compilation itself.</summary>
sealed class DefinitionReader
{
    readonly WireReader wires = new WireReader();

    public List<Capability> Capabilities { get; } = new List<Capability>();
    public List<EventDefinition> Events { get; } = new List<EventDefinition>();
    public SortedDictionary<string, string> Codecs => wires.Codecs;

    /// <summary>Anything of a program is defined.</summary>
    public bool Has(WireProgram program) => Capabilities.Any(c => c.Program == program && c.Operations.Count > 0) || Events.Any(e => e.Program == program);

    /// <summary>Anything of a program is of a later release.</summary>
    public bool HasLater(WireProgram program) => Capabilities.Any(c => c.Program == program && c.Later) || Events.Any(e => e.Program == program && e.Later);

    public void Read(Compilation compilation)
    {
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols.Where(a => a.Name == "Vireo.Driver")
            .Concat([compilation.Assembly]))
        {
            foreach (INamedTypeSymbol type in Types(assembly.GlobalNamespace).OrderBy(t => t.Name, System.StringComparer.Ordinal))
                Read(type);
        }
    }

    static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().Where(n => n.Name is "Vireo" || n.ToDisplayString().StartsWith("Vireo."))
            .SelectMany(Types));

    void Read(INamedTypeSymbol type)
    {
        if (WireReader.Find(type.GetAttributes(), "CapabilityAttribute") is { } capability)
            Capabilities.Add(ReadCapability(type, capability));
        else if (WireReader.Find(type.GetAttributes(), "EventAttribute") is { } raised)
            Events.Add(ReadEvent(type, raised));
    }

    Capability ReadCapability(INamedTypeSymbol type, AttributeData attribute)
    {
        var read = new Capability
        {
            Name = type.Name,
            FullName = type.ToDisplayString(WireReader.Full),
            ErrorDomain = attribute.ConstructorArguments[0].Value!.ToString(),
            Program = ProgramOf(attribute),
            Later = IsLater(attribute),
        };
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>().Where(m => m.MethodKind == MethodKind.Ordinary))
        {
            if (WireReader.Find(method.GetAttributes(), "ProcedureAttribute") is { } procedure)
                read.Operations.Add(ReadOperation(method, procedure, read));
        }
        return read;
    }

    Operation ReadOperation(IMethodSymbol method, AttributeData procedure, Capability of)
    {
        T Named<T>(string name, T otherwise) =>
            procedure.NamedArguments.FirstOrDefault(a => a.Key == name).Value.Value is T value ? value : otherwise;
        var read = new Operation
        {
            Number = (int)procedure.ConstructorArguments[0].Value!,
            High = (int)procedure.ConstructorArguments[1].Value! == 1,
            Inline = Named("Inline", false),
            Write = Named("Write", false),
            BeforeLogin = Named("BeforeLogin", false),
            Texts = Named("Texts", 0),
            UnsignedWord = Named("UnsignedWord", false),
            Sparse = Named("Sparse", 0u),
            Shape = Named("Shape", 0) switch { 1 => "List", 2 => "UpTo", 3 => "TwoStep", 4 => "Counted", 5 => "Told", _ => "Plain" },
            Method = method.Name,
            ErrorDomain = of.ErrorDomain,
            Program = of.Program,
            Later = of.Later,
            Symbol = WireReader.Find(method.GetAttributes(), "CExportAttribute")?.ConstructorArguments[0].Value as string ?? method.Name,
        };
        foreach (IParameterSymbol parameter in method.Parameters.Where(p => p.Type.Name != "CancellationToken"))
        {
            Role role = RoleOf(parameter.Type);
            read.Arguments.Add(new Argument
            {
                Name = role == Role.Sink ? "sink" : parameter.Name == "client" ? "client_" : "@" + parameter.Name,   // stubs call their connection "client"
                Type = parameter.Type.ToDisplayString(WireReader.Full),
                Wire = role == Role.Field ? wires.Of(parameter.Type, parameter.GetAttributes()) : null!,
                IsFlags = parameter.Name == "flags",
                Role = role,
            });
        }
        if (method.ReturnType is INamedTypeSymbol { IsGenericType: true } task)
            ReadResult(read, task.TypeArguments[0], method.GetReturnTypeAttributes());
        Argument[] fields = read.Fields.ToArray();
        bool flagsLast = fields.Length > 0 && fields[fields.Length - 1].IsFlags;
        int at = Named("WordAt", -1);
        read.WordAt = at >= 0 ? at : fields.Length - (flagsLast ? 1 : 0);
        read.Rules.AddRange(method.GetAttributes().Where(a => a.AttributeClass?.Name == "AclAttribute").Select(ReadRule));
        return read;
    }

    static WireProgram ProgramOf(AttributeData attribute) =>
        (WireProgram)(attribute.NamedArguments.FirstOrDefault(a => a.Key == "Program").Value.Value is int program ? program : 0);

    static bool IsLater(AttributeData attribute) => attribute.NamedArguments.Any(a => a.Key == "Since");

    static Role RoleOf(ITypeSymbol type) => type switch
    {
        { Name: "IStreamSink" } => Role.Sink,
        { Name: "SafeFileHandle" } => Role.File,
        IArrayTypeSymbol { ElementType.Name: "SafeFileHandle" } => Role.Files,
        _ => Role.Field,
    };

    /// <summary>A result is in the payload, beside it (streams, descriptors), or both.</summary>
    void ReadResult(Operation read, ITypeSymbol type, ImmutableArray<AttributeData> attributes)
    {
        read.ResultType = type.ToDisplayString(WireReader.Full);
        if (type.Name is "WithStream" or "WithFiles")
        {
            read.IsWrapped = true;
            read.GivesFiles = type.Name == "WithFiles";
            type = ((INamedTypeSymbol)type).TypeArguments[0];
        }
        else if (type.Name == "IStreamHandler")
        {
            return;
        }
        else if (RoleOf(type) is Role.File or Role.Files)
        {
            read.GivesFiles = true;
            return;
        }
        read.AnswerType = type.ToDisplayString(WireReader.Full);
        read.Result = wires.Of(type, attributes);
    }

    static Rule ReadRule(AttributeData attribute)
    {
        TypedConstant right = attribute.ConstructorArguments[0];
        var rule = new Rule
        {
            RightType = right.Type!.Name,
            RightName = MemberName(right),
            Right = right.Type.ToDisplayString(WireReader.Full) + "." + MemberName(right),
        };
        foreach (var argument in attribute.NamedArguments)
        {
            switch (argument.Key)
            {
                case "If": (rule.If, rule.IfNames) = Flags(argument.Value); break;
                case "Unless": (rule.Unless, rule.UnlessNames) = Flags(argument.Value); break;
                case "Of": rule.Of = (string)argument.Value.Value!; break;
                case "Filter": rule.Filter = (bool)argument.Value.Value!; break;
            }
        }
        return rule;
    }

    static (string Code, string Names) Flags(TypedConstant value)
    {
        string type = value.Type!.ToDisplayString(WireReader.Full);
        return ($"({type}){value.Value}", $"{value.Type.Name}={value.Value}");
    }

    static string MemberName(TypedConstant value) =>
        value.Type!.GetMembers().OfType<IFieldSymbol>().First(f => f.HasConstantValue && Equals(f.ConstantValue, value.Value)).Name;

    EventDefinition ReadEvent(INamedTypeSymbol type, AttributeData attribute) => new EventDefinition
    {
        Name = type.Name,
        FullName = type.ToDisplayString(WireReader.Full),
        Family = type.BaseType!.Name,
        FamilyFullName = type.BaseType.ToDisplayString(WireReader.Full),
        Id = (int)attribute.ConstructorArguments[0].Value!,
        Procedure = (int)attribute.ConstructorArguments[1].Value!,
        Older = attribute.NamedArguments.FirstOrDefault(a => a.Key == "Older").Value.Value is int older ? older : 0,
        Program = ProgramOf(attribute),
        Later = IsLater(attribute),
        Fields = wires.Members(type),
    };
}
