using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Vireo.Generators.Protocol;

/// <summary>
/// What the dispatch asks of a policy: before a call, of the object that an argument, a document, a file or a name tells; after a lookup, of what was
/// found; of each item of a list.
/// </summary>
static class AccessEmitter
{
    static readonly string[] Harmless = ["GetAttributes", "Read"];

    static readonly Dictionary<string, string> SubjectTypes = new Dictionary<string, string>
    {
        ["DomainRight"] = "DomainRef", ["NetworkRight"] = "NetworkRef", ["NetworkPortRight"] = "NetworkPortRef",
        ["StoragePoolRight"] = "StoragePoolRef", ["StorageVolumeRight"] = "StorageVolumeRef", ["InterfaceRight"] = "InterfaceRef",
        ["NodeDeviceRight"] = "NodeDeviceRef", ["SecretRight"] = "SecretRef", ["NwFilterRight"] = "NwFilterRef",
        ["NwFilterBindingRight"] = "NwFilterBindingRef",
    };

    /// <summary>What a rule guards beyond its operation is not for read-only connections.</summary>
    public static bool RefusedOnReadOnly(Operation o, Rule rule) => !o.Write && !Harmless.Contains(rule.RightName) && !rule.RightName.StartsWith("Search");

    /// <summary>The checks that go before the call.</summary>
    public static void Checks(StringBuilder text, Operation o)
    {
        foreach (Rule rule in o.Rules.Where(rule => !rule.Filter))
        {
            (string how, string demand) = Subject(o, rule);
            if (how == "found")
                continue;
            if (rule.If is null && rule.Unless is null)
            {
                text.Append($"        session.{demand};\n");
                continue;
            }
            string flags = "@" + (rule.Of ?? "flags");
            string condition = rule.Of is not null ? $"{flags} == {rule.If}"
                : rule.If is not null ? $"((uint){flags} & (uint){rule.If}) != 0"
                : $"((uint){flags} & (uint){rule.Unless}) == 0";
            string write = RefusedOnReadOnly(o, rule)
                ? $"session.RequireWrite(\"{o.Symbol}\", (ErrorDomain){o.ErrorDomain}, secure: {(rule.RightName == "ReadSecure" ? "true" : "false")}); "
                : "";
            text.Append($"        if ({condition}) {{ {write}session.{demand}; }}\n");
        }
    }

    /// <summary>The call, with checks of its result around it.</summary>
    public static string Guarded(Capability capability, Operation o, string invocation)
    {
        if (o.Rules.FirstOrDefault(rule => !rule.Filter && Subject(o, rule).How == "found") is { } found)
            return $"session.FoundBy({invocation}, {found.Right}, static (objects, item) => {Of(o.ResultType!)})";
        if (IsSession(capability) || o.Rules.FirstOrDefault(rule => rule.Filter) is not { } filter)
            return invocation;
        if (IsListOfObjects(o))
            return $"session.Visible({invocation}, {filter.Right}, static (objects, item) => {Of(o.ResultType!)})";
        return $"session.Guarded ? Access.FilteredLists.Of{o.Number}(session, {invocation.Replace($".{o.Method}(", ", ")} : {invocation}";
    }

    // The session's own registrations: their events are filtered one by one.
    static bool IsSession(Capability capability) => capability.Name is "ISessionCalls" or "IQemuSessionCalls";

    static bool IsListOfObjects(Operation o) => o.ResultType is { } type && (type.EndsWith("Ref[]") || type.EndsWith(".DomainStatistics[]") || type.EndsWith(".MachineJobs[]"));

    static string Of(string type) =>
        type.Contains(".StorageVolumeRef") ? "objects.Of(item)" : "Access.SessionObjects.Of(item)";

    /// <summary>number|right|how, a line for each rule that is about an object.</summary>
    public static string Describe(WireProgram program, IEnumerable<Capability> capabilities) => string.Join("\n",
        from capability in capabilities
        where capability.Program == program
        from o in capability.Operations
        from rule in o.Rules
        where rule.RightType != "ConnectRight"
        orderby o.Number
        select $"{o.Number}|{rule.RightType}.{rule.RightName}|{(!rule.Filter ? Subject(o, rule).How
            : IsSession(capability) ? "events" : IsListOfObjects(o) ? "list" : "older list")}");

    /// <summary>Where the object is that a right is about; a snapshot's rights are its domain's.</summary>
    static (string How, string Demand) Subject(Operation o, Rule rule)
    {
        if (rule.RightType == "ConnectRight")
            return ("connection", $"Demand({rule.Right})");
        string wanted = SubjectTypes[rule.RightType];
        Argument? document = o.Arguments.FirstOrDefault(a => a.Type is "string" && a.Name.ToLowerInvariant().Contains("xml"));
        Argument? network = Typed(o, "NetworkRef"), pool = Typed(o, "StoragePoolRef");
        if (wanted == "StorageVolumeRef" && document is not null && pool is not null)
            return ("document", $"DemandOn({rule.Right}, {document.Name}, pool: {pool.Name})");
        // What a change has made is there: its rights must be asked for before, also where nothing tells the object yet.
        bool isLookup = !o.Write && o.ResultType is { } result && result.EndsWith("." + wanted);
        bool makes = o.ResultType is { } made && made.EndsWith("." + wanted);
        if (Typed(o, wanted) is { } argument)
            return ("argument", $"Demand({rule.Right}, {argument.Name}{(wanted == "NodeDeviceRef" ? ".Name" : "")})");
        if (wanted == "DomainRef" && (Typed(o, "SnapshotRef") ?? Typed(o, "CheckpointRef")) is { } part)
            return ("argument", $"Demand({rule.Right}, {part.Name}.Domain)");
        if (wanted == "NodeDeviceRef" && !makes && Text(o, "name") is { } device)
            return ("argument", $"Demand({rule.Right}, {device})");
        if (wanted == "DomainRef" && Other(o, rule, document) is { } other)
            return other;
        if (document is not null && makes)
            return ("document", $"DemandOn({rule.Right}, {document.Name}{(wanted == "NetworkPortRef" && network is not null ? $", network: {network.Name}" : "")})");
        return isLookup ? ("found", "") : ("unknown", $"DemandOnUnknown({rule.Right})");
    }

    /// <summary>Domains in files, and those that come from other hosts.</summary>
    static (string, string)? Other(Operation o, Rule rule, Argument? document)
    {
        string? parameters = o.Arguments.FirstOrDefault(a => a.Type.EndsWith(".TypedParameter[]"))?.Name;
        string Named(string parameter) => $"Access.Told.Text({parameters}, \"{parameter}\")";
        if ((Text(o, "from") ?? Text(o, "file")) is { } file)
            return ("file", $"DemandOnImage({rule.Right}, {file})");
        if (o.Symbol.StartsWith("virDomainRestore") && parameters is not null)
            return ("file", $"DemandOnImage({rule.Right}, {Named("file")})");
        string name = parameters is null ? Text(o, "name") ?? Text(o, "dname") ?? "null" : Named("destination_name");
        if (o.Symbol.StartsWith("virDomainMigratePrepare"))
            return ("incoming", $"DemandOnIncoming({rule.Right}, {(parameters is null ? document?.Name ?? "null" : Named("destination_xml"))}, {name})");
        if (o.Symbol.StartsWith("virDomainMigrateFinish"))
            return ("name", $"DemandOnNamed({rule.Right}, {name})");
        return null;
    }

    static Argument? Typed(Operation o, string type) => o.Arguments.FirstOrDefault(a => a.Type.EndsWith("." + type));

    static string? Text(Operation o, string name) =>
        o.Arguments.FirstOrDefault(a => a.Type is "string" or "string?" && a.Name == "@" + name)?.Name;
}
