using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Clients;

/// <summary>Every client of Debian by every transport it has: it is served, and hears from vireod what it hears from stock libvirtd.</summary>
public sealed class ClientMatrixTests(ClientHosts hosts) : IClassFixture<ClientHosts>
{
    public static TheoryData<string, string> Matrix()
    {
        var all = new TheoryData<string, string>();
        foreach ((string name, ClientPrograms.Client client) in ClientPrograms.All)
            foreach (string transport in client.Transports)
                all.Add(name, transport);
        return all;
    }

    [Theory, MemberData(nameof(Matrix))]
    public async Task A_client_does_with_vireod_what_it_does_with_libvirtd(string client, string transport)
    {
        string? missing = await ClientPrograms.WhyNotAsync(client);
        Assert.SkipWhen(missing is not null, missing ?? "");
        if (client is "libvirt-dbus")
            Needs.Root();       // a /run of its own
        CommandResult ours = await RunAsync(client, await hosts.ToOursAsync(transport));
        Assert.True(ours.ExitCode == 0 && ours.Output.Length > 0, $"{ours}\n{hosts.Said}");
        if (hosts.WhyNoStock is not null)
            return;             // it is served; without root there is nobody to compare with
        CommandResult stock = await RunAsync(client, await hosts.ToStockAsync(transport));
        Assert.True(stock == ours, $"stock:\n{stock}\nours:\n{ours}");
    }

    async Task<CommandResult> RunAsync(string client, Way way)
    {
        string folder = Directory.CreateTempSubdirectory("vcm").FullName;
        try
        {
            string[] command = [.. way.Before, .. ClientPrograms.All[client].Command(way, folder)];
            // Bindings ask their program who it is; the others look into a file.
            bool asks = command.Contains(ClientPrograms.Password);
            CommandResult result = await Command.RunAsync(Needs.Program(command[0]), command[1..],
                new Dictionary<string, string?> { ["LIBVIRT_AUTH_FILE"] = asks ? null : hosts.AuthFile, ["LIBVIRT_DEFAULT_URI"] = null });
            string Same(string text) => text.Replace(way.Uri, "URI", StringComparison.Ordinal).Replace(folder, "FOLDER", StringComparison.Ordinal);
            return new(result.ExitCode, Same(result.Output), client is "libvirt-dbus" ? "" : Same(result.Error));     // GLib's complaints have times and pids
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
