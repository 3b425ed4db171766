using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;
using Xunit;

namespace Vireo.Tests.Cpu;

public class CpuMapTests
{
    static X86Map Of(string release) => CpuMap.Of(Release(release)).X86.Map;

    static MapRelease Release(string text) => MapRelease.TryParse(text, out MapRelease release) ? release : throw new ArgumentException(text);

    [Fact]
    public void A_daemon_that_is_not_told_otherwise_has_the_map_of_the_release_that_it_says_it_is()
    {
        Assert.Equal("9.0.0", CpuMap.DefaultRelease.ToString());
        Assert.Same(CpuMap.Default, CpuMap.Of(MapRelease.OfVersion(9_000_000)));
        Assert.Same(X86Cpus.Shared, CpuMap.Default.Family("x86_64"));
    }

    [Fact]
    public void A_release_has_nothing_that_came_later()
    {
        X86Map old = CpuMap.Default.X86.Map;
        Assert.Equal(58, old.Models.Count);
        Assert.Null(old.FindModel("SapphireRapids"));
        Assert.Null(old.FindModel("EPYC-v1"));
        Assert.Null(old.FindFeature("fzrm"));
        Assert.DoesNotContain(old.Vendors, v => v.Name == "Zhaoxin CentaurHauls");
        Assert.Null(CpuMap.Default.Ppc64.Map.FindModel("POWER11"));
        Assert.DoesNotContain("pauth", CpuMap.Default.Arm.Map.Features);
    }

    [Fact]
    public void The_newest_release_has_what_came_later()
    {
        CpuMap newest = CpuMap.Of(CpuMap.Newest);
        Assert.Equal("Zhaoxin CentaurHauls", newest.X86.Map.FindModel("YongFeng")!.Vendor!.Name);
        Assert.Equal(["its-no"], Difference(newest.X86.Map, "SapphireRapids-v6", "SapphireRapids-v5"));
        Assert.Equal("POWER11", newest.Ppc64.Map.FindVersion(0x00820001)!.Name);
        Assert.Equal("Ampere-1a", newest.Arm.Map.FindMidr(0xc00fac40)!.Name);
        Assert.Contains("pauth", newest.Arm.Map.Features);
    }

    [Fact]
    public void Another_name_of_a_model_has_all_that_it_has_and_describes_hosts_only()
    {
        X86Map map = Of("newest");
        X86Model named = map.FindModel("Haswell-noTSX")!, version = map.FindModel("Haswell-v2")!;
        Assert.Equal("Haswell-noTSX", version.SameAs);
        Assert.Equal(map.NamesOf(named.Features), map.NamesOf(version.Features));
        Assert.Equal(map.NamesOf(named.Added), map.NamesOf(version.Added));
        Assert.Equal(named.Signatures, version.Signatures);
        Assert.True(version is { DecodesHost: true, DecodesGuest: false });
    }

    [Fact]
    public void Before_its_removal_a_feature_was_part_of_the_model()
    {
        X86Map before = Of("7.0.0"), after = Of("9.0.0");
        Assert.Contains("monitor", before.NamesOf(before.FindModel("EPYC")!.Features));
        Assert.True(before.FindModel("EPYC")!.Removed.IsEmpty);
        Assert.DoesNotContain("monitor", after.NamesOf(after.FindModel("EPYC")!.Features));
        Assert.DoesNotContain("monitor", before.NamesOf(before.FindModel("Opteron_G5")!.Features));
    }

    [Fact]
    public void An_added_feature_is_marked_and_no_part_of_the_model()
    {
        Assert.True(Of("10.1.0").FindModel("Haswell")!.Added.IsEmpty);
        X86Map map = Of("10.2.0");
        Assert.Contains("vmx-ept", map.NamesOf(map.FindModel("Haswell")!.Added));
        Assert.DoesNotContain("vmx-ept", map.NamesOf(map.FindModel("Haswell")!.Features));
    }

    [Fact]
    public void A_mark_that_was_taken_back_holds_until_then()
    {
        X86Map map = Of("10.2.0"), later = Of("11.0.0");
        Assert.Contains("vmx-ept-wb", map.NamesOf(map.FindModel("Haswell")!.Added));
        Assert.DoesNotContain("vmx-ept-wb", later.NamesOf(later.FindModel("Haswell")!.Added));
    }

    [Fact]
    public void A_feature_that_was_dropped_is_no_part_of_the_model_and_marked()
    {
        X86Map before = Of("5.9.0"), after = Of("5.10.0");
        Assert.Contains("pconfig", before.NamesOf(before.FindModel("Icelake-Server")!.Features));
        Assert.DoesNotContain("pconfig", after.NamesOf(after.FindModel("Icelake-Server")!.Features));
        Assert.Equal(["pconfig"], after.NamesOf(after.FindModel("Icelake-Server")!.Dropped));
        Assert.True(after.FindModel("Icelake-Server")!.Removed.Has(after.FindFeature("intel-pt")!.Index) is false);
    }

    /// <summary>The last minor release of each year, as libvirt's download folder lists them; before 5.0.0 there were years of other lengths.</summary>
    [Fact]
    public void Every_release_that_the_built_in_data_names_was_published()
    {
        Dictionary<int, int> last = new() { [4] = 10, [5] = 10, [6] = 10, [7] = 10, [8] = 10, [9] = 10, [10] = 10, [11] = 10, [12] = 8 };
        IEnumerable<MapRelease> named = [.. CpuMap.Changes, CpuMap.Newest, CpuMap.DefaultRelease];
        Assert.All(named, r => Assert.True(last.TryGetValue(r.Major, out int minor) && r.Minor <= minor && r.Micro == 0, $"there is no libvirt {r}"));
    }

    [Fact]
    public void The_built_in_data_has_no_entry_that_makes_no_sense_in_any_release() =>
        Assert.All(CpuMap.Changes, release => Assert.Empty(CpuMap.Of(release).X86.Map.Complaints));

    [Theory]
    [InlineData("model odd\n  has fpu nonsense", "odd", "there is no feature nonsense")]
    [InlineData("model odd = missing", "odd", "there is no model missing before it")]
    [InlineData("model odd\n  vendor Nobody", "odd", "there is no vendor Nobody")]
    [InlineData("model odd\n  signature six 1", "odd", "a signature is family, model and steppings")]
    [InlineData("model odd\n  signature 6 1 3-99", "odd", "a signature is family, model and steppings")]
    [InlineData("model odd\n  removed never fpu", "odd", "the line 'removed never fpu' is not understood")]
    [InlineData("model good", "good", "the name is taken")]
    public void An_entry_that_makes_no_sense_is_left_out_and_said_so(string text, string entry, string reason)
    {
        X86Map map = X86Map.Read($"vendor GenuineIntel Intel\ncpuid 1 edx\n 0 fpu\nmodel good\n  has fpu\n{text}\nmodel later\n  has fpu\n", CpuMap.Newest);
        MapComplaint complaint = Assert.Single(map.Complaints);
        Assert.Equal((entry, reason), (complaint.Entry, complaint.Reason));
        Assert.Equal(["good", "later"], map.Models.Select(m => m.Name));
    }

    [Theory]
    [InlineData("cpuid 1 edx\n 32 wide")]
    [InlineData("cpuid 1 edx\n x wide")]
    [InlineData("cpuid 1 sp\n 3 wide")]
    [InlineData("cpuid zz eax\n 3 wide")]
    [InlineData("msr 10a by nothing\n 3 wide")]
    public void A_feature_without_a_place_takes_its_models_with_it_and_nothing_else(string text)
    {
        X86Map map = X86Map.Read($"cpuid 1 edx\n 0 fpu\n{text}\nmodel good\n  has fpu\nmodel odd\n  has wide\nmodel odder = odd\n", CpuMap.Newest);
        Assert.Null(map.FindFeature("wide"));
        Assert.Equal(["good"], map.Models.Select(m => m.Name));
        Assert.Contains(map.Complaints, c => c.Entry == "odd");
        Assert.Contains(map.Complaints, c => c.Entry == "odder");
    }

    [Theory]
    [InlineData("9.0.0", true)]
    [InlineData("10.1", true)]
    [InlineData("newest", true)]
    [InlineData("9", false)]
    [InlineData("9.0.0.0", false)]
    [InlineData("9.x.0", false)]
    [InlineData("-9.0.0", false)]
    [InlineData("9.1000.0", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_release_is_two_or_three_numbers(string? text, bool valid) => Assert.Equal(valid, MapRelease.TryParse(text, out _));

    static IEnumerable<string> Difference(X86Map map, string with, string without) =>
        map.NamesOf(map.FindModel(with)!.Features - map.FindModel(without)!.Features);
}
