using System.Text.Json.Nodes;
using Vireo.Rpc.Server;

namespace Vireo.Daemon.Managers;

/// <summary>A service whose state outlives a restart: the process executes its program anew and keeps its descriptors.</summary>
interface IKeepsState
{
    /// <summary>Stops, and tells everything that the next program needs; its descriptors stay open from now on.</summary>
    JsonObject Keep();

    /// <summary>What the next program needs to know of a client; null: nothing.</summary>
    JsonNode? KeepClient(RpcPeer peer);

    /// <summary>The client that comes next was one of the program before, and this is what that knew of it.</summary>
    void Expect(JsonNode? client);
}
