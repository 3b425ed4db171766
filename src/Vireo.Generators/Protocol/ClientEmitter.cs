using System.Linq;
using System.Text;

namespace Vireo.Generators.Protocol;

/// <summary>For each capability a class that implements it by calls over a channel.</summary>
static class ClientEmitter
{
    public static string ClassName(Capability capability) => "Remote" + capability.Name.Substring(1);

    public static string Emit(Capability capability)
    {
        var text = new StringBuilder();
        text.Append($"sealed partial class {ClassName(capability)}({capability.Program.Client()} client) : {capability.FullName}\n{{\n");
        foreach (Operation operation in capability.Operations)
            Method(text, operation);
        text.Append("}\n");
        return text.ToString();
    }

    static void Method(StringBuilder text, Operation o)
    {
        string parameters = string.Concat(o.Arguments.Select(a => $"{a.Type} {a.Name}, ")) + "CancellationToken cancel";
        string result = o.ResultType is null ? "ValueTask" : $"ValueTask<{o.ResultType}>";
        if (o.Shape == "TwoStep")
        {
            string names = string.Concat(o.Arguments.Select(a => a.Name + ", "));
            text.Append($"    public async {result} {o.Method}({parameters})\n    {{\n");
            text.Append($"        int count = (await Ask{o.Number}(0, {names}cancel).ConfigureAwait(false)).Count;\n");
            text.Append($"        return count == 0 ? [] : (await Ask{o.Number}(count, {names}cancel).ConfigureAwait(false)).Items;\n    }}\n\n");
            text.Append($"    ValueTask<({o.ResultType} Items, int Count)> Ask{o.Number}(int room, {parameters})\n    {{\n");
            Body(text, o, "room", $"({o.Result!.Read}, r.ReadInt())");
            return;
        }
        text.Append($"    public {result} {o.Method}({parameters})\n    {{\n");
        string word = o.Shape == "List" ? "1" : o.Shape == "UpTo" ? ServerEmitter.Bound(o) : o.Shape == "Told" ? "0" : "";
        Body(text, o, word, o.Shape == "Counted" ? $"Codec.Counted({o.Result!.Read}, r.ReadInt())" : o.Result?.Read);
    }

    static void Body(StringBuilder text, Operation o, string word, string? decode)
    {
        text.Append($"        XdrWriter w = client.BeginCall({(o.Program == WireProgram.Remote ? "" : o.Program.Table() + ".Program, ")}{o.Number});\n");
        Argument[] fields = o.Fields.ToArray();
        if (fields.Any(a => a.Wire.Write("x").Contains("context")))
            text.Append("        AnswerContext context = AnswerContext.Everything;\n");
        for (int i = 0; i <= fields.Length; i++)
        {
            if (o.HasWord && i == o.WordAt)
                text.Append($"        w.WriteInt({word});\n");
            if (i == fields.Length)
                break;
            Argument a = fields[i];
            string value = o.AsksForTexts && a.IsFlags ? $"({a.Type})((uint){a.Name} | client.StringFlag)" : a.Name;
            text.Append("        ").Append(a.Wire.Write(value)).Append('\n');
        }
        string decoder = $"static (ref XdrReader r) => {decode}";
        if (o.IsStream)
        {
            string sparse = o.Sparse != 0 ? $"((uint)@flags & {o.Sparse}) != 0" : "false";
            text.Append($"        return client.OpenStreamAsync(ref w, sink, {sparse}, {(decode is null ? "" : decoder + ", ")}cancel);\n");
        }
        else if (o.TakesFiles || o.GivesFiles)
        {
            string files = o.Arguments.FirstOrDefault(a => a.Role is Role.File or Role.Files) is not { } passed ? "[]"
                : passed.Role is Role.File ? $"[{passed.Name}]" : passed.Name;
            string how = !o.GivesFiles ? (decode is null ? "RunWithFilesAsync" : "CallWithFilesAsync")
                : decode is not null ? "CallForBothAsync" : o.ResultType!.EndsWith("[]") ? "CallForFilesAsync" : "CallForFileAsync";
            text.Append($"        return client.{how}(ref w, {files}, {(decode is null ? "" : decoder + ", ")}cancel);\n");
        }
        else
        {
            text.Append(decode is null
                ? "        return client.RunAsync(ref w, cancel);\n"
                : $"        return client.CallAsync(ref w, {decoder}, cancel);\n");
        }
        text.Append("    }\n\n");
    }
}
