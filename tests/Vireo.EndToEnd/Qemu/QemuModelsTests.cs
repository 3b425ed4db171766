using System.Text.Json;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>
/// Each model of the newest map beside what the installed QEMU says of it (<c>query-cpu-model-expansion</c>, no KVM). Differences are listed with
/// their reasons in <c>data/qemu-7.2-models.txt</c>; another one, or one that is gone, is an error.
/// </summary>
public class QemuModelsTests
{
    // They follow from the machine, the question and the accelerator (TCG turns vme off), not from the model.
    static readonly HashSet<string> ofTheMachine = ["hypervisor", "vmx", "vme"];

    static readonly X86Map map = CpuMap.Of(CpuMap.Newest).X86.Map;

    [Fact]
    public async Task A_model_is_what_QEMU_says_it_is_or_the_difference_has_a_reason()
    {
        (_, Dictionary<string, HashSet<string>> models) = await AskAsync();
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (X86Model model in map.Models.Where(m => models.ContainsKey(m.Name)))
        {
            if (model.SameAs is not null)
                continue;
            HashSet<string> ours = [.. map.NamesOf(model.Features | model.Added).Where(static f => !ofTheMachine.Contains(f))], theirs = models[model.Name];
            found.UnionWith(theirs.Except(ours).Select(f => $"+{f} {model.Name}"));
            found.UnionWith(ours.Except(theirs).Select(f => $"-{f} {model.Name}"));
        }
        Assert.Equal(string.Join('\n', Listed()), string.Join('\n', found));
    }

    [Fact]
    public async Task Another_name_of_a_model_is_the_one_that_QEMU_has_for_it()
    {
        (Dictionary<string, string?> aliases, _) = await AskAsync();
        foreach (X86Model version in map.Models.Where(m => m.SameAs is not null && aliases.ContainsKey(m.Name) && aliases.ContainsKey(m.SameAs!)))
            Assert.Equal(version.Name, aliases[version.SameAs!]);
    }

    static IEnumerable<string> Listed()
    {
        var all = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(Path.Join(AppContext.BaseDirectory, "Qemu", "data", "qemu-7.2-models.txt")).Where(static l => l.Length > 0 && l[0] != '#'))
        {
            string[] parts = line.Split(" | ");
            Assert.True(parts is [_, _, { Length: > 10 }], $"no reason: {line}");
            all.UnionWith(parts[0].Split(' ').SelectMany(f => parts[1].Split(' ').Select(m => $"{f} {m}")));
        }
        return all;
    }

    /// <summary>For each model of QEMU what it is another name of, and its features, virtualization asked for; names of the map.</summary>
    static async Task<(Dictionary<string, string?> Aliases, Dictionary<string, HashSet<string>> Models)> AskAsync()
    {
        string? binary = Command.Find("qemu-system-x86_64");
        Assert.SkipWhen(binary is null, "needs qemu-system-x86_64");
        CommandResult version = await Command.RunAsync(binary!, ["--version"]);
        Assert.SkipUnless(version.Output.Contains("version 7.2.", StringComparison.Ordinal), "the list is of QEMU 7.2");
        IEnumerable<string> names = map.Models.Select(static m => m.Name);
        string questions = string.Concat(names.Select(static n =>
            """{"execute":"query-cpu-model-expansion","id":"NAME","arguments":{"type":"full","model":{"name":"NAME","props":{"vmx":true}}}}""".Replace("NAME", n, StringComparison.Ordinal) + "\n"));
        CommandResult answers = await Command.RunAsync(
            binary!, ["-machine", "none", "-accel", "tcg", "-nodefaults", "-display", "none", "-S", "-qmp", "stdio"],
            input: """
                {"execute":"qmp_capabilities"}
                {"execute":"query-cpu-definitions","id":"list"}

                """ + questions + """{"execute":"quit"}""" + "\n");
        var aliases = new Dictionary<string, string?>(StringComparer.Ordinal);
        var models = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (string line in answers.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using JsonDocument reply = JsonDocument.Parse(line);
            if (!reply.RootElement.TryGetProperty("return", out JsonElement value) || !reply.RootElement.TryGetProperty("id", out JsonElement id))
                continue;
            if (id.GetString() == "list")
                foreach (JsonElement one in value.EnumerateArray())
                    aliases[one.GetProperty("name").GetString()!] = one.TryGetProperty("alias-of", out JsonElement alias) ? alias.GetString() : null;
            else
                models[id.GetString()!] =
                [
                    .. value.GetProperty("model").GetProperty("props").EnumerateObject().Where(static p => p.Value.ValueKind == JsonValueKind.True)
                        .Select(static p => map.FindQemuFeature(p.Name)?.Name).OfType<string>().Where(static f => !ofTheMachine.Contains(f)),
                ];
        }
        Assert.True(models.Count > 100, answers.ToString());
        return (aliases, models);
    }
}
