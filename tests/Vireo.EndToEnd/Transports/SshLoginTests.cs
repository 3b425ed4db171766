using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Login;
using Vireo.EndToEnd.Harness;
using Vireo.Remote;
using Xunit;

namespace Vireo.EndToEnd.Transports;

/// <summary>Logins by libssh and libssh2, against those of Debian's C library: what is asked, what comes of it, and what a file of known hosts is like afterwards.</summary>
public sealed class SshLoginTests : IAsyncLifetime
{
    const string All = "2 3 5 6 7 8";

    readonly string folder = Directory.CreateTempSubdirectory("vsshlogin").FullName;
    VireoDaemon? daemon;
    SshServer? keys, passwords;

    public async ValueTask InitializeAsync()
    {
        Needs.Root();
        await Needs.PythonModuleAsync("libvirt");
        daemon = await VireoDaemon.StartAsync();
        (keys, passwords) = (await SshServer.StartAsync(), await SshServer.StartAsync(withPasswords: true));
        foreach (SshServer server in new[] { keys, passwords })
        {
            string helper = Path.Join(server.Programs, "virt-ssh-helper");
            await File.WriteAllTextAsync(helper, $"#!/bin/sh\nexec {Needs.Program("nc")} -U {daemon.Socket}\n");
            File.SetUnixFileMode(helper, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        await Command.RunAsync(Needs.Program("ssh-keygen"), ["-q", "-t", "ed25519", "-N", "secret", "-f", Path.Join(folder, "locked")]);
        await File.AppendAllTextAsync(Path.Join(passwords.Folder, "authorized"), await File.ReadAllTextAsync(Path.Join(folder, "locked.pub")));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable? one in new IAsyncDisposable?[] { passwords, keys, daemon })
        {
            if (one is not null)
                await one.DisposeAsync();
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>One opening.</summary>
    /// <param name="Query">Parameters of the URI.</param>
    /// <param name="Kinds">What can be asked; empty: there is no callback.</param>
    /// <param name="Answers">What is answered; "-" is a refusal.</param>
    sealed record Case(string Query, string Kinds = "", params string[] Answers)
    {
        public bool KeysAlone { get; init; }

        /// <summary>What the file of known hosts says before: the host, nothing, another key of it, one of another type, or words.</summary>
        public string Known { get; init; } = "host";

        /// <summary>How the command ends at once. Debian's library says so, or that it is -1, or that the cause is unknown, as it happens to look; ours always says it.</summary>
        public int? Ends { get; init; }
    }

    static readonly Case[] cases =
    [
        new("sshauth=privkey&keyfile=USER"), new("keyfile=USER"), new("sshauth=PRIVKEY&keyfile=USER", All), new("keyfile=USER&no_verify=1"),
        new("sshauth=privkey"), new("sshauth=privkey&keyfile=USER&known_hosts_verify=never"), new("sshauth=agent,never"), new("sshauth="),
        new("sshauth=privkey&keyfile=OTHER"), new("sshauth=agent,privkey&keyfile=OTHER"), new("sshauth=privkey,agent&keyfile=USER"), new("keyfile=OTHER"), new(""),
        new("sshauth=privkey&keyfile=LOCKED"), new("sshauth=privkey&keyfile=LOCKED", All, "secret"), new("sshauth=privkey&keyfile=LOCKED", All, "wrong"),
        new("sshauth=privkey&keyfile=LOCKED", All, "-"), new("sshauth=privkey&keyfile=LOCKED", "6", "secret"), new("sshauth=privkey&keyfile=LOCKED", "7", "secret"),
        new("sshauth=password"), new("sshauth=password", All, "PASSWORD"), new("sshauth=password", All, "wrong", "PASSWORD"), new("sshauth=password", All, "-"),
        new("sshauth=password", "7", "PASSWORD"), new("sshauth=password", "2", "PASSWORD"), new("sshauth=privkey,password&keyfile=OTHER", All, "PASSWORD"), new("", All, "PASSWORD"),
        new("sshauth=keyboard-interactive"), new("sshauth=keyboard-interactive", All, "PASSWORD"), new("sshauth=keyboard-interactive", All, "wrong", "PASSWORD"),
        new("sshauth=keyboard-interactive", All, "-"), new("sshauth=keyboard-interactive", "6", "PASSWORD"),
        new("sshauth=password,keyboard-interactive", All, "PASSWORD") { KeysAlone = true }, new("sshauth=privkey,password&keyfile=OTHER", All, "PASSWORD") { KeysAlone = true },
        new("sshauth=agent,privkey&keyfile=OTHER") { KeysAlone = true }, new("sshauth=privkey&keyfile=USER") { KeysAlone = true },
        new("sshauth=privkey&keyfile=USER") { Known = "" }, new("sshauth=privkey&keyfile=USER", All, "y") { Known = "" }, new("sshauth=privkey&keyfile=USER", "6", "Y") { Known = "" },
        new("sshauth=privkey&keyfile=USER", All, "yes") { Known = "" }, new("sshauth=privkey&keyfile=USER", All, "-") { Known = "" }, new("sshauth=privkey&keyfile=USER", "7", "y") { Known = "" },
        new("sshauth=privkey&keyfile=USER&no_verify=1") { Known = "" }, new("sshauth=privkey&keyfile=USER&known_hosts_verify=auto") { Known = "" },
        new("sshauth=privkey&keyfile=USER&known_hosts_verify=ignore") { Known = "" }, new("sshauth=privkey&keyfile=USER&known_hosts_verify=auto") { Known = "other" },
        new("sshauth=privkey&keyfile=USER&known_hosts_verify=ignore") { Known = "other" }, new("sshauth=privkey&keyfile=USER", All, "y") { Known = "type" },
        new("sshauth=privkey&keyfile=USER", All, "y") { Known = "words" },
        new("sshauth=privkey&keyfile=USER&netcat=/bin/false") { Ends = 1 }, new("sshauth=privkey&keyfile=USER&netcat=nothing-of-this-name") { Ends = 127 },
        new("sshauth=privkey&keyfile=USER&mode=direct"),
        new("sshauth=privkey&keyfile=USER&auth=sasl"),
    ];

    [Theory, InlineData("libssh"), InlineData("libssh2")]
    public async Task A_login_asks_and_ends_as_with_Debians_library(string transport)
    {
        // In order of the cases; both at the same time, each with files of its own.
        Task<string[]> stock = Task.Run(() => StockAsync(transport), TestContext.Current.CancellationToken);
        string[] ours = await Task.Run(() => Ours(transport), TestContext.Current.CancellationToken), theirs = await stock;
        Assert.Equal(cases.Length, theirs.Length);
        string[] differences = [.. cases.Index().Where(one => !IsAsItShould(one.Item, ours[one.Index], theirs[one.Index]))
            .Select(one => $"{one.Item}\n  stock {theirs[one.Index]}\n  ours  {ours[one.Index]}\n")];
        Assert.True(differences is [], string.Concat(differences));
    }

    static bool IsAsItShould(Case one, string ours, string stock) =>
        one.Ends is { } status ? ours.Contains($" Remote command terminated with non-zero code: {status} [", StringComparison.Ordinal) : ours == stock;

    async Task<string[]> StockAsync(string transport)
    {
        string[] files = [.. cases.Select((one, i) => Hosts(one, $"stock-{i}"))];
        string[] arguments = [.. cases.Select((one, i) => string.Join('\n', [Uri(transport, one, files[i]), one.Kinds, .. one.Answers.Select(Filled)]))];
        CommandResult said = await Command.RunAsync("/usr/bin/python3", [Path.Join(AppContext.BaseDirectory, "Transports", "ssh.py"), .. arguments],
            new Dictionary<string, string?> { ["HOME"] = folder, ["XDG_CONFIG_HOME"] = null, ["SSH_AUTH_SOCK"] = null });
        Assert.True(said.ExitCode is 0, said.ToString());
        return [.. said.Output.TrimEnd().Split('\n').Select((line, i) => With(line, files[i]))];
    }

    string[] Ours(string transport)
    {
        var all = new List<string>();
        for (int i = 0; i < cases.Length; i++)
        {
            string hosts = Hosts(cases[i], $"ours-{i}");
            var person = new Person([.. cases[i].Kinds.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static kind => (CredentialKind)int.Parse(kind, CultureInfo.InvariantCulture))],
                new Queue<string>(cases[i].Answers.Select(Filled)));
            string end = Opened(Uri(transport, cases[i], hosts), person);
            all.Add(With(string.Join("; ", [.. person.Asked, end]), hosts));
        }
        return [.. all];
    }

    string Opened(string uri, Person person)
    {
        var options = new RemoteOptions
        {
            Blocking = true, AnswersPings = false, Settings = new(), Credentials = person.Kinds.Count > 0 ? person : null,
            Places = RemotePlaces.OfThisProcess() with { Home = folder, UserSettings = Path.Join(folder, ".config/libvirt") },
        };
        try
        {
            Task<IDriverConnection?> opening = new RemoteDriver(options).OpenAsync(ConnectionUri.Parse(uri), Caller.Self, default).AsTask();
            Assert.True(opening.IsCompleted);
            Task closing = opening.GetAwaiter().GetResult()!.DisposeAsync().AsTask();
            Assert.True(closing.IsCompleted);
            return $"open {uri} 1 0";
        }
        catch (VireoException e)
        {
            return $"error {(int)e.Code} {(int)e.Domain} {e.Message}";
        }
    }

    /// <summary>Answers what it is told to.</summary>
    sealed class Person(CredentialKind[] kinds, Queue<string> answers) : ICredentialSource
    {
        public List<string> Asked { get; } = [];

        public IReadOnlyCollection<CredentialKind> Kinds => kinds;

        public ValueTask<bool> AnswerAsync(IReadOnlyList<Credential> asked, CancellationToken cancel)
        {
            foreach (Credential one in asked)
            {
                Asked.Add($"{(int)one.Kind} {one.Prompt}|{one.Challenge}");
                if (!answers.TryDequeue(out string? answer) || answer is "-")
                    return new(false);
                one.Answer = answer;
            }
            return new(true);
        }
    }

    static string With(string said, string hosts) => $"{said.Replace(hosts, "HOSTS", StringComparison.Ordinal)} [{(File.Exists(hosts) ? File.ReadAllText(hosts) : "no file")}]";

    static string Filled(string text) => text.Replace("PASSWORD", SshServer.Password, StringComparison.Ordinal);

    string Uri(string transport, Case one, string hosts)
    {
        SshServer server = one.KeysAlone ? keys! : passwords!;
        string query = one.Query.Replace("USER", server.Key, StringComparison.Ordinal).Replace("OTHER", Path.Join(server.Folder, "host"), StringComparison.Ordinal)
            .Replace("LOCKED", Path.Join(folder, "locked"), StringComparison.Ordinal);
        string proxy = query.Contains("netcat=", StringComparison.Ordinal) ? "netcat" : "native";
        return $"test+{transport}://127.0.0.1:{server.Port}/default?proxy={proxy}&known_hosts={hosts}&{query}";
    }

    string Hosts(Case one, string name)
    {
        SshServer server = one.KeysAlone ? keys! : passwords!;
        string path = Path.Join(folder, name), host = $"[127.0.0.1]:{server.Port}";
        File.WriteAllText(path, one.Known switch
        {
            "host" => $"{host} {KeyOf("host")}\n",
            "other" => $"{host} {KeyOf("user")}\n",
            "type" => $"{host} ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ==\n",
            var words => words.Length > 0 ? words + "\n" : "",
        });
        return path;

        string KeyOf(string key) => string.Join(' ', File.ReadAllText(Path.Join(server.Folder, key + ".pub")).Split(' ')[..2]);
    }
}
