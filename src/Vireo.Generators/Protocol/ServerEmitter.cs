using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Vireo.Generators.Protocol;

/// <summary>For each procedure a method that decodes, checks, calls and answers.</summary>
static class ServerEmitter
{
    static readonly string[] Harmless = ["GetAttributes", "Read"];

    public static string Emit(Capability capability)
    {
        var text = new StringBuilder();
        foreach (Operation operation in capability.Operations)
            Handler(text, capability, operation);
        return text.ToString();
    }

    static void Handler(StringBuilder text, Capability capability, Operation o)
    {
        text.Append($"    // {o.Symbol}\n");
        text.Append($"    static void Run{o.Number}({o.Program.Session()} session, RpcCall call, ref XdrReader r)\n    {{\n");
        Argument[] fields = o.Fields.ToArray();
        for (int i = 0; i <= fields.Length; i++)
        {
            if (o.HasWord && i == o.WordAt)
                text.Append($"        int room = {(o.Shape == "List" ? "r.ReadInt()" : $"Codec.{(o.Shape == "TwoStep" || o.Result!.HasParameters ? "ReadParameterRoom" : "ReadRoom")}(ref r, {Bound(o)})")};\n");
            if (i < fields.Length)
                text.Append($"        {fields[i].Type} {fields[i].Name} = {fields[i].Wire.Read};\n");
        }
        if (o.Write)
            text.Append($"        session.RequireWrite(\"{o.Symbol}\", (ErrorDomain){o.ErrorDomain});\n");
        foreach (Rule rule in o.Rules.Where(rule => !rule.Filter))
            Check(text, o, rule);
        text.Append($"        {capability.FullName} offered = session.Require<{capability.FullName}>(\"{o.Symbol}\", (ErrorDomain){o.ErrorDomain});\n");
        if (o.IsStream)
            text.Append($"        var sink = new Custom.StreamBridge(sparse: {(o.Sparse != 0 ? $"((uint)@flags & {o.Sparse}) != 0" : "false")});\n");
        string arguments = string.Concat(o.Arguments.Select(a => Pass(o, a) + ", "));
        string invocation = $"offered.{o.Method}({arguments}session.Ended)";
        Rule? filter = o.Rules.FirstOrDefault(rule => rule.Filter);
        string context = o.Shape switch
        {
            _ when o.AsksForTexts => $"new AnswerContext({(o.HasWord ? "room" : "int.MaxValue")}, {Flags(o)})",
            "UpTo" or "TwoStep" or "List" => "new AnswerContext(room)",
            _ => "AnswerContext.Everything",
        };
        if (o.IsStream)
            text.Append($"        session.OpenStream(call, sink, {invocation}{(o.Result is null ? "" : $", Answer{o.Number}")});\n");
        else if (o.GivesFiles && o.Result is null)
            text.Append($"        session.Answer(call, {invocation});\n");
        else if (o.GivesFiles)
            text.Append($"        session.Answer(call, {invocation}, Answer{o.Number});\n");
        else if (o.Result is null)
            text.Append($"        session.Answer(call, {invocation});\n");
        else if (filter is not null && o.Shape == "List")
            text.Append($"        session.AnswerFiltered(call, {invocation}, {filter.Right}, Answer{o.Number}, {context});\n");
        else
            text.Append($"        session.Answer(call, {invocation}, Answer{o.Number}, {context});\n");
        text.Append("    }\n\n");
        if (o.Result is null)
            return;
        text.Append($"    static readonly ReplyWriter<{o.AnswerType}> Answer{o.Number} = static (ref XdrWriter w, {o.AnswerType} value, AnswerContext context) =>\n    {{\n");
        switch (o.Shape)
        {
            case "List":
                text.Append($"        if (context.Room != 0) {{ {o.Result.Write("value")} }} else w.WriteUInt(0);\n        w.WriteInt(value.Length);\n");
                break;
            case "UpTo":
                text.Append($"        value = Codec.Cut(value, context.Room);\n        {o.Result.Write("value")}\n");
                break;
            case "TwoStep":
                text.Append($"        int count = Codec.Count(value, context);\n        value = Codec.Cut(value, context.Room);\n        {o.Result.Write("value")}\n        w.WriteInt(context.Room == 0 ? count : value.Length);\n");
                break;
            case "Counted":
                text.Append($"        {o.Result.Write("value")}\n        w.WriteInt(value.Length);\n");
                break;
            default:
                text.Append($"        {o.Result.Write("value")}\n");
                break;
        }
        text.Append("    };\n\n");
    }

    static string Pass(Operation o, Argument a) => a.Role switch
    {
        Role.File => "session.TakeFile(call)",
        Role.Files => "session.TakeFiles(call)",
        _ when a.IsFlags && o.AsksForTexts => $"({a.Type})((uint){a.Name} & ~4u)",
        _ => a.Name,
    };

    static string Flags(Operation o) =>
        o.Arguments.FirstOrDefault(a => a.IsFlags) is { } flags ? $"((uint){flags.Name} & 4) != 0" : "true";

    public static string Bound(Operation o)
    {
        string notation = o.Result!.Notation;
        return notation.Substring(1, notation.IndexOf('>') - 1);
    }

    static void Check(StringBuilder text, Operation o, Rule rule)
    {
        string subject = Subject(o, rule.RightType);
        string demand = $"session.Demand({rule.Right}, {subject});";
        if (rule.If is null && rule.Unless is null)
        {
            text.Append($"        {demand}\n");
            return;
        }
        string flags = "@" + (rule.Of ?? "flags");
        string condition = rule.Of is not null ? $"{flags} == {rule.If}"
            : rule.If is not null ? $"((uint){flags} & (uint){rule.If}) != 0"
            : $"((uint){flags} & (uint){rule.Unless}) == 0";
        bool refuse = !o.Write && !Harmless.Contains(rule.RightName) && !rule.RightName.StartsWith("Search");
        string write = refuse
            ? $"session.RequireWrite(\"{o.Symbol}\", (ErrorDomain){o.ErrorDomain}, secure: {(rule.RightName == "ReadSecure" ? "true" : "false")}); "
            : "";
        text.Append($"        if ({condition}) {{ {write}{demand} }}\n");
    }

    static readonly Dictionary<string, string> SubjectTypes = new Dictionary<string, string>
    {
        ["DomainRight"] = "DomainRef", ["NetworkRight"] = "NetworkRef", ["NetworkPortRight"] = "NetworkPortRef",
        ["StoragePoolRight"] = "StoragePoolRef", ["StorageVolumeRight"] = "StorageVolumeRef", ["InterfaceRight"] = "InterfaceRef",
        ["NodeDeviceRight"] = "NodeDeviceRef", ["SecretRight"] = "SecretRef", ["NwFilterRight"] = "NwFilterRef",
        ["NwFilterBindingRight"] = "NwFilterBindingRef",
    };

    /// <summary>The argument that a right is about; a snapshot's rights are its domain's.</summary>
    static string Subject(Operation o, string rightType)
    {
        if (rightType == "ConnectRight")
            return "null";
        string wanted = SubjectTypes[rightType];
        foreach (Argument argument in o.Arguments)
        {
            if (argument.Type.EndsWith("." + wanted))
                return argument.Name;
            if (wanted == "DomainRef" && (argument.Type.EndsWith(".SnapshotRef") || argument.Type.EndsWith(".CheckpointRef")))
                return argument.Name + ".Domain";
        }
        return "null";
    }
}
