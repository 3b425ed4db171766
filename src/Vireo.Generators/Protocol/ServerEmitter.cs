using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Vireo.Generators.Protocol;

/// <summary>For each procedure a method that decodes, checks, calls and answers.</summary>
static class ServerEmitter
{
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
            if (o.Shape == "Told" && i == o.WordAt)
                text.Append("        _ = r.ReadInt();\n");
            else if (o.HasWord && i == o.WordAt)
                text.Append($"        int room = {(o.Shape == "List" ? "r.ReadInt()" : $"Codec.{(o.Shape == "TwoStep" || o.Result!.HasParameters ? "ReadParameterRoom" : "ReadRoom")}(ref r, {Bound(o)})")};\n");
            if (i < fields.Length)
                text.Append($"        {fields[i].Type} {fields[i].Name} = {fields[i].Wire.Read};\n");
        }
        if (o.Write)
            text.Append($"        session.RequireWrite(\"{o.Symbol}\", (ErrorDomain){o.ErrorDomain});\n");
        AccessEmitter.Checks(text, o);
        text.Append($"        {capability.FullName} offered = session.Require<{capability.FullName}>(\"{o.Symbol}\", (ErrorDomain){o.ErrorDomain});\n");
        if (o.IsStream)
            text.Append($"        var sink = new Custom.StreamBridge(sparse: {(o.Sparse != 0 ? $"((uint)@flags & {o.Sparse}) != 0" : "false")});\n");
        string arguments = string.Concat(o.Arguments.Select(a => Pass(o, a) + ", "));
        string invocation = AccessEmitter.Guarded(capability, o, $"offered.{o.Method}({arguments}session.Ended)");
        string context = o.Shape switch
        {
            _ when o.AsksForTexts => $"new AnswerContext({(o.HasWord && o.Shape != "Told" ? "room" : "int.MaxValue")}, {Flags(o)})",
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
            case "Counted" or "Told":
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
        _ when a.IsFlags && o.AsksForTexts && !o.KeepsTextFlag => $"({a.Type})((uint){a.Name} & ~4u)",
        _ => a.Name,
    };

    static string Flags(Operation o) =>
        o.Arguments.FirstOrDefault(a => a.IsFlags) is { } flags ? $"((uint){flags.Name} & 4) != 0" : "true";

    public static string Bound(Operation o)
    {
        string notation = o.Result!.Notation;
        return notation.Substring(1, notation.IndexOf('>') - 1);
    }
}
