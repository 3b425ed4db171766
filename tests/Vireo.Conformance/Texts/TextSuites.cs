using System.Text.Json.Nodes;
using Vireo.Conformance.Runner;
using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Core.Json;
using Vireo.Core.Values;
using Vireo.Driver;
using Vireo.Driver.Keys;

namespace Vireo.Conformance.Texts;

/// <summary>URIs, taken apart and written again from their parameters.</summary>
sealed class UriSuite : Suite
{
    public override string Name => "uri";

    public override bool Hides(string member) => member is "formatted" || base.Hides(member);

    public override IEnumerable<string> Expected(System.Text.Json.JsonElement manifest) =>
        base.Expected(manifest).Concat(manifest.TryGetProperty("formatted", out _) ? ["formatted"] : []);

    public override Outputs Run(CaseInput input)
    {
        UriText uri = UriText.Parse(input.Word("uri")!);
        return new()
        {
            ["result"] = Output.Value(new JsonObject
            {
                ["scheme"] = uri.Scheme, ["server"] = uri.Server, ["port"] = uri.Port, ["path"] = uri.Path, ["query"] = uri.Query,
                ["fragment"] = uri.Fragment, ["user"] = uri.User,
                ["params"] = new JsonArray([.. uri.Parameters.Select(static p => new JsonArray(p.Key, p.Value))]),
            }),
            ["formatted"] = Output.Value((uri with { Query = UriText.ToQuery(uri.Parameters) }).ToString()),
        };
    }
}

/// <summary>Configuration files: as they are written again, or each value with its type and as what it may be taken.</summary>
sealed class ConfSuite : Suite
{
    public override string Name => "conf";

    public override Outputs Run(CaseInput input)
    {
        ConfFile file = ConfFile.Parse(input.Word("text") ?? input.Text("input"), "conf");
        if (input.Word("kind") is not "values")
            return Outputs.Of(file.ToString());
        var made = new JsonObject();
        foreach (string key in file.Keys)
        {
            ConfValue value = file.Find(key)!;
            made[key] = new JsonObject
            {
                ["type"] = value.Items is not null ? "list" : value.Text is not null ? "string" : value.Unsigned is not null ? "ullong" : "llong",
                ["value"] = Plain(value),
                ["as_integer"] = As(file, conf => conf.Int(key, 0)),
                ["as_bool"] = As(file, conf => conf.Bool(key, false)),
                ["as_list"] = As(file, conf => List(conf.List(key))),
                ["as_list_compat"] = As(file, conf => List(conf.List(key, orOne: true))),
            };
        }
        return Outputs.Result(made);
    }

    static JsonNode? Plain(ConfValue value) =>
        value.Items is { } items ? new JsonArray([.. items.Select(Plain)]) : value.Text is { } text ? text : value.Unsigned is { } number ? number : value.Number;

    static JsonArray? List(IReadOnlyList<string>? items) => items is null ? null : new JsonArray([.. items.Select(static i => (JsonNode)i)]);

    static JsonNode? As(ConfFile file, Func<ConfReader, JsonNode?> take)
    {
        var reader = new ConfReader(file);
        JsonNode? made = take(reader);
        try
        {
            reader.ThrowIfWrong();
            return made;
        }
        catch (VireoException)
        {
            return "error";
        }
    }

    // A case names the views of a value that it is about.
    public override string? Difference(CaseInput input, string member, Output made, string? expected)
    {
        if (made is not Output.OfValue { Made: JsonObject all } || expected is null || JsonNode.Parse(expected) is not JsonObject wanted)
            return base.Difference(input, member, made, expected);
        foreach (var (key, views) in wanted)
            foreach (var (view, value) in views!.AsObject())
                if (!JsonNode.DeepEquals(all[key]?[view], value))
                    return $"{key}, {view}: want {value?.ToJsonString()} got {all[key]?[view]?.ToJsonString()}";
        return null;
    }
}

/// <summary>JSON, as libvirt reads and writes it.</summary>
sealed class JsonSuite : Suite
{
    public override string Name => "json";

    public override bool Hides(string member) => member is "result_text" || base.Hides(member);

    public override IEnumerable<string> Expected(System.Text.Json.JsonElement manifest) =>
        base.Expected(manifest).Concat(manifest.TryGetProperty("result_text", out _) ? ["result_text"] : []);

    public override Outputs Run(CaseInput input)
    {
        JsonNode? value = JsonText.Parse(input.Word("text") ?? Joined(input.Text("input")));
        switch (input.Word("kind"))
        {
            case "parse-format":
                return new() { [input.Has("text") ? "result_text" : "expected"] = input.Has("text") ? Output.Value(JsonText.Compact(value)) : Output.Text(JsonText.Compact(value)) };
            case "add-remove":
                if (value is not JsonObject map || map["name"]?.GetValue<string>() is not "sample" || !map.Remove("name") || map.Remove("name"))
                    throw VireoException.InvalidArgument(ErrorDomain.None, "no key 'name'");
                map["newname"] = "foo";
                return Outputs.Of(JsonText.Compact(map));
            case "lookup":
                return value is JsonObject found && found["a"] is JsonObject && found["b"] is JsonValue && found["c"] is JsonValue && found["d"] is JsonArray
                    ? [] : throw VireoException.InvalidArgument(ErrorDomain.None, "not what is looked for");
            case "deflatten":
                return Outputs.Of(JsonText.Pretty(JsonText.Deflatten(value)));
            case var kind:
                throw new CaseFault($"unknown kind '{kind}'");
        }
    }

    static string Joined(string text) => text.Replace("\\\n", "", StringComparison.Ordinal);
}

/// <summary>Numbers and names of keys.</summary>
sealed class KeycodeSuite : Suite
{
    public override string Name => "keycode";

    public override Outputs Run(CaseInput input) => input.Word("kind") switch
    {
        "translate" => Outputs.Result(KeyMap.Translate(Set(input.Word("from_set")!), Set(input.Word("to_set")!), input.Json("value").GetInt32()) ?? -1),
        "from-name" => Outputs.Result(KeyMap.Find(Set(input.Word("set")!), input.Word("key")!) ?? -1),
        var kind => throw new CaseFault($"unknown kind '{kind}'"),
    };

    static KeycodeSet Set(string name) => Enum.Parse<KeycodeSet>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
