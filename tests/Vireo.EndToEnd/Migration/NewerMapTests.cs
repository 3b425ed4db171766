using Vireo.Cpu.X86;
using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Migration;

/// <summary>A stock libvirtd of 9.0.0, and a vireod whose CPU models are those of the newest release.</summary>
public sealed class TwoMaps : TwoHosts
{
    /// <inheritdoc/>
    protected override string[] Options => ["--cpu-map", "newest"];
}

/// <summary>Guests that go from a daemon with a newer map to stock, and come back, and from stock, and go home.</summary>
public sealed class NewerMapTests(TwoMaps hosts) : IClassFixture<TwoMaps>
{
    const string Name = "traveller";

    /// <summary>The element, and what is added to the words of the migration.</summary>
    public static TheoryData<string, string> Travellers => new()
    {
        { "<cpu mode='custom' match='exact'><model fallback='allow'>EPYC</model></cpu>", "--live" },
        { "<cpu mode='custom' match='exact'><model fallback='allow'>EPYC</model><feature policy='require' name='monitor'/></cpu>", "--live --p2p" },
        { "<cpu mode='custom' match='exact'><model fallback='allow'>Icelake-Server</model></cpu>", "--live" },
        { "<cpu mode='custom' match='exact'><model fallback='allow'>Skylake-Client</model><feature policy='disable' name='avx2'/></cpu>", "--live --p2p" },
        { "<cpu mode='custom' match='exact'><model fallback='allow'>Haswell-v4</model></cpu>", "--live --p2p" },
        { "<cpu mode='host-model'/>", "--live" },
        { "", "--live" },
    };

    [Theory, MemberData(nameof(Travellers))]
    public async Task What_a_guest_sees_is_the_same_after_a_visit_at_an_older_release(string cpu, string flags)
    {
        Need();
        using Documents files = Files(cpu);
        try
        {
            await hosts.RunAsync(false, "create", files.Fill("${XML}"));
            IReadOnlyList<string> sees = Sees();
            for (int visit = 0; visit < 2; visit++)
            {
                await MoveAsync(fromStock: false, flags);
                if (cpu.Contains("EPYC", StringComparison.Ordinal))
                    Assert.Contains("name='monitor'", await hosts.RunAsync(true, "dumpxml", Name), StringComparison.Ordinal);
                await MoveAsync(fromStock: true, flags);
                Assert.Equal(sees, Sees());
            }
        }
        finally
        {
            await hosts.ClearAsync(Name);
        }
    }

    /// <summary>Those whose models stock knows by these names.</summary>
    public static TheoryData<string, string> Visitors => [.. Travellers.Where(static t => !t.Data.Item1.Contains("-v4", StringComparison.Ordinal)).Select(static t => t.Data)];

    [Theory, MemberData(nameof(Visitors))]
    public async Task A_guest_of_an_older_release_comes_and_goes_home(string cpu, string flags)
    {
        Need();
        using Documents files = Files(cpu);
        try
        {
            await hosts.RunAsync(true, "create", files.Fill("${XML}"));
            string shown = Cpu(await hosts.RunAsync(true, "dumpxml", Name));
            await MoveAsync(fromStock: true, flags);
            IReadOnlyList<string> sees = Sees();
            await MoveAsync(fromStock: false, flags);
            Assert.Equal(Lines(shown), Lines(Cpu(await hosts.RunAsync(true, "dumpxml", Name))).Intersect(Lines(shown)));
            await MoveAsync(fromStock: true, flags);
            Assert.Equal(sees, Sees());
        }
        finally
        {
            await hosts.ClearAsync(Name);
        }
    }

    void Need()
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
    }

    static Documents Files(string cpu) => new Documents().With("XML", Guests.Tiny(Name, "0c8f4a52-3a0e-4d0b-8f63-5f6f0f1f7a10").Replace("<devices>", cpu + "<devices>", StringComparison.Ordinal));

    async Task MoveAsync(bool fromStock, string flags)
    {
        await hosts.RunAsync(fromStock, hosts.To(!fromStock, Name, flags.Split(' ')));
        Assert.Equal("running (migrated)\n", await hosts.RunAsync(!fromStock, "domstate", Name, "--reason"));
    }

    /// <summary>What our daemon noted of the guest's processor when it came.</summary>
    IReadOnlyList<string> Sees() =>
        GuestContract.Parse(File.ReadAllText(Directory.EnumerateFiles(hosts.Vireo.Root, Name + ".cpu", SearchOption.AllDirectories).Single()).TrimEnd())!.Features;

    static string Cpu(string xml) => xml.IndexOf("  <cpu", StringComparison.Ordinal) is >= 0 and var at ? xml[at..(xml.IndexOf("</cpu>", at, StringComparison.Ordinal) + "</cpu>".Length)] : "";

    static string[] Lines(string text) => text.Split('\n');
}
