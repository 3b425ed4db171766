using System.Text.Json.Nodes;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Start;
using Vireo.Testing.Qemu;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu;

public sealed class CpuQuestionsTests
{
    const string Path = "/machine/unattached/device[0]";
    static readonly X86Map newest = CpuMap.Of(CpuMap.Newest).X86.Map;

    static string Words(params string[] features) => "[" + string.Join(',', features.Select(static f =>
    {
        FeatureBit bit = newest.FindFeature(f)!.Bit;
        return $$"""{"cpuid-input-eax":{{bit.Index}},"cpuid-input-ecx":{{bit.Subleaf}},"cpuid-register":"{{bit.Register.ToString().ToUpperInvariant()}}","features":{{1U << bit.Bit}}}""";
    })) + "]";

    static FakeQemu Qemu(out Stream line, string words, string unavailable = "[]") => FakeQemu.Speaking("7.2", out line).Answer("qom-get", asked =>
        asked!["property"]!.GetValue<string>() switch
        {
            "feature-words" => words,
            "filtered-features" => "[]",
            "unavailable-features" => unavailable,
            "rdctl-no" => "true",
            _ => "false",
        });

    static async Task<QemuLiveCpu> AskAsync(Stream line)
    {
        await using var monitor = new QmpMonitor(line);
        await monitor.OpenAsync(TestContext.Current.CancellationToken);
        return await new CpuQuestions(monitor, Path, newest, static name => name)
            .AskAsync("Haswell", [new("vmx", true), new("hle", false)], TestContext.Current.CancellationToken);
    }

    static int Asked(FakeQemu qemu, string command) => qemu.Received.Count(l => l.Contains($"\"{command}\"", StringComparison.Ordinal));

    [Fact]
    public async Task A_guest_without_registers_of_features_is_asked_three_questions()
    {
        await using FakeQemu qemu = Qemu(out Stream line, Words("sse2", "lm"));
        QemuLiveCpu live = await AskAsync(line);
        Assert.Equal(["sse2", "lm"], newest.NamesOf(new QemuCpu(newest).Enabled(live)));
        Assert.Equal((3, 0), (Asked(qemu, "qom-get"), Asked(qemu, "query-cpu-model-expansion")));
    }

    [Fact]
    public async Task The_features_of_a_register_of_many_come_in_one_answer_less_what_could_not_be_had()
    {
        await using FakeQemu qemu = Qemu(out Stream line, Words("sse2", "vmx"), unavailable: """["vmx-ept"]""")
            .Answer("query-cpu-model-expansion", """{"model":{"name":"base","props":{"vmx-ept":true,"vmx-vpid":true,"vmx-mtf":false,"vmx-invept-single-context-noglobals":true}}}""");
        QemuLiveCpu live = await AskAsync(line);
        FeatureSet enabled = new QemuCpu(newest).Enabled(live);
        Assert.Equal(["sse2", "vmx", "vmx-invvpid-single-context-noglobals", "vmx-vpid"], newest.NamesOf(enabled).Order(StringComparer.Ordinal));
        Assert.Equal((3, 1), (Asked(qemu, "qom-get"), Asked(qemu, "query-cpu-model-expansion")));
        JsonNode model = JsonNode.Parse(qemu.Received.Single(static l => l.Contains("expansion", StringComparison.Ordinal)))!["arguments"]!["model"]!;
        Assert.Equal("""{"name":"Haswell","props":{"vmx":true,"hle":false}}""", model.ToJsonString());
    }

    [Fact]
    public async Task A_QEMU_that_does_not_write_models_out_is_asked_one_by_one()
    {
        await using FakeQemu qemu = Qemu(out Stream line, Words("vmx")).Refuse("query-cpu-model-expansion", "no");
        Assert.Equal(newest.Features.Count(static f => f.Bit.IsMsr && f.AnnouncedBy == "vmx"), (await AskAsync(line)).Switches.Count(static s => s.Key.StartsWith("vmx-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Whatever_a_guest_has_no_more_than_a_handful_and_twenty_questions_are_asked()
    {
        string[] announcers = [.. newest.Features.Select(static f => f.AnnouncedBy).OfType<string>().Distinct()];
        foreach (string announcer in announcers)
        {
            await using FakeQemu qemu = Qemu(out Stream line, Words(announcer)).Answer("query-cpu-model-expansion", """{"model":{"name":"base","props":{}}}""");
            _ = await AskAsync(line);
            Assert.InRange(qemu.Received.Count, 4, 4 + CpuQuestions.MostSingle);
        }
    }
}
