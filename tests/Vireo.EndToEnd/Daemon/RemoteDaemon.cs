using System.Text.RegularExpressions;
using Vireo.Testing.Pki;

namespace Vireo.EndToEnd.Daemon;

/// <summary>A daemon that listens at the loopback interface, at ports that the kernel chooses, and certificates for it.</summary>
public sealed partial class RemoteDaemon : IAsyncDisposable
{
    /// <summary>With certificates of a server on localhost and of a client.</summary>
    public RemoteDaemon()
    {
        Pki = new TestPki(Path.Join(Program.Root, "pki"));
        Pki.Issue("server", "CN=localhost", TestPki.ServerAuth).Dispose();
        Pki.Issue("client", "CN=client1, O=Red Hat", TestPki.ClientAuth).Dispose();
    }

    /// <summary>Its program and folder.</summary>
    public DaemonProgram Program { get; } = new();

    /// <summary>Its certificates.</summary>
    public TestPki Pki { get; }

    /// <summary>The settings that name the certificates.</summary>
    public string Files => $"""
        ca_file = "{Pki.Ca}"
        cert_file = "{Pki.Folder}/servercert.pem"
        key_file = "{Pki.Folder}/serverkey.pem"
        """;

    /// <summary>Starts it with --listen and waits until it serves, or has ended.</summary>
    public async Task<RunningProgram> StartAsync(string settings, IReadOnlyDictionary<string, string?>? environment = null)
    {
        string config = Path.Join(Program.Root, "remote.conf");
        string unix = settings.Contains("auth_unix_rw", StringComparison.Ordinal) ? "" : "auth_unix_rw = \"none\"\n";
        await File.WriteAllTextAsync(config, $"{unix}listen_addr = \"127.0.0.1\"\ntcp_port = \"0\"\ntls_port = \"0\"\n{settings}\n");
        RunningProgram program = Program.Start([.. Program.Options, "-l", "-v", "-f", config], environment);
        await IsReadyAsync(program);
        return program;
    }

    /// <summary>Waits until it serves, or has ended.</summary>
    public static Task IsReadyAsync(RunningProgram program) => DaemonProgram.UntilAsync(
        () => Task.FromResult(program.Said.Contains("serving", StringComparison.Ordinal) || program.HasExited), () => program.Said);

    [GeneratedRegex("listening for (tcp|tls) at 127.0.0.1:([0-9]+)")]
    private static partial Regex ListeningLine { get; }

    /// <summary>What it listens for.</summary>
    public static IReadOnlyList<(string Transport, string Port)> Listening(RunningProgram program) =>
        [.. ListeningLine.Matches(program.Said).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    /// <summary>The port of a transport.</summary>
    public static string Port(RunningProgram program, string transport) => Listening(program).Single(one => one.Transport == transport).Port;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Pki.Dispose();
        return Program.DisposeAsync();
    }
}
