using System.Text.Json;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Agent;
using Vireo.Drivers.Qemu.Machine;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Words of a client's own for the agent of a guest.</summary>
sealed class AgentCommands(QemuConnection connection) : AgentWork(connection), IQemuAgent
{
    public async ValueTask<string?> RunAgentCommandAsync(DomainRef domain, string command, int timeout, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainQemuAgentCommand", flags);
        string answer = await AgentLine.UseAsync(Connection.Get(domain), Connection.Keeper.Time,
            (agent, _) => agent.RunAsync(command, AgentLine.Patience(timeout), cancel), cancel).ConfigureAwait(false);
        using var document = JsonDocument.Parse(answer);
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            document.RootElement.WriteTo(json);
        return System.Text.Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
