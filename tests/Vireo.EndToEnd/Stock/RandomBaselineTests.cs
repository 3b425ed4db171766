using System.Text;
using Vireo.Core.Xml;
using Vireo.Cpu;
using Vireo.Cpu.X86;
using Vireo.EndToEnd.Harness;
using Vireo.Model.Domain.Cpu;
using Xunit;

namespace Vireo.EndToEnd.Stock;

/// <summary>What random hosts have in common, by Debian's virsh with its own library (the test driver, no daemon) and by the map of the same release.</summary>
public class RandomBaselineTests
{
    const int Count = 300;

    static readonly X86Map map = X86Map.Shared;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_baseline_has_stocks_model_and_features(int seed)
    {
        string? virsh = Command.Find("/usr/bin/virsh");
        Assert.SkipWhen(virsh is null, "needs Debian's virsh");
        CommandResult version = await Command.RunAsync(virsh!, ["--version"]);
        Assert.SkipUnless(version.Output.StartsWith("9.0.0", StringComparison.Ordinal), "the default map is that of 9.0.0");
        var random = new Random(seed);
        string folder = Directory.CreateTempSubdirectory("vireo-baseline-").FullName;
        try
        {
            string[][] fleets = [.. Enumerable.Range(0, Count).Select(_ => Fleet(random))];
            var questions = new StringBuilder();
            for (int i = 0; i < Count; i++)
            {
                string file = Path.Join(folder, $"{i}.xml");
                await File.WriteAllTextAsync(file, string.Concat(fleets[i]), TestContext.Current.CancellationToken);
                questions.Append($"cpu-baseline {file}; echo ====;");
            }
            CommandResult stock = await Command.RunAsync(virsh!, ["-q", "-c", "test:///default", questions.ToString()]);
            string[] answers = stock.Output.Split("====");
            Assert.Equal(Count + 1, answers.Length);
            for (int i = 0; i < Count; i++)
                Assert.True(answers[i].Trim() == Ours(fleets[i]).Trim(), $"{string.Concat(fleets[i])}\nstock:\n{answers[i]}\nours:\n{Ours(fleets[i])}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string Ours(string[] fleet)
    {
        CpuSpec common = X86Cpus.Shared.Baseline([.. fleet.Select(static xml =>
        {
            StandaloneCpu cpu = StandaloneCpu.ParseHost(xml, static _ => true);
            return cpu.Definition.ToSpec() with { Role = CpuRole.Host, Architecture = cpu.Arch };
        })]);
        var output = new XmlOutput(new XmlOutputOptions());
        new CpuDef().With(common).WriteXml(output);
        return output.ToString();
    }

    /// <summary>One to three hosts of a vendor, often with features of a common model, some in common, a few of their own.</summary>
    static string[] Fleet(Random random)
    {
        string vendor = random.Next(2) == 0 ? "Intel" : "AMD";
        X86Model[] models = [.. map.Models.Where(m => m.Vendor?.Name == vendor || (m.Vendor is null && random.Next(3) == 0))];
        X86Model aim = models[random.Next(models.Length)];
        string[] all = [.. map.Features.Select(static f => f.Name)], near = [.. map.NamesOf(aim.Features)];
        string[] shared = [.. Some(random, all, random.Next(26))];
        return [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
        {
            X86Model model = models[random.Next(models.Length)];
            HashSet<string> features = [.. shared, .. Some(random, all, random.Next(7))];
            if (random.Next(5) < 3)
                features.UnionWith(Some(random, near, near.Length * random.Next(10, 21) / 20));
            features.ExceptWith(map.NamesOf(model.Features));
            return $"<cpu><arch>x86_64</arch><model>{model.Name}</model>{(random.Next(8) == 0 ? "" : $"<vendor>{vendor}</vendor>")}<topology sockets='1' dies='1' cores='1' threads='1'/>"
                + string.Concat(features.Order(StringComparer.Ordinal).Select(static f => $"<feature name='{f}'/>")) + "</cpu>\n";
        })];
    }

    static IEnumerable<string> Some(Random random, string[] of, int count) => Enumerable.Range(0, count).Select(_ => of[random.Next(of.Length)]).Distinct();
}
