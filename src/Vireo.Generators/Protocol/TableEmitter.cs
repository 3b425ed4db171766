using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Vireo.Generators.Protocol;

/// <summary>The procedure table, by array index, and its rendering as text for the test against the facts.</summary>
static class TableEmitter
{
    public static string Emit(List<Capability> capabilities)
    {
        var text = new StringBuilder();
        foreach (var program in capabilities.GroupBy(c => c.Program).OrderBy(p => p.Key))
            Table(text, program.Key, program.ToList());
        return text.ToString();
    }

    static void Table(StringBuilder text, WireProgram program, List<Capability> capabilities)
    {
        text.Append($"static partial class {program.Table()}\n{{\n");
        foreach (Capability capability in capabilities)
            text.Append(ServerEmitter.Emit(capability));
        List<Operation> operations = capabilities.SelectMany(c => c.Operations).OrderBy(o => o.Number).ToList();
        text.Append($"    const int Size = {operations.Select(o => o.Number).DefaultIfEmpty().Max() + 1};\n\n");
        text.Append($"    static void AddGenerated(Procedure<{program.Session()}>?[] table)\n    {{\n");
        foreach (Operation o in operations)
        {
            text.Append($"        table[{o.Number}] = new(\"{o.Symbol}\", inline: {Bool(o.Inline)}, login: {Bool(!o.BeforeLogin && program.HasLogin())}, files: {Bool(o.TakesFiles)}, Run{o.Number}{Offer(capabilities, o)});\n");
        }
        text.Append("    }\n}\n\n");
    }

    /// <summary>A procedure of a later release is there when the driver offers it.</summary>
    static string Offer(List<Capability> capabilities, Operation o) => o.Later
        ? $", static offered => offered.Find<{capabilities.First(c => c.Operations.Contains(o)).FullName}>() is not null"
        : "";

    static string Bool(bool value) => value ? "true" : "false";

    /// <summary>number|kind|symbol|priority|write|arguments|results|rights|beside the payload, a line each.</summary>
    public static string Describe(WireProgram program, List<Capability> all, List<EventDefinition> raised, bool later)
    {
        List<Capability> capabilities = all.Where(c => c.Program == program && c.Later == later).ToList();
        List<EventDefinition> events = raised.Where(e => e.Program == program && e.Later == later).ToList();
        var lines = new List<(int Number, string Text)>();
        foreach (Operation o in capabilities.SelectMany(c => c.Operations))
            lines.Add((o.Number, $"{o.Number}|call|{o.Symbol}|{(o.High ? "high" : "low")}|{(o.Write ? "write" : "")}|{Arguments(o)}|{Results(o)}|{Rights(o)}|{Beside(o)}"));
        foreach (EventDefinition e in events)
        {
            if (e.Procedure > 0)
                lines.Add((e.Procedure, $"{e.Procedure}|event|{e.Name}|low||{Fields(e, older: false)}|||"));
            if (e.Older > 0)
                lines.Add((e.Older, $"{e.Older}|event|{e.Name}|low||{Fields(e, older: true)}|||"));
        }
        return string.Join("\n", lines.OrderBy(l => l.Number).Select(l => l.Text));
    }

    static string Fields(EventDefinition e, bool older) =>
        (older ? "" : "int, ") + string.Join(", ", e.Fields.Where(f => !older || !f.NotInOlder).Select(f => f.Wire.Notation));

    static string Arguments(Operation o)
    {
        var fields = o.Fields.Select(a => a.Wire.Notation).ToList();
        if (o.HasWord)
            fields.Insert(o.WordAt, o.UnsignedWord || o.Program == WireProgram.Admin ? "uint" : "int");
        return string.Join(", ", fields);
    }

    /// <summary>What travels beside the payload.</summary>
    static string Beside(Operation o) => string.Join(" ", new[]
    {
        o.IsStream ? "stream" : "", o.Sparse != 0 ? "sparse=" + o.Sparse : "", o.TakesFiles ? "call-fds" : "", o.GivesFiles ? "reply-fds" : "",
        o.BeforeLogin ? "no-auth" : "",
    }.Where(word => word.Length > 0));

    static string Results(Operation o) =>
        (o.Result?.Notation ?? "") + (o.HasCount ? ", count" : "");

    static string Rights(Operation o) => string.Join(" ", o.Rules.Select(r =>
        $"{r.RightType}.{r.RightName}{(r.Filter ? "!filter" : "")}{(r.Of is null ? "" : "@" + r.Of)}{(r.IfNames is null ? "" : "?" + r.IfNames)}{(r.UnlessNames is null ? "" : "?!" + r.UnlessNames)}"));
}
