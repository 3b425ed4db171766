using System.Text;
using Vireo.Cpu.X86;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>
/// What a stock 9.0.0 thinks of definitions that come from us, and we of its: every model of its map, defined on one daemon and carried to the other as XML for migration.
/// Both daemons judge all of them, with the host's CPU and with what QEMU gives.
/// </summary>
public sealed class ModelVerdictTests(TwoDaemons daemons) : IClassFixture<TwoDaemons>
{
    static readonly string[] models = [.. X86Map.Shared.Models.Select(static m => m.Name)];

    [Fact]
    public async Task Each_takes_the_others_definitions_of_every_model_for_what_they_are()
    {
        Assert.SkipWhen(daemons.Missing is not null, daemons.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
        string virsh = Needs.Program("virsh"), folder = Directory.CreateTempSubdirectory("verdicts").FullName;
        CommandResult version = await Command.RunAsync(virsh, ["--version"]);
        Assert.SkipUnless(version.Output.StartsWith("9.0.0", StringComparison.Ordinal), "the default map is that of 9.0.0");
        try
        {
            string[] written = await FilesAsync(folder, "w", [.. models.Select(static (m, i) => Written(m, i))]);
            string[] ofStock = await TakeAsync(virsh, daemons.Stock.Socket, written), ofOurs = await TakeAsync(virsh, daemons.Vireo.Socket, written);
            Same(ofStock, ofOurs, "the XML for migration");

            string[] fromStock = await FilesAsync(folder, "s", ofStock), fromOurs = await FilesAsync(folder, "o", ofOurs);
            Same(await TakeAsync(virsh, daemons.Stock.Socket, fromOurs), await TakeAsync(virsh, daemons.Vireo.Socket, fromStock), "what becomes of it at the other's");

            foreach (string command in new[] { "cpu-compare", "cpu-compare --error", "hypervisor-cpu-compare --virttype qemu", "hypervisor-cpu-compare --virttype qemu --error" })
                foreach (string[] files in new[] { fromStock, fromOurs })
                {
                    string[] verdicts = await AskAsync(virsh, daemons.Stock.Socket, files.Select(f => $"{command} {f}"));
                    Assert.All(verdicts, static verdict => Assert.Contains("CPU", verdict, StringComparison.Ordinal));
                    Same(verdicts, await AskAsync(virsh, daemons.Vireo.Socket, files.Select(f => $"{command} {f}")), command);
                }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string Written(string model, int number)
    {
        // What was removed from the model is asked for by every other definition; something is taken away from every third.
        X86Model known = X86Map.Shared.FindModel(model)!;
        var features = new StringBuilder();
        if (number % 2 == 0)
            foreach (string name in X86Map.Shared.NamesOf(known.Removed))
                features.Append($"<feature policy='require' name='{name}'/>");
        if (number % 3 == 0 && X86Map.Shared.NamesOf(known.Features).LastOrDefault() is { } last)
            features.Append($"<feature policy='disable' name='{last}'/>");
        string check = number % 2 == 0 ? " check='none'" : "";
        return $"<domain type='qemu'><name>verdict{number}</name><uuid>c0ffee00-0000-4000-8000-{number:d12}</uuid><memory>65536</memory>"
            + $"<os><type arch='x86_64' machine='pc'>hvm</type></os><cpu mode='custom' match='exact'{check}><model fallback='allow'>{model}</model>{features}</cpu></domain>";
    }

    static void Same(string[] stock, string[] ours, string what)
    {
        Assert.Equal(models.Length, stock.Length);
        for (int i = 0; i < models.Length; i++)
            Assert.True(stock[i] == ours[i], $"{models[i]}, {what}\nstock:\n{stock[i]}\nours:\n{ours[i]}");
    }

    static async Task<string[]> FilesAsync(string folder, string prefix, string[] texts)
    {
        string[] paths = [.. texts.Select((_, i) => Path.Join(folder, $"{prefix}{i}.xml"))];
        for (int i = 0; i < texts.Length; i++)
            await File.WriteAllTextAsync(paths[i], texts[i], TestContext.Current.CancellationToken);
        return paths;
    }

    /// <summary>Defines them and says how the daemon would tell them to another.</summary>
    static async Task<string[]> TakeAsync(string virsh, string socket, string[] files)
    {
        string[] said = await AskAsync(virsh, socket, files.Select(static f => $"define {f}"));
        Assert.All(said, static text => Assert.Equal("", text));
        return await AskAsync(virsh, socket, files.Select(static (_, i) => $"dumpxml --migratable verdict{i}"));
    }

    /// <summary>Asks all of it in one session: an answer each, standard error after standard output.</summary>
    static async Task<string[]> AskAsync(string virsh, string socket, IEnumerable<string> lines)
    {
        const string Mark = "====";
        string all = string.Concat(lines.Select(static line => $"{line}; echo {Mark}; echo --err {Mark};"));
        CommandResult result = await Command.RunAsync(virsh, ["-q", "-c", $"qemu+unix:///system?socket={socket}", all]);
        string[] said = result.Output.Split(Mark), errors = result.Error.Split($"error: {Mark}\n");
        Assert.Equal(said.Length, errors.Length);
        return [.. said.Zip(errors, static (one, two) => (one + two).Trim()).SkipLast(1)];
    }
}
