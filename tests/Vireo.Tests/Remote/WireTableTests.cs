using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vireo.Remote;
using Xunit;

namespace Vireo.Tests.Remote;

/// <summary>The definitions, rendered by the generator, against libvirt's protocol.</summary>
public partial class WireTableTests
{
    readonly JsonElement facts = Facts.Load("rpc.json");
    readonly Dictionary<string, JsonElement> types;
    readonly Dictionary<string, long> flags = [];
    readonly Dictionary<string, bool> writes = [];

    public WireTableTests()
    {
        types = new[] { "remote", "admin" }.SelectMany(p => facts.GetProperty(p).GetProperty("types").EnumerateArray())
            .Concat(new[] { "qemu", "lxc", "log", "lock" }.SelectMany(p => facts.GetProperty(p).GetProperty("types").EnumerateArray()))
            .ToDictionary(t => t.GetProperty("name").GetString()!);
        foreach (JsonElement value in Facts.Load("enums.json").GetProperty("enums").EnumerateArray()
            .SelectMany(e => e.GetProperty("values").EnumerateArray()))
            flags[value.GetProperty("name").GetString()!] = value.GetProperty("value").GetInt64();
        foreach (JsonElement function in Facts.Load("api.json").GetProperty("functions").EnumerateArray())
            writes[function.GetProperty("name").GetString()!] =
                function.TryGetProperty("write_access", out JsonElement write) && write.ValueKind is JsonValueKind.True;
    }

    /// <summary>Their C function has another name than the procedure, or there is none.</summary>
    static readonly Dictionary<int, string> otherSymbols = new()
    {
        [66] = "virConnectAuthList",
        [67] = "virConnectAuthSaslInit",
        [68] = "virConnectAuthSaslStart",
        [69] = "virConnectAuthSaslStep",
        [70] = "virConnectAuthPolkit",
        [316] = "virConnectDomainEventRegisterAny",
        [317] = "virConnectDomainEventDeregisterAny",
        [343] = "virDomainOpenGraphicsFD",
        [395] = "virNodeGetSEVInfo",
        [424] = "virDomainAuthorizedSSHKeysGet",
        [425] = "virDomainAuthorizedSSHKeysSet",
        [443] = "virDomainFDAssociate",
    };

    [Theory]
    [InlineData("remote", "vir", 443)]
    [InlineData("qemu", "virDomainQemu", 7)]
    [InlineData("lxc", "virDomainLxc", 1)]
    [InlineData("admin", "virAdm", 19)]
    [InlineData("log", "virLogManager", 4)]
    [InlineData("lock", "virLockManager", 8)]
    public void Every_procedure_is_there_with_libvirts_arguments_results_priority_and_rights(string program, string prefix, int count)
    {
        JsonElement[] procedures = [.. facts.GetProperty(program).GetProperty("procedures").EnumerateArray()];
        Dictionary<int, string[]> ours = Description(program).Split('\n').Select(line => line.Split('|'))
            .ToDictionary(line => int.Parse(line[0], CultureInfo.InvariantCulture));
        var complaints = new List<string>();
        foreach (JsonElement p in procedures)
        {
            int number = p.GetProperty("number").GetInt32();
            if (!ours.Remove(number, out string[]? own))
            {
                complaints.Add($"procedure {number} is missing");
                continue;
            }
            bool isEvent = p.GetProperty("type").GetString() is "event";
            string symbol = isEvent ? own[2] : Symbol(program, prefix, number, NameOf(p));
            string arguments = Fields(p, "args"), results = Fields(p, "ret");
            if (own[6].EndsWith(", count", StringComparison.Ordinal))
                results = CountWord().Replace(results, ", count");
            // Whoever may only look has no registration that he could take back.
            bool write = !isEvent && symbol is not "virConnectDomainQemuMonitorEventDeregister" && (WritesWithoutFunction(symbol) || writes.GetValueOrDefault(symbol));
            string line = string.Join('|', number, isEvent ? "event" : "call", symbol, p.GetProperty("priority").GetString(),
                write ? "write" : "", arguments, results, isEvent ? "" : Rights(p), Beside(p));
            string mine = FlagType().Replace(string.Join('|', own), "?$1");
            if (mine != line)
                complaints.Add($"ours  {mine}\nfacts {line}");
        }
        complaints.AddRange(ours.Keys.Select(n => $"procedure {n} is nobody's"));
        Assert.True(complaints.Count is 0, string.Join("\n", complaints));
        Assert.Equal(count, procedures.Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"{procedures.Length} procedures of the {program} program");
    }

    static string Description(string program) => program switch
    {
        "qemu" => QemuProcedures.Description,
        "lxc" => LxcProcedures.Description,
        "admin" => AdminProcedures.Description,
        "log" => LogProcedures.Description,
        "lock" => LockProcedures.Description,
        _ => Procedures.Description,
    };

    /// <summary>The managers' procedures have their constants' names alone: "VIR_LOG_MANAGER_PROTOCOL_PROC_DOMAIN_OPEN_LOG_FILE".</summary>
    static string NameOf(JsonElement procedure) => procedure.TryGetProperty("proc", out JsonElement name) ? name.GetString()!
        : Pascal(procedure.GetProperty("name").GetString()!.Split("_PROC_")[1].ToLowerInvariant());

    static string Symbol(string program, string prefix, int number, string procedure) => program switch
    {
        "log" or "lock" => prefix + procedure,
        "remote" => otherSymbols.GetValueOrDefault(number, prefix + procedure),
        "admin" => prefix + procedure.Replace("Threadpool", "ThreadPool", StringComparison.Ordinal),
        _ when procedure.StartsWith("ConnectDomain", StringComparison.Ordinal) => "virConnectDomainQemu" + procedure["ConnectDomain".Length..],
        _ => prefix + procedure["Domain".Length..],
    };

    /// <summary>Functions that the library keeps to itself, of which the facts do not say that they change something.</summary>
    static bool WritesWithoutFunction(string symbol) =>
        symbol.StartsWith("virDomainMigrate", StringComparison.Ordinal) && MigrationStep().IsMatch(symbol);

    [GeneratedRegex("^virDomainMigrate(Begin|Prepare|Perform|Finish|Confirm)")]
    private static partial Regex MigrationStep();

    string Beside(JsonElement procedure)
    {
        string fds = Text(procedure, "fds");
        return string.Join(' ', new[]
        {
            Text(procedure, "stream").Length > 0 ? "stream" : "",
            Text(procedure, "sparse_flag") is { Length: > 0 } flag ? $"sparse={flags[flag]}" : "",
            fds.Contains("call", StringComparison.Ordinal) ? "call-fds" : "",
            fds.Contains("reply", StringComparison.Ordinal) ? "reply-fds" : "",
            procedure.TryGetProperty("no_auth", out JsonElement open) && open.GetBoolean() ? "no-auth" : "",
        }.Where(word => word.Length > 0));
    }

    static string Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    [GeneratedRegex(@", u?int$")]
    private static partial Regex CountWord();

    [GeneratedRegex(@"\?(!?)[A-Za-z]+=")]
    private static partial Regex FlagType();

    string Fields(JsonElement procedure, string which) =>
        procedure.TryGetProperty(which, out JsonElement name) && name.ValueKind is JsonValueKind.String ? Struct(name.GetString()!) : "";

    string Struct(string name) => string.Join(", ", types[name].GetProperty("fields").EnumerateArray().Select(Field));

    string Field(JsonElement field)
    {
        string type = Type(field.GetProperty("type").GetString()!);
        if (!field.TryGetProperty("array", out JsonElement array))
            return type;
        bool plain = type is "char" or "opaque" or "string";
        string item = plain && type is not "string" ? type : $"({type})";
        return array.GetString() switch
        {
            "fixed" => $"{type}[{field.GetProperty("len").GetInt32()}]",
            "optional" => field.GetProperty("type").GetString() is "remote_nonnull_string" or "admin_nonnull_string" ? "?string" : $"?({type})",
            _ when type is "string" && field.GetProperty("type").GetString() is "string" => "string",
            _ => plain && type is not "string"
                ? $"{type}<{field.GetProperty("max").GetInt64()}>"
                : $"<{field.GetProperty("max").GetInt64()}>{item}",
        };
    }

    string Type(string name)
    {
        if (!types.TryGetValue(name, out JsonElement type))
            return name;
        return type.GetProperty("kind").GetString() switch
        {
            "typedef" => Field(type),
            "enum" => "int",
            "struct" when name is "remote_typed_param" or "admin_typed_param" => "parameter",
            "struct" => Struct(name),
            _ => name,
        };
    }

    string Rights(JsonElement procedure)
    {
        IEnumerable<string> rights = procedure.TryGetProperty("acl", out JsonElement needed)
            ? needed.EnumerateArray().Select(a => Right(a.GetString()!))
            : [];
        if (procedure.TryGetProperty("aclfilter", out JsonElement filter))
            rights = rights.Concat(filter.EnumerateArray().Select(a => Right(a.GetString()!) + "!filter"));
        return string.Join(' ', rights);
    }

    /// <summary>class:perm, class:perm:FLAG, class:perm:!FLAG, class:perm::param:value.</summary>
    string Right(string rule)
    {
        string[] parts = rule.Split(':');
        string type = parts[0] switch
        {
            "storage_vol" => "StorageVolume",
            "nwfilter" => "NwFilter",
            "nwfilter_binding" => "NwFilterBinding",
            string other => Pascal(other),
        };
        string right = Pascal(parts[1]) switch { "Getattr" => "GetAttributes", "SearchStorageVols" => "SearchVolumes", string other => other };
        string condition = parts.Length switch
        {
            3 => (parts[2].StartsWith('!') ? "?!" : "?") + parts[2].TrimStart('!').Split('|').Aggregate(0L, (sum, f) => sum | flags[f]),
            5 => $"@{parts[3]}?{flags[parts[4]]}",
            _ => "",
        };
        return $"{type}Right.{right}{condition}";
    }

    static string Pascal(string words) =>
        string.Concat(words.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
}
