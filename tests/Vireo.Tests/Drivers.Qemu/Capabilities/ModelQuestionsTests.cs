using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Cpu;
using Vireo.Drivers.Qemu.Capabilities;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Model.Domain.Cpu;
using Vireo.Testing.Qemu;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Capabilities;

/// <summary>A recorded conversation with a QEMU 7.2 for s390x; the baselines are what stock 9.0.0 prints with that binary.</summary>
public sealed class ModelQuestionsTests
{
    static readonly CpuSpec host = Cpu("z14-base", "aen", "vx");

    static CpuSpec Cpu(string? model, params string[] features) =>
        new() { Role = CpuRole.Guest, Model = model, Features = [.. features.Select(static f => new FeatureTerm(f))] };

    static async Task<T> AskAsync<T>(Func<QmpMonitor, Task<T>> ask)
    {
        string recorded = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Drivers.Qemu/Capabilities/data/s390x-cpu-models-7.2.replies"));
        await using FakeQemu qemu = FakeQemu.Replaying(recorded, out Stream line);
        await using var monitor = new QmpMonitor(line);
        await monitor.OpenAsync(TestContext.Current.CancellationToken);
        return await ask(monitor);
    }

    static Task<Comparison> CompareAsync(CpuSpec cpu) => AskAsync(talk => ModelQuestions.CompareAsync(talk, host, cpu, TestContext.Current.CancellationToken));

    static async Task<string> BaselineAsync(bool expand, params CpuSpec[] cpus)
    {
        CpuDef common = await AskAsync(talk => ModelQuestions.BaselineAsync(talk, cpus, expand, TestContext.Current.CancellationToken));
        var output = new XmlOutput(new XmlOutputOptions());
        common.WriteXml(output);
        return output.ToString();
    }

    [Fact]
    public async Task QEMU_says_how_its_cpu_relates_to_another()
    {
        Assert.Equal(CpuComparison.Identical, (await CompareAsync(host)).Result);
        Assert.Equal(CpuComparison.Superset, (await CompareAsync(Cpu("z13-base", "aen"))).Result);
        Assert.Equal(CpuComparison.Incompatible, (await CompareAsync(Cpu("gen15a-base"))).Result);
        Assert.Equal(CpuComparison.Incompatible, (await CompareAsync(Cpu("z14-base", "aen", "vx", "te"))).Result);   // a subset lacks something too
    }

    [Fact]
    public async Task A_feature_that_QEMU_does_not_know_is_refused_in_its_words()
    {
        var refused = await Assert.ThrowsAsync<QmpRefusal>(() => CompareAsync(Cpu("z13-base", "nofeature")));
        Assert.Equal("Property 'z13-base-s390x-cpu.nofeature' not found", refused.Description);
    }

    [Fact]
    public async Task A_baseline_is_QEMUs_pair_after_pair_and_says_only_what_is_on()
    {
        CpuSpec first = Cpu("z13-base", "aen"), second = Cpu("z14-base"), third = Cpu("z10EC-base");
        Assert.Equal("<cpu>\n  <model>z13-base</model>\n</cpu>\n", await BaselineAsync(false, first, second));
        Assert.Equal("<cpu>\n  <model>z10EC-base</model>\n</cpu>\n", await BaselineAsync(false, first, second, third));
        string[] expanded = (await BaselineAsync(true, first, second)).Split('\n');
        Assert.Equal(["  <feature name='asnlxr'/>", "  <feature name='cmpsceh'/>", "  <feature name='csske'/>"], expanded[2..5]);
        Assert.Equal(46, expanded.Count(static l => l.Contains("<feature", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_baseline_of_one_is_the_model_that_never_changes_and_what_it_has_beyond()
    {
        string[] one = (await BaselineAsync(false, Cpu("z13"))).Split('\n');
        Assert.Equal(["<cpu>", "  <model>z13-base</model>", "  <feature name='aen'/>", "  <feature name='aefsi'/>"], one[..4]);
        string[] all = (await BaselineAsync(true, Cpu("z13"))).Split('\n');
        Assert.Equal(["  <feature name='aefsi'/>", "  <feature name='aen'/>", "  <feature name='asnlxr'/>"], all[2..5]);
    }

    [Fact]
    public void What_QEMU_cannot_be_asked_about_is_refused_before_it_is_asked()
    {
        var accelerator = new AcceleratorFacts { CpuModels = [new CpuModelFacts("z13-base")] };
        string Said(params CpuSpec[] cpus) => Assert.Throws<VireoException>(() => ModelQuestions.Check(cpus, accelerator)).Message;
        ModelQuestions.Check([Cpu("z13-base")], accelerator);
        Assert.Equal("invalid argument: no CPU model specified at index 1", Said(Cpu("z13-base"), Cpu(null)));
        Assert.Equal("invalid argument: CPU model 'nomodel' not supported by hypervisor", Said(Cpu("nomodel")));
    }
}
