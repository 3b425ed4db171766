using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Vireo.Generators.Protocol;

/// <summary>Events both ways: a writer for the server, a table of readers for the client.</summary>
static class EventEmitter
{
    public static string Emit(List<EventDefinition> events)
    {
        var text = new StringBuilder();
        text.Append("static partial class EventCodec\n{\n");
        foreach (var family in events.GroupBy(e => e.Family))
            Writers(text, family.Key, family.First().FamilyFullName, family.ToList());
        foreach (var program in events.GroupBy(e => e.Program).OrderBy(p => p.Key))
        {
            string prefix = program.Key == WireProgram.Remote ? "" : program.Key.ToString();
            text.Append($"    internal static EventReader?[] {prefix}Readers {{ get; }} = Make{prefix}Readers();\n\n");
            text.Append($"    static EventReader?[] Make{prefix}Readers()\n    {{\n        var table = new EventReader?[{program.Max(e => System.Math.Max(e.Procedure, e.Older)) + 1}];\n");
            foreach (EventDefinition e in program)
            {
                if (e.Procedure > 0)
                    Reader(text, e, e.Procedure, older: false);
                if (e.Older > 0)
                    Reader(text, e, e.Older, older: true);
            }
            text.Append("        return table;\n    }\n");
        }
        text.Append("}\n");
        return text.ToString();
    }

    static void Writers(StringBuilder text, string family, string full, List<EventDefinition> events)
    {
        text.Append($"    /// <summary>The message that carries this event; 0: older clients cannot be told.</summary>\n");
        text.Append($"    internal static int ProcedureOf({full} raised, bool older) => raised switch\n    {{\n");
        foreach (EventDefinition e in events)
            text.Append($"        {e.FullName} => older ? {e.Older} : {e.Procedure},\n");
        text.Append("        _ => 0,\n    };\n\n");
        text.Append($"    internal static void Write(ref XdrWriter w, {full} raised, bool older)\n    {{\n");
        text.Append("        AnswerContext context = AnswerContext.Everything;\n        switch (raised)\n        {\n");
        foreach (EventDefinition e in events)
        {
            text.Append($"            case {e.FullName} e:\n");
            foreach (EventField field in e.Fields)
            {
                string write = field.Wire.Write("e." + field.Name);
                text.Append("                ").Append(field.NotInOlder ? $"if (!older) {{ {write} }}" : write).Append('\n');
            }
            text.Append("                break;\n");
        }
        text.Append("        }\n    }\n\n");
    }

    static void Reader(StringBuilder text, EventDefinition e, int procedure, bool older)
    {
        string fields = string.Join(", ", e.Fields.Select(f => older && f.NotInOlder ? "default" : f.Wire.Read));
        string id = older ? "-1 - " + e.Id : "r.ReadInt()";
        text.Append($"        table[{procedure}] = static (RemoteClient client, ref XdrReader r) => client.Deliver({id}, new {e.FullName}({fields}));\n");
    }
}
