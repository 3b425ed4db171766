using Vireo.Drivers.Test;
using Vireo.Remote;
using Vireo.Shell.Session;
using Xunit;

namespace Vireo.Tests.Cpu.Advice;

public class CpuCommandTests
{
    static readonly string data = Path.Join(AppContext.BaseDirectory, "Cpu", "Advice", "data");

    /// <summary>A command as a shell would take it apart, its files in the folder of samples.</summary>
    static async Task<(int Code, string Output, string Errors)> RunAsync(string command, OpenConnection? open = null)
    {
        string[] words = [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(static w => string.Join(',', w.Split(',').Select(Place)))];
        var output = new StringWriter { NewLine = "\n" };
        var errors = new StringWriter { NewLine = "\n" };
        int code = await ShellProgram.RunAsync(new ShellProgram.Surroundings
        {
            Name = "vireo",
            Arguments = words,
            Environment = static _ => null,
            Input = TextReader.Null,
            Output = output,
            Errors = errors,
            Open = open ?? (static (_, _, _, _) => throw new InvalidOperationException("no daemon here")),
        });
        return (code, output.ToString().Replace(data + "/", "", StringComparison.Ordinal), errors.ToString().Replace(data + "/", "", StringComparison.Ordinal));
    }

    static string Place(string word) => word.EndsWith(".xml", StringComparison.Ordinal) ? Path.Join(data, word) : word;

    public static TheoryData<string, string> Examples()
    {
        var all = new TheoryData<string, string>();
        string[] lines = File.ReadAllLines(Path.Join(AppContext.BaseDirectory, "Cpu", "Advice", "cpu-models.md"));
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("    $ vireo ", StringComparison.Ordinal))
                continue;
            int end = i + 1;
            while (end < lines.Length && (lines[end].Length == 0 || lines[end].StartsWith("    ", StringComparison.Ordinal)))
                end++;
            string expected = string.Join('\n', lines[(i + 1)..end].Select(static l => l.Length > 4 ? l[4..] : "")).TrimEnd('\n') + "\n";
            all.Add(lines[i][6..], expected);
        }
        return all;
    }

    [Theory, MemberData(nameof(Examples))]
    public async Task An_example_of_the_page_prints_what_the_page_says(string command, string expected) =>
        Assert.Equal(expected, (await RunAsync(command)).Output);

    [Fact]
    public void The_page_has_examples_of_all_commands() =>
        Assert.All(["cpu explain", "cpu baseline", "cpu map diff"], static word => Assert.Contains(Examples(), e => e.Data.Item1.Contains(word, StringComparison.Ordinal)));

    [Theory]
    [InlineData(0, "vireo cpu explain web.xml --for rack2.xml")]
    [InlineData(3, "vireo cpu explain web.xml --for rack2.xml attic.xml")]
    [InlineData(0, "vireo cpu explain passed.xml --for attic.xml")]
    [InlineData(0, "vireo cpu explain plain.xml --for attic.xml")]
    [InlineData(0, "vireo cpu baseline --hosts attic.xml rack1.xml --format xml")]
    [InlineData(3, "vireo cpu baseline --hosts attic.xml epyc.xml")]
    [InlineData(0, "vireo cpu map diff 9.0.0 9.0.0")]
    [InlineData(2, "vireo cpu explain web.xml --for nowhere.xml")]
    [InlineData(2, "vireo cpu explain nowhere.xml --for attic.xml")]
    [InlineData(1, "vireo cpu explain web.xml --for web.xml")]
    [InlineData(1, "vireo cpu explain attic.xml --for web.xml")]
    [InlineData(1, "vireo cpu explain broken.xml --for attic.xml")]
    [InlineData(1, "vireo cpu explain web.xml")]
    [InlineData(1, "vireo cpu explain --for attic.xml")]
    [InlineData(1, "vireo cpu explain web.xml --for attic.xml --release soon")]
    [InlineData(1, "vireo cpu explain web.xml --for attic.xml --format xml")]
    [InlineData(1, "vireo cpu explain web.xml --for attic.xml --format")]
    [InlineData(1, "vireo cpu baseline")]
    [InlineData(1, "vireo cpu baseline --hosts")]
    [InlineData(1, "vireo cpu map diff 9.0.0")]
    [InlineData(1, "vireo cpu map diff old new")]
    [InlineData(1, "vireo cpu map")]
    [InlineData(1, "vireo cpu")]
    [InlineData(1, "vireo cpu polish")]
    public async Task The_exit_code_tells_how_it_went(int code, string command)
    {
        (int got, string output, string errors) = await RunAsync(command);
        Assert.True(code == got, $"{got}: {output}{errors}");
        Assert.Equal(code is 1 or 2 or 3 && !command.Contains("explain web.xml --for rack2.xml attic.xml", StringComparison.Ordinal), errors.Length > 0);
    }

    [Fact]
    public async Task Programs_get_one_object()
    {
        (_, string text, _) = await RunAsync("vireo cpu explain web.xml --for rack1.xml --format json");
        using var explained = System.Text.Json.JsonDocument.Parse(text);
        Assert.Equal("hle", explained.RootElement.GetProperty("hosts")[0].GetProperty("obstacles")[0].GetProperty("name").GetString());
        (_, text, _) = await RunAsync("vireo cpu baseline --hosts attic.xml rack1.xml --format json");
        using var common = System.Text.Json.JsonDocument.Parse(text);
        Assert.Equal("attic.xml", common.RootElement.GetProperty("dearest").GetString()!.Replace(data + "/", "", StringComparison.Ordinal));
        (_, text, _) = await RunAsync("vireo cpu map diff 9.0.0 newest --format json");
        using var difference = System.Text.Json.JsonDocument.Parse(text);
        Assert.Contains(difference.RootElement.GetProperty("models").EnumerateArray(), static m =>
            m.GetProperty("model").GetString() == "Haswell" && m.GetProperty("change").GetString() == "added");
    }

    [Fact]
    public async Task A_domain_and_a_host_may_be_a_daemons()
    {
        OpenConnection open = new ConnectionOpener(TestDriver.Create(), new RemotePlaces("/nowhere", "/nowhere", IsRoot: false, static _ => false), null).OpenAsync;
        (int code, string text, string errors) = await RunAsync("vireo cpu explain test -c test:///default --for attic.xml", open);
        Assert.Equal((0, "test has no <cpu>: it gets the hypervisor's default, which every host has\n", ""), (code, text, errors));
        (code, _, errors) = await RunAsync("vireo cpu explain nobody -c test:///default --for attic.xml", open);
        Assert.Equal(1, code);
        Assert.StartsWith("vireo: Domain not found", errors, StringComparison.Ordinal);
        (code, _, errors) = await RunAsync("vireo cpu baseline --hosts test:///default", open);
        Assert.Equal((1, "vireo: test:///default: the host's CPU is not in there\n"), (code, errors));
        (code, text, errors) = await RunAsync("vireo cpu explain web.xml --for test:///default", open);
        Assert.Equal((1, "", "vireo: test:///default: the host's CPU is not in there\n"), (code, text, errors));
    }

    [Theory]
    [InlineData("vireo cpu map diff nonsense 9.0.0")]
    [InlineData("vireo cpu map diff 9.0.0 nonsense")]
    public async Task A_release_that_is_none_is_named(string command)
    {
        (int code, string text, string errors) = await RunAsync(command);
        Assert.Equal((1, "", "vireo: nonsense: no release of libvirt; give one such as 9.0.0, or newest\n"), (code, text, errors));
    }

    [Fact]
    public async Task Virsh_has_no_such_command()
    {
        var errors = new StringWriter();
        Assert.Equal(1, await ShellProgram.RunAsync(new ShellProgram.Surroundings
        {
            Name = "virsh", Arguments = ["cpu", "map", "diff"], Environment = static _ => null, Input = TextReader.Null, Output = new StringWriter(), Errors = errors,
            Open = static (_, _, _, _) => throw new InvalidOperationException("no daemon here"),
        }));
        Assert.Contains("unknown command: 'cpu'", errors.ToString(), StringComparison.Ordinal);
    }
}
