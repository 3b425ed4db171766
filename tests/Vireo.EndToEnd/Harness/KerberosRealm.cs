using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Vireo.EndToEnd.Harness;

/// <summary>A Kerberos realm of its own: a key centre on the loopback, a service on localhost, and users with tickets. Nothing of the machine's own is read.</summary>
public sealed class KerberosRealm : IAsyncDisposable
{
    /// <summary>Its name.</summary>
    public const string Name = "VIREO.TEST";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    readonly string folder;
    readonly Dictionary<string, string?> variables;
    Process? centre;

    KerberosRealm(string folder)
    {
        this.folder = folder;
        variables = new()
        {
            ["KRB5_CONFIG"] = Path.Join(folder, "krb5.conf"), ["KRB5_KDC_PROFILE"] = Path.Join(folder, "kdc.conf"), ["KRB5RCACHEDIR"] = folder,
        };
    }

    /// <summary>What a service's program has to be given.</summary>
    public IReadOnlyDictionary<string, string?> OfService => new Dictionary<string, string?>(variables) { ["KRB5_KTNAME"] = $"FILE:{folder}/service.keytab" };

    /// <summary>What a user's program has to be given.</summary>
    public IReadOnlyDictionary<string, string?> Of(string user) => new Dictionary<string, string?>(variables) { ["KRB5CCNAME"] = $"FILE:{folder}/{user}.tickets" };

    /// <summary>Makes it in a folder, with a service on localhost and users who have logged in; skips the test where it cannot be.</summary>
    public static async Task<KerberosRealm> StartAsync(string folder, string service, params string[] users)
    {
        string create = Needs.Program("kdb5_util"), admin = Needs.Program("kadmin.local"), serve = Needs.Program("krb5kdc"), login = Needs.Program("kinit");
        int port = FreePort();
        await File.WriteAllTextAsync(Path.Join(folder, "krb5.conf"), $$"""
            [libdefaults]
            default_realm = {{Name}}
            dns_lookup_kdc = false
            dns_lookup_realm = false
            dns_canonicalize_hostname = false
            rdns = false
            ignore_acceptor_hostname = true
            [realms]
            {{Name}} = {
              kdc = 127.0.0.1:{{port}}
            }
            [domain_realm]
            localhost = {{Name}}

            """);
        await File.WriteAllTextAsync(Path.Join(folder, "kdc.conf"), $$"""
            [kdcdefaults]
            kdc_listen = 127.0.0.1:{{port}}
            kdc_tcp_listen = 127.0.0.1:{{port}}
            [realms]
            {{Name}} = {
              database_name = {{folder}}/principal
              key_stash_file = {{folder}}/stash
              acl_file = {{folder}}/acl
            }
            [logging]
            kdc = FILE:{{folder}}/kdc.log

            """);
        var realm = new KerberosRealm(folder);
        try
        {
            await realm.RunAsync(create, "create", "-s", "-r", Name, "-P", "master");
            await realm.RunAsync(admin, "-r", Name, "addprinc", "-randkey", $"{service}/localhost");
            await realm.RunAsync(admin, "-r", Name, "ktadd", "-k", Path.Join(folder, "service.keytab"), $"{service}/localhost");
            realm.centre = Command.Start(serve, ["-n", "-r", Name, "-P", Path.Join(folder, "kdc.pid")], realm.variables);
            _ = realm.centre.StandardOutput.ReadToEndAsync();
            Task<string> said = realm.centre.StandardError.ReadToEndAsync();
            for (long began = Stopwatch.GetTimestamp(); !Answers(port); await Task.Delay(20))
                if (realm.centre.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
                    throw new InvalidOperationException($"the key centre did not come up: {await said}");
            foreach (string user in users)
            {
                await realm.RunAsync(admin, "-r", Name, "addprinc", "-randkey", user);
                await realm.RunAsync(admin, "-r", Name, "ktadd", "-k", Path.Join(folder, user + ".keytab"), user);
                await realm.RunAsync(login, "-k", "-t", Path.Join(folder, user + ".keytab"), "-c", $"FILE:{folder}/{user}.tickets", user);
            }
            return realm;
        }
        catch
        {
            await realm.DisposeAsync();
            throw;
        }
    }

    async Task RunAsync(string program, params string[] arguments)
    {
        CommandResult result = await Command.RunAsync(program, arguments, variables);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {result}");
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static bool Answers(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (centre is { HasExited: false })
        {
            centre.Kill();
            await centre.WaitForExitAsync();
        }
        centre?.Dispose();
    }
}
