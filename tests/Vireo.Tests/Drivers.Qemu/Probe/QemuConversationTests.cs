using System.Text.Json;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Testing.Qemu;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Probe;

/// <summary>Recorded QEMUs are asked again, and must give the facts that libvirt drew from them.</summary>
public sealed class QemuConversationTests
{
    static string Corpus => Path.Combine(
        Environment.GetEnvironmentVariable("VIREO_CORPUS") ?? "", "qemu-capabilities");

    public static TheoryData<string> Cases()
    {
        var names = new TheoryData<string>();
        if (!File.Exists(Path.Combine(Corpus, "cases.json"))) return ["(no corpus)"];
        using var cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(Corpus, "cases.json")));
        foreach (var one in cases.RootElement.EnumerateArray()) names.Add(one.GetProperty("name").GetString()!);
        return names;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_recorded_binary_gives_the_facts_that_libvirt_found(string name)
    {
        if (name == "(no corpus)") Assert.Skip("VIREO_CORPUS is not set");
        using var expectedText = File.OpenText(Path.Combine(Corpus, "data", $"caps_{name}.xml"));
        var expected = CapabilityCacheReader.Read(expectedText);
        var (first, second) = Split(await File.ReadAllTextAsync(Path.Combine(Corpus, "data", $"caps_{name}.replies")));

        await using var qemu = FakeQemu.Replaying(first, out var line);
        await using var monitor = new QmpMonitor(line);
        var found = await new QemuConversation(monitor, expected.Emulator).AskAsync(TestContext.Current.CancellationToken);
        if (second is not null)
        {
            await using var other = FakeQemu.Replaying(second, out var otherLine);
            await using var otherMonitor = new QmpMonitor(otherLine);
            found = found with { Tcg = await new QemuConversation(otherMonitor, "").AskTranslatorAsync(found, TestContext.Current.CancellationToken) };
        }

        Assert.Equal(expected.Version, found.Version);
        Assert.Equal(expected.Arch, found.Arch);
        Assert.Equal(expected.Package, found.Package);
        Assert.Equal(expected.Flags.Order(), found.Flags.Order());
        Same(expected.Kvm, found.Kvm);
        Same(expected.Tcg, found.Tcg);
    }

    static void Same(AcceleratorFacts? expected, AcceleratorFacts? found)
    {
        Assert.Equal(expected is null, found is null);
        if (expected is null || found is null) return;
        Assert.Equal(expected.Machines, found.Machines);
        Assert.Equal(expected.CpuModels.Select(m => m with { Blockers = [] }), found.CpuModels.Select(m => m with { Blockers = [] }));
        Assert.Equal(expected.CpuModels.SelectMany(m => m.Blockers), found.CpuModels.SelectMany(m => m.Blockers));
        Assert.Equal(expected.HostCpu?.Model, found.HostCpu?.Model);
        Assert.Equal(expected.HostCpu?.Properties.OrderBy(p => p.Name), found.HostCpu?.Properties.OrderBy(p => p.Name));
    }

    static (string First, string? Second) Split(string replies)
    {
        const string Opening = "\"execute\": \"qmp_capabilities\"";
        int at = replies.LastIndexOf(Opening, StringComparison.Ordinal);
        if (at == replies.IndexOf(Opening, StringComparison.Ordinal)) return (replies, null);
        int start = replies.LastIndexOf('{', at);
        return (replies[..start], replies[start..]);
    }
}
