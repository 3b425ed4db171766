using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>Hosts of the test driver that ask who connects: Debian's virsh and ours, and vireod's own file of credentials.</summary>
public sealed class NodeUserTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("users").FullName;
    readonly string node;

    public NodeUserTests()
    {
        node = Path.Join(folder, "node.xml");
        File.WriteAllText(node, """
            <node>
              <auth><user password='123456'>bob</user><user>open</user></auth>
              <domain type='test'><name>seen</name><memory>1024</memory><os><type>hvm</type></os></domain>
            </node>
            """);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static string Credentials(string answers, string host = "localhost") => $"[credentials-c]\n{answers.Replace(' ', '\n')}\n[auth-test-{host}]\ncredentials=c\n";

    public static TheoryData<string, string, string> Cases => new()
    {
        { "username=bob password=123456", "localhost", "" },
        { "username=bob password=123456", "default", "" },
        { "username=bob password=1", "localhost", "" },
        { "username=alice password=1", "localhost", "" },
        { "username=open", "localhost", "" },
        { "username=bob", "localhost", "123456\n" },
        { "authname=bob password=123456", "localhost", "bob\n" },
        { "username=bob password=123456", "elsewhere", "bob\n123456\n" },
        { "username=bob password=123456", "elsewhere", "" },
    };

    [Theory, MemberData(nameof(Cases))]
    public async Task Our_shell_asks_and_is_let_in_as_stock_virsh(string answers, string host, string typed)
    {
        string file = Path.Join(folder, "auth.conf");
        await File.WriteAllTextAsync(file, Credentials(answers, host), TestContext.Current.CancellationToken);
        string stock = await RunAsync(Needs.Program("virsh"), []);
        (string program, string[] first) = VireoDaemon.Find("Vireo.Shell", "virsh");
        Assert.Equal(stock, await RunAsync(program, first));

        // Without a terminal, so that passwords are read from the input as well.
        async Task<string> RunAsync(string virsh, string[] before) => await Transcript.OfAsync(line => Command.RunAsync(Needs.Program("setsid"),
            ["-w", virsh, .. before, "-c", $"test://{node}", line], new Dictionary<string, string?> { ["LIBVIRT_AUTH_FILE"] = file }, typed), ["list --name"]);
    }

    [Theory]
    [InlineData(null, "error: failed to connect to the hypervisor\nerror: invalid argument: Missing authentication credentials\n")]
    [InlineData("username=bob password=123456", null)]
    [InlineData("username=bob", "error: failed to connect to the hypervisor\nerror: invalid argument: Missing authentication credentials\n")]
    [InlineData("username=bob password=1",
        "error: failed to connect to the hypervisor\nerror: authentication failed: authentication failed, see test XML for the correct username/password\n")]
    public async Task A_daemon_has_only_its_own_file_to_answer_by(string? answers, string? error)
    {
        await using VireoDaemon daemon = await VireoDaemon.StartAsync();
        if (answers is not null)
        {
            string etc = VireoDaemon.Mode is "system" ? Path.Join(daemon.Root, "etc/libvirt") : Path.Join(daemon.Root, Environment.GetEnvironmentVariable("HOME"), ".config/libvirt");
            Directory.CreateDirectory(etc);
            await File.WriteAllTextAsync(Path.Join(etc, "auth.conf"), Credentials(answers), TestContext.Current.CancellationToken);
        }
        CommandResult result = await Command.RunAsync(Needs.Program("virsh"), ["-c", $"test+unix://{node}?socket={daemon.Socket}", "list", "--name"]);
        Assert.Equal(error is null ? ("seen\n\n", "", 0) : ("", error, 1), (result.Output, result.Error, result.ExitCode));
    }
}
