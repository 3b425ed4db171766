using System.Text.Json.Nodes;
using Vireo.Core.Errors;
using Vireo.Core.Json;

namespace Vireo.Rpc.Server.Restart;

/// <summary>
/// What a daemon hands to the one that it becomes when it executes itself anew: its servers with their listening sockets and clients, as the JSON
/// that libvirt's daemons exchange. Documents of older daemons are read too: those with one unnamed server, those with a list of them, and those
/// without members that came later.
/// </summary>
/// <param name="Servers">The servers by name, in the document's order.</param>
public sealed record DaemonState(IReadOnlyList<KeyValuePair<string, ServerState>> Servers)
{
    /// <summary>Reads a document.</summary>
    /// <param name="json">The document.</param>
    /// <param name="defaultNames">The names for servers that have none.</param>
    /// <exception cref="VireoException">"internal error" with what is missing or contradicts itself.</exception>
    public static DaemonState Parse(string json, IReadOnlyList<string> defaultNames)
    {
        var root = StateObject.Of(JsonText.Parse(json), "daemon");
        switch (root.Find("servers"))
        {
            case null:
                return new([new(Name(0), ServerState.Read(root))]);
            case JsonArray list:
                return new([.. list.Select((server, i) => new KeyValuePair<string, ServerState>(Name(i), ServerState.Read(StateObject.Of(server, "server"))))]);
            case JsonObject named:
                return new([.. named.Select(static s => new KeyValuePair<string, ServerState>(s.Key, ServerState.Read(StateObject.Of(s.Value, "server"))))]);
            default:
                throw StateObject.Malformed("servers");
        }

        string Name(int i) => i < defaultNames.Count ? defaultNames[i]
            : throw VireoException.Internal(ErrorDomain.Rpc, $"Server count {i + 1} greater than default name count {defaultNames.Count}");
    }

    /// <summary>The server of that name.</summary>
    /// <exception cref="VireoException">There is none.</exception>
    public ServerState Require(string name)
    {
        foreach (var (known, server) in Servers)
            if (known == name)
                return server;
        throw VireoException.Internal(ErrorDomain.Rpc, $"Server {name} was not created");
    }

    /// <summary>The document.</summary>
    public string ToJson() => JsonText.Pretty(new JsonObject
    {
        ["servers"] = new JsonObject(Servers.Select(static s => new KeyValuePair<string, JsonNode?>(s.Key, s.Value.ToJson()))),
    });
}

/// <summary>A member of the document, whose members are asked for by name.</summary>
readonly struct StateObject(JsonObject map)
{
    public static StateObject Of(JsonNode? value, string what) => new(value as JsonObject ?? throw Malformed(what));

    public static VireoException Malformed(string name) => VireoException.Internal(ErrorDomain.Rpc, $"Malformed {name} data in JSON document");

    static VireoException Missing(string name) => VireoException.Internal(ErrorDomain.Rpc, $"Missing {name} data in JSON document");

    public JsonNode? Find(string name) => map[name];

    public int? OptionalInt(string name) => map[name] is not { } value ? null : value is JsonValue number && number.TryGetValue(out int made) ? made : throw Malformed(name);

    public int Int(string name) => OptionalInt(name) ?? throw Missing(name);

    public long? OptionalLong(string name) => map[name] is not { } value ? null : value is JsonValue number && number.TryGetValue(out long made) ? made : throw Malformed(name);

    public bool? OptionalBool(string name) => map[name] is not { } value ? null : value is JsonValue flag && flag.TryGetValue(out bool made) ? made : throw Malformed(name);

    public bool Bool(string name) => OptionalBool(name) ?? throw Missing(name);

    public IEnumerable<StateObject> List(string name)
    {
        foreach (JsonNode? item in map[name] as JsonArray ?? throw (map[name] is null ? Missing(name) : Malformed(name)))
            yield return Of(item, name);
    }

    public StateObject Inner(string name) => new(map[name] as JsonObject ?? throw (map[name] is null ? Missing(name) : Malformed(name)));
}
