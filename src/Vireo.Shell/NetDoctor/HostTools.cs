using System.Text.Json.Nodes;
using Vireo.Core.Errors;
using Vireo.Core.Json;
using Vireo.Host.Processes;
using Vireo.Host.Topology;

namespace Vireo.Shell.NetDoctor;

/// <summary>What is asked of this host. Tests answer in its place.</summary>
abstract class HostTools
{
    /// <summary>What a program prints; null: it is not installed, or fails.</summary>
    public abstract Task<string?> RunAsync(string program, params string[] arguments);

    /// <summary>What a file of the kernel's says; null: it is not there.</summary>
    public abstract string? Read(string path);

    /// <summary>Whether a name server answers at an address.</summary>
    public abstract Task<bool> AnswersAsync(System.Net.IPAddress server);

    /// <summary>What iproute2 prints as JSON; empty: nothing.</summary>
    public async Task<IReadOnlyList<JsonObject>> IpAsync(params string[] arguments)
    {
        if (await RunAsync("ip", ["-j", .. arguments]) is not { } text)
            return [];
        try
        {
            return JsonText.Parse(text) is JsonArray all ? [.. all.OfType<JsonObject>()] : [];
        }
        catch (VireoException)
        {
            return [];      // it prints no list where there is nothing
        }
    }
}

/// <summary>This host.</summary>
sealed class ThisHost(ProcessHost processes) : HostTools
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public override async Task<string?> RunAsync(string program, params string[] arguments) => ProgramOutput.Find(program) is not { } path ? null
        : await processes.FinishAsync(new ProcessPlan { Program = path, Arguments = arguments, Environment = ProgramEnvironment.Plain })
            is { Status.IsSuccess: true } run ? run.Output : null;

    /// <inheritdoc/>
    public override string? Read(string path) => new HostTree().Text(path);

    /// <inheritdoc/>
    public override async Task<bool> AnswersAsync(System.Net.IPAddress server)
    {
        // The name version.bind of the class CHAOS: every dnsmasq answers by itself, and anything that answers is a name server.
        byte[] question = [0x56, 0x69, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7, .. "version"u8, 4, .. "bind"u8, 0, 0, 16, 0, 3];
        using var socket = new System.Net.Sockets.Socket(server.AddressFamily, System.Net.Sockets.SocketType.Dgram, System.Net.Sockets.ProtocolType.Udp);
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await socket.ConnectAsync(server, 53, limit.Token);
            await socket.SendAsync(question, limit.Token);
            return await socket.ReceiveAsync(new byte[512], limit.Token) > 0;
        }
        catch (Exception e) when (e is System.Net.Sockets.SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
