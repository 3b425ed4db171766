using System.Globalization;
using System.Xml.Linq;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;
using Vireo.Model.Domain.Cpu;
using Xunit;

namespace Vireo.Tests.Cpu;

/// <summary>Recordings of guests under stock libvirt: what QEMU answered, and the CPU that was shown of it.</summary>
public class QemuGuestTests
{
    static readonly string folder = Path.Combine(AppContext.BaseDirectory, "Cpu", "data");

    // What the hypervisor's own host model is does not matter here, except for features that are optional.
    static readonly CpuSpec host = new() { Role = CpuRole.Guest, Model = "Skylake-Client" };

    static IReadOnlyList<HypervisorModel> Models => [.. X86Cpus.Shared.ModelNames.Select(n => new HypervisorModel(n))];

    public static TheoryData<string> Recordings() => [.. Directory.GetFiles(folder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)!).Order()];

    [Theory, MemberData(nameof(Recordings))]
    public void A_running_guests_cpu_is_shown_as_stock_shows_it(string name)
    {
        Dictionary<string, string[]> said = Sections(name);
        CpuDef defined = QemuGuest.Prepare(Parse(said["defined"]), host, Models);
        Assert.Equal(Parse(said["live"]), QemuGuest.Adopt(defined, Live(said)));
    }

    [Fact]
    public void A_full_check_names_every_difference()
    {
        Dictionary<string, string[]> said = Sections("tcg-haswell");
        CpuDef cpu = Parse(said["defined"]) with { Check = CpuCheck.Full };
        var error = Assert.Throws<VireoException>(() => QemuGuest.Adopt(QemuGuest.Prepare(cpu, host, Models), Live(said)));
        Assert.Equal(
            "operation failed: guest CPU doesn't match specification: extra features: f16c,rdrand,hypervisor,arat,xsaveopt,abm, "
            + "missing features: pcid,x2apic,tsc-deadline,hle,invpcid,rtm",
            error.Message);
    }

    [Fact]
    public void A_partial_check_refuses_what_the_host_cannot_do()
    {
        var cpu = new CpuDef { Mode = CpuMode.Custom, Check = CpuCheck.Partial, Model = new CpuModel { Name = "qemu64" } };
        var error = Assert.Throws<VireoException>(() => QemuGuest.Prepare(cpu, host, Models));
        Assert.Equal("the CPU is incompatible with host CPU: Host CPU does not provide required features: svm", error.Message);
    }

    [Fact]
    public void A_cpu_that_is_passed_through_stays_as_it_is()
    {
        var cpu = new CpuDef { Mode = CpuMode.HostPassthrough, Check = CpuCheck.None };
        Assert.Same(cpu, QemuGuest.Prepare(cpu, host, Models));
        Assert.Same(cpu, QemuGuest.Adopt(cpu, new QemuLiveCpu { Enabled = [], Filtered = [] }));
    }

    [Fact]
    public void Registers_that_the_guest_does_not_have_are_not_asked_about()
    {
        var qemu = new QemuCpu(X86Map.Shared);
        Assert.Empty(qemu.SwitchesToAsk(Words(Sections("tcg-cool")["feature-words"])));
        Assert.Contains("taa-no", qemu.SwitchesToAsk([new QemuFeatureWord(7, 0, CpuidRegister.Edx, 1U << 29)]));
        Assert.True(qemu.SwitchProperties.Count <= 20);
    }

    static QemuLiveCpu Live(Dictionary<string, string[]> said) => new()
    {
        Enabled = Words(said["feature-words"]),
        Filtered = Words(said["filtered-features"]),
        Switches = said["switches"].ToDictionary(n => n, _ => true),
    };

    static IReadOnlyList<QemuFeatureWord> Words(string[] lines) => [.. lines.Select(Word)];

    static QemuFeatureWord Word(string line)
    {
        string[] parts = line.Split(' ', ':');
        return new QemuFeatureWord(Hex(parts[0]), parts.Length > 3 ? Hex(parts[1]) : null, Enum.Parse<CpuidRegister>(parts[^2], true), Hex(parts[^1]));
    }

    static uint Hex(string text) => uint.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    static Dictionary<string, string[]> Sections(string name)
    {
        Dictionary<string, string[]> sections = [];
        foreach (string part in File.ReadAllText(Path.Combine(folder, name + ".txt")).Split("\n[").Skip(1))
        {
            string[] lines = part.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            sections[lines[0].TrimEnd(']')] = lines[1..];
        }
        return sections;
    }

    static CpuDef Parse(string[] xml)
    {
        XElement cpu = XElement.Parse(string.Concat(xml));
        return new CpuDef
        {
            Mode = Enum.Parse<CpuMode>((string)cpu.Attribute("mode")!, true),
            Match = Enum.Parse<CpuMatch>((string)cpu.Attribute("match")!, true),
            Check = Enum.Parse<CpuCheck>((string)cpu.Attribute("check")!, true),
            Model = new CpuModel { Name = cpu.Element("model")!.Value, Fallback = Enum.Parse<CpuFallback>((string)cpu.Element("model")!.Attribute("fallback")!, true) },
            Vendor = cpu.Element("vendor")?.Value,
            Topology = cpu.Element("topology") is null ? null : new CpuTopology { Sockets = 1, Dies = 1, Cores = 1, Threads = 1 },
            Features = [.. cpu.Elements("feature").Select(f => new CpuFeature
            {
                Name = (string)f.Attribute("name")!,
                Policy = Enum.Parse<CpuFeaturePolicy>((string)f.Attribute("policy")!, true),
            })],
        };
    }

    [Theory]
    [InlineData("<cpu mode='custom'><model>qemu64</model><feature policy='require' name='nonsense'/></cpu>", ErrorCode.ConfigUnsupported, "unknown CPU feature: nonsense")]
    [InlineData("<cpu mode='custom'><model>qemu64</model><feature policy='optional' name='nonsense'/></cpu>", ErrorCode.ConfigUnsupported, "unknown CPU feature: nonsense")]
    [InlineData("<cpu mode='host-model'><feature policy='disable' name='nonsense'/></cpu>", ErrorCode.ConfigUnsupported, "unknown CPU feature: nonsense")]
    [InlineData("<cpu mode='host-passthrough'><feature policy='disable' name='nonsense'/></cpu>", ErrorCode.ConfigUnsupported, "unknown CPU feature: nonsense")]
    [InlineData("<cpu mode='custom'><model fallback='forbid'>nomodel</model></cpu>", ErrorCode.InternalError, "Unknown CPU model nomodel")]
    [InlineData("<cpu mode='custom'><model>EPYC-v3</model></cpu>", ErrorCode.InternalError, "Unknown CPU model EPYC-v3")]
    [InlineData("<cpu mode='custom'><model fallback='forbid'>cpu64-rhel6</model></cpu>", ErrorCode.ConfigUnsupported, "CPU model cpu64-rhel6 is not supported by hypervisor")]
    public void What_nobody_knows_is_refused_in_stocks_words(string xml, ErrorCode code, string message)
    {
        VirError error = Assert.Throws<VireoException>(() => QemuGuest.Prepare(CpuDef.Parse(xml), null, [new HypervisorModel("qemu64"), new HypervisorModel("EPYC-v3")])).Error;
        Assert.Equal((code, message), (error.Code, error.Str1 is null ? error.Message : error.Str2 ?? error.Str1));
    }

    [Fact]
    public void A_model_that_QEMU_lacks_becomes_one_whose_features_it_knows_or_is_refused()
    {
        X86Cpus newest = CpuMap.Of(CpuMap.Newest).X86;
        HypervisorModel[] models = [new("Skylake-Server"), new("Icelake-Server")];
        HashSet<string> known = [.. newest.Map.FindModel("Icelake-Server") is { } old ? newest.Map.NamesOf(old.Features) : []];
        CpuDef cpu = CpuDef.Parse("<cpu mode='custom' check='none'><model fallback='allow'>SapphireRapids</model></cpu>");
        VirError error = Assert.Throws<VireoException>(() => QemuGuest.Prepare(cpu, null, models, newest, known)).Error;
        Assert.Equal(ErrorCode.ConfigUnsupported, error.Code);
        Assert.Contains("amx-tile", error.Message, StringComparison.Ordinal);
        Assert.Equal("Icelake-Server", QemuGuest.Prepare(cpu, null, models, newest, newest.Map.Features.Select(f => f.Name).ToHashSet()).Model!.Name);
        // Without "avx512bw" QEMU cannot be asked for it on top of a lesser model, but Skylake-Server brings it along.
        HashSet<string> fewer = [.. known.Where(static f => f != "avx512bw")];
        Assert.Equal("Skylake-Server", QemuGuest.Prepare(
            CpuDef.Parse("<cpu mode='custom' check='none'><model fallback='allow'>Skylake-Server-IBRS</model></cpu>"),
            null, [new("Skylake-Server"), new("Skylake-Client")], newest, fewer).Model!.Name);
    }

    [Theory]
    [InlineData("sse4.1", "sse4.1"), InlineData("pclmuldq", "pclmulqdq"), InlineData("fxsr_opt", "fxsr-opt"), InlineData("lahf_lm", "lahf-lm")]
    [InlineData("pni", "pni"), InlineData("nx", "nx"), InlineData("nothing-of-the-map", "nothing-of-the-map")]
    public void A_feature_is_spelt_as_QEMU_spells_it(string feature, string spelling) =>
        Assert.Equal(spelling, new QemuCpu(X86Map.Shared).ToQemu(feature, new HashSet<string>()));

    [Fact]
    public void A_binary_that_has_another_spelling_hears_that_one()
    {
        var qemu = new QemuCpu(CpuMap.Of(CpuMap.Newest).X86.Map);
        const string Name = "vmx-invvpid-single-context-noglobals", Former = "vmx-invept-single-context-noglobals";
        Assert.Equal(Name, qemu.ToQemu(Name, new HashSet<string> { Name, Former }));
        Assert.Equal(Former, qemu.ToQemu(Name, new HashSet<string> { Former, "vmx" }));
    }

    [Fact]
    public void A_model_that_QEMU_vouches_for_is_not_compared_with_the_host_as_long_as_features_are_only_taken_away()
    {
        var host = new CpuSpec { Role = CpuRole.Guest, Model = "qemu64" };
        HypervisorModel[] models = [new("Haswell") { IsUsable = true }, new("Broadwell") { IsUsable = false }];
        CpuDef Cpu(string model, string features) => CpuDef.Parse($"<cpu mode='custom' check='partial'><model>{model}</model>{features}</cpu>");
        Assert.Equal("Haswell", QemuGuest.Prepare(Cpu("Haswell", "<feature policy='disable' name='hle'/>"), host, models).Model!.Name);
        Assert.Equal(ErrorCode.CpuIncompatible, Assert.Throws<VireoException>(() => QemuGuest.Prepare(Cpu("Haswell", "<feature policy='require' name='adx'/>"), host, models)).Error.Code);
        Assert.Equal(ErrorCode.CpuIncompatible, Assert.Throws<VireoException>(() => QemuGuest.Prepare(Cpu("Broadwell", ""), host, models)).Error.Code);
    }
}
