using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Vireo.Generators.Protocol;

namespace Vireo.Generators.CAbi;

/// <summary>The body of a function that is one operation: checks what C passes, calls the driver, gives what it answers.</summary>
sealed class OperationEmitter
{
    const string Line = "\n            ";

    readonly CFunction f;
    readonly IMethodSymbol method;
    readonly Operation operation;
    readonly CheckRules rules;
    readonly StringBuilder checks = new StringBuilder(), late = new StringBuilder();
    readonly List<string> passed = new List<string>();
    readonly Queue<IParameterSymbol> wanted;
    readonly List<CParameter> outputs = new List<CParameter>();
    string? handle;
    bool failed;

    OperationEmitter(CFunction f, IMethodSymbol method, Operation operation, CheckRules rules)
    {
        (this.f, this.method, this.operation, this.rules) = (f, method, operation, rules);
        wanted = new Queue<IParameterSymbol>(method.Parameters.Where(p => p.Type.Name != "CancellationToken"));
    }

    string Domain => $"ErrorDomain.{f.Domain}";

    string Where(CParameter p) => $"\"{rules.Name(p.Name)}\", \"{f.Name}\", {Domain}";

    /// <summary>Null: it is not regular, and wants to be written by hand.</summary>
    public static string? Emit(CFunction f, IMethodSymbol method, Operation operation, CheckRules rules) =>
        new OperationEmitter(f, method, operation, rules).Emit();

    string? Emit()
    {
        if (f.Parameters.Length == 0 || !f.Parameters[0].IsHandle || operation.IsStream || operation.TakesFiles || operation.GivesFiles)
            return null;
        for (int i = 0; i < f.Parameters.Length && !failed; i++)
        {
            CParameter p = f.Parameters[i];
            checks.Append(rules.Added(p, Where(p)));
            Take(ref i);
        }
        if (failed || wanted.Count > 0 || handle is null)
            return null;
        string? answer = Answer();
        if (answer is null)
            return null;
        var text = new StringBuilder();
        text.Append($"ConnectionState connection = HandleTable.Connection({handle}, HandleKind.{CFunction.HandleKinds[f.Parameters[0].Type]}, \"{f.Name}\", {Domain});{Line}");
        foreach (CParameter other in f.Parameters.Skip(1).Where(p => p.IsHandle))
            text.Append($"HandleTable.Check({other.Safe}, HandleKind.{CFunction.HandleKinds[other.Type]}, \"{f.Name}\", {Domain});{Line}");
        if (rules.Before)
            text.Append(checks);
        if (operation.Write)
            text.Append($"connection.RequireWrite(\"{f.Name}\", {Domain});{Line}");
        else
            Conditional(text);
        if (!rules.Before)
            text.Append(checks);
        text.Append($"var offered = connection.Require<{method.ContainingType.ToDisplayString(WireReader.Full)}>(\"{f.Name}\", {Domain});{Line}");
        return text.Append(late).Append(answer).ToString();
    }

    /// <summary>Changes and secrets that only some flags ask for.</summary>
    void Conditional(StringBuilder text)
    {
        foreach (Rule rule in operation.Rules.Where(r => !r.Filter && r.Of is null && (r.If ?? r.Unless) is not null && AccessEmitter.RefusedOnReadOnly(operation, r)))
        {
            CParameter? flags = f.Parameters.FirstOrDefault(p => p.Name == "flags");
            if (flags is null)
                continue;
            string condition = rule.If is not null ? $"({flags.Safe} & (uint){rule.If}) != 0" : $"({flags.Safe} & (uint){rule.Unless}) == 0";
            text.Append($"if ({condition}){Line}    connection.RequireWrite(\"{f.Name}\", {Domain}, secure: {(rule.RightName == "ReadSecure" ? "true" : "false")});{Line}");
        }
    }

    string Next(out IParameterSymbol parameter)
    {
        parameter = wanted.Dequeue();
        return parameter.Type.ToDisplayString(WireReader.Full);
    }

    /// <summary>Matches the C parameter with the operation's next one, or takes it for an answer's place.</summary>
    void Take(ref int i)
    {
        CParameter p = f.Parameters[i];
        if (p.IsHandle)
        {
            TakeHandle(p, i == 0);
            return;
        }
        IParameterSymbol? next = wanted.Count > 0 ? wanted.Peek() : null;
        bool more = i + 1 < f.Parameters.Length;
        switch (p.Type)
        {
            case "char *" when next?.Type.SpecialType == SpecialType.System_String:
                bool optional = Next(out IParameterSymbol text).EndsWith("?", StringComparison.Ordinal) || text.NullableAnnotation == NullableAnnotation.Annotated;
                if (!optional)
                    (rules.IsLate(p.Name) ? late : checks).Append($"Arguments.NotNull({p.Safe}, {Where(p)});{Line}");
                passed.Add(rules.IsPath(p.Name) ? $"Arguments.AbsolutePath({p.Safe})" : $"CMemory.Read({p.Safe}){(optional ? "" : "!")}");
                return;
            case "unsigned char *" when next?.Type.Name == "Uuid":
                Next(out _);
                checks.Append(NotNull(p));
                passed.Add($"Arguments.Uuid({p.Safe})");
                return;
            case "unsigned char *" when next?.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte } && more:
                Next(out _);
                CParameter length = f.Parameters[++i];
                checks.Append($"Arguments.NotNull({p.Safe}, {Where(p)});{Line}Arguments.Positive((long){length.Safe}, {Where(length)});{Line}");
                passed.Add($"new ReadOnlySpan<byte>({p.Safe}, checked((int){length.Safe})).ToArray()");
                return;
            case "char **" when next?.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String } && more && f.Parameters[i + 1].Type == "unsigned int":
                Next(out _);
                passed.Add($"Arguments.Texts({p.Safe}, {f.Parameters[++i].Safe}, {Where(p)})");
                return;
            case "virTypedParameterPtr" when next?.Type is IArrayTypeSymbol { ElementType.Name: "TypedParameter" } && more:
                Next(out _);
                CParameter count = f.Parameters[++i];
                if (!rules.MayBeNull(p.Name))
                    checks.Append($"{NotNull(p)}Arguments.{(rules.MustBePositive(count.Name) ? "Positive" : "NotNegative")}({count.Safe}, {Where(count)});{Line}");
                passed.Add($"Parameters.Read({p.Safe}, {count.Safe})");
                return;
            case "int" when operation.Shape == "UpTo" && outputs.Count == 1:
                outputs.Add(p);   // how much room the caller has
                return;
            case "int" or "unsigned int" or "unsigned long" or "unsigned long long" or "long long" or "size_t"
                when next is { Type: { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Boolean } }:
                string kind = Next(out IParameterSymbol number);
                string value = number.Name == "flags" && operation is { AsksForTexts: true, KeepsTextFlag: false } ? $"({p.Safe} & ~4u)" : p.Safe;
                passed.Add(kind == "bool" ? $"{p.Safe} != 0" : $"({kind}){value}");
                return;
            default:
                outputs.Add(p);
                return;
        }
    }

    void TakeHandle(CParameter p, bool first)
    {
        if (first)
            handle = p.Safe;
        if (p.Type is "virConnectPtr" or "virAdmConnectPtr")
        {
            failed |= !first;
            return;
        }
        IParameterSymbol? next = wanted.Count > 0 ? wanted.Peek() : null;
        if (next is { Type.SpecialType: SpecialType.System_String } && p.Type == "virNodeDevicePtr")
            passed.Add($"CMemory.Read({p.Safe}->Name)!");
        else if (next is { Type.ContainingNamespace.Name: "Driver" } && next.Type.Name == (p.Type == "virStoragePoolPtr" ? "StoragePoolRef" : RefOf(p)))
            passed.Add($"Refs.To{next.Type.Name}({p.Safe})");
        else
        {
            failed = true;
            return;
        }
        wanted.Dequeue();
    }

    static string RefOf(CParameter p) => CFunction.HandleKinds[p.Type] + "Ref";

    string Call => $"offered.{method.Name}({string.Concat(passed.Select(a => a + ", "))}CancellationToken.None)";

    string NotNull(CParameter p) => $"Arguments.NotNull({p.Safe}, {Where(p)});{Line}";

    /// <summary>The call and what becomes of its answer.</summary>
    string? Answer()
    {
        ITypeSymbol? result = method.ReturnType is INamedTypeSymbol { IsGenericType: true } task ? task.TypeArguments[0] : null;
        string returned = CFunction.ToSharp(f.Returns);
        if (result is null)
            return outputs.Count == 0 && f.Returns == "int" ? $"Sync.Wait({Call});{Line}return 0;" : null;
        if (result is IArrayTypeSymbol { ElementType: var item })
            return List(item);
        bool isRef = result.Name.EndsWith("Ref", StringComparison.Ordinal) && CFunction.HandleKinds.ContainsKey(f.Returns);
        if (outputs.Count == 0)
        {
            return isRef ? $"return Refs.New({handle}, Sync.Of({Call}));"
                : f.Returns == "char *" && result.SpecialType == SpecialType.System_String ? (IsConstant ? null : $"return CMemory.Text(Sync.Of({Call}));")
                : returned == "int" && result.SpecialType == SpecialType.System_Boolean ? $"return Sync.Of({Call}) ? 1 : 0;"
                : returned == "int" && (result.SpecialType == SpecialType.System_Int32 || result.TypeKind == TypeKind.Enum) ? $"return (int)Sync.Of({Call});"
                : returned is "ulong" or "nuint" && result.SpecialType == SpecialType.System_UInt64 ? $"return ({returned})Sync.Of({Call});" : null;
        }
        return returned == "int" ? Placed(result) : null;
    }

    /// <summary>Text that the library keeps is asked for by hand.</summary>
    bool IsConstant => f.ReturnsConstant;

    /// <summary>An answer in the caller's variables.</summary>
    string? Placed(ITypeSymbol result)
    {
        CParameter first = outputs[0];
        checks.Append(string.Concat(outputs.Select(NotNull)));
        if (outputs.Count == 1 && first.Type.EndsWith("Ptr", StringComparison.Ordinal))
            return result.TypeKind == TypeKind.Struct ? $"Structs.Fill({first.Safe}, Sync.Of({Call}));{Line}return 0;" : null;
        string sharp = CFunction.ToSharp(first.Type).TrimEnd('*');
        if (outputs.Count == 1 && first.Type.EndsWith(" *", StringComparison.Ordinal))
        {
            return result.SpecialType == SpecialType.System_Boolean ? $"*{first.Safe} = Sync.Of({Call}) ? 1 : 0;{Line}return 0;"
                : result.SpecialType is SpecialType.System_UInt64 or SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32
                    ? $"*{first.Safe} = ({sharp})Sync.Of({Call});{Line}return 0;" : null;
        }
        return outputs.Count == 1 && first.Type == "char **" && result.SpecialType == SpecialType.System_String
            ? $"*{first.Safe} = CMemory.Text(Sync.Of({Call}));{Line}return 0;" : null;
    }

    string? List(ITypeSymbol item)
    {
        if (f.Returns != "int" || outputs.Count == 0)
            return null;
        CParameter first = outputs[0];
        if (outputs.Count == 1 && item.Name.EndsWith("Ref", StringComparison.Ordinal) && first.Type.EndsWith(" **", StringComparison.Ordinal))
        {
            return $"var found = Sync.Of({Call});{Line}if ({first.Safe} is null){Line}    return found.Length;{Line}"
                + $"Handle** made = (Handle**)CMemory.NewPointers((nuint)found.Length + 1);{Line}"
                + $"for (int i = 0; i < found.Length; i++){Line}    made[i] = Refs.New({handle}, found[i]);{Line}*{first.Safe} = made;{Line}return found.Length;";
        }
        if (outputs.Count == 1 && item.SpecialType == SpecialType.System_String && first.Type == "char ***")
        {
            return $"var found = Sync.Of({Call});{Line}return {first.Safe} is null ? found.Length : Results.Give({first.Safe}, found);";
        }
        if (outputs.Count != 2)
            return null;
        CParameter second = outputs[1];
        if (item.Name == "TypedParameter" && first.Type == "virTypedParameterPtr" && second.Type == "int *")
        {
            bool asks = operation.Shape == "TwoStep";
            string room = asks ? $"Arguments.NotNegative(*{second.Safe}, \"*{second.Name}\", \"{f.Name}\", {Domain});{Line}if (*{second.Safe} != 0){Line}    {NotNull(first)}"
                : $"{NotNull(first)}{NotNull(second)}Arguments.Positive(*{second.Safe}, \"*{second.Name}\", \"{f.Name}\", {Domain});{Line}";
            checks.Append(asks ? NotNull(second) + room : room);
            return $"return Parameters.Give(Sync.Of({Call}), {first.Safe}, {second.Safe});";
        }
        if (item.Name == "TypedParameter" && first.Type == "virTypedParameterPtr *" && second.Type is "int *" or "unsigned int *")
        {
            checks.Append(NotNull(first) + NotNull(second));
            return $"var found = Sync.Of({Call});{Line}*{first.Safe} = Parameters.Give(found);{Line}"
                + $"*{second.Safe} = {(second.Type == "int *" ? "" : "(uint)")}found.Length;{Line}return 0;";
        }
        bool fits = (item.SpecialType, first.Type) is (SpecialType.System_String, "char **") or (SpecialType.System_Int32, "int *") or (SpecialType.System_UInt64, "unsigned long long *");
        if (!fits || operation.Shape != "UpTo" || second.Type != "int")
            return null;
        checks.Append($"Arguments.Room({first.Safe}, {second.Safe}, \"{first.Name}\", \"{second.Name}\", \"{f.Name}\", {Domain});{Line}");
        return $"return Results.Fill({first.Safe}, {second.Safe}, Sync.Of({Call}));";
    }
}
