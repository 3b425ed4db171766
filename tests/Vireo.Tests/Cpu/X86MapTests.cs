using Vireo.Cpu;
using Vireo.Cpu.Arm;
using Vireo.Cpu.Ppc64;
using Vireo.Cpu.X86;
using Xunit;

namespace Vireo.Tests.Cpu;

public class X86MapTests
{
    static X86Map Map => X86Map.Shared;

    [Fact]
    public void A_feature_knows_its_bit_and_the_names_that_QEMU_has_for_it()
    {
        X86Feature feature = Map.FindFeature("sse4.1")!;
        Assert.Equal(new FeatureBit(false, 1, 0, CpuidRegister.Ecx, 19), feature.Bit);
        Assert.Same(feature, Map.FindQemuFeature("sse4-1"));
        Assert.Same(feature, Map.FindQemuFeature("sse4_1"));
        Assert.True(Map.FindFeature("taa-no")!.Bit is { IsMsr: true, Index: 0x10a, Bit: 8 });
    }

    [Fact]
    public void A_model_takes_over_the_features_of_the_model_that_it_is_based_on()
    {
        X86Model haswell = Map.FindModel("Haswell")!;
        Assert.Equal(["hle", "rtm"], Map.NamesOf(haswell.Features - Map.FindModel("Haswell-noTSX")!.Features));
        Assert.Equal("Intel", haswell.Vendor!.Name);
    }

    [Fact]
    public void A_removed_feature_is_known_but_not_part_of_the_model()
    {
        X86Model epyc = Map.FindModel("EPYC")!;
        Assert.Equal(["monitor"], Map.NamesOf(epyc.Removed));
        Assert.False(epyc.Features.Has(Map.FindFeature("monitor")!.Index));
    }

    [Fact]
    public void Steppings_narrow_a_signature()
    {
        Assert.True(Map.FindModel("Skylake-Server")!.Matches(new X86Signature(6, 85, 4)));
        Assert.False(Map.FindModel("Skylake-Server")!.Matches(new X86Signature(6, 85, 5)));
        Assert.True(Map.FindModel("Cascadelake-Server")!.Matches(new X86Signature(6, 85, 7)));
    }

    [Fact]
    public void Only_features_of_the_hypervisors_own_making_forbid_migration() =>
        Assert.Equal(["xsaves", "invtsc"], Map.NamesOf(Map.Unmigratable));

    [Fact]
    public void A_signature_survives_the_way_to_leaf_1_and_back() =>
        Assert.All<X86Signature>([new(25, 17, 1), new(6, 158, 9), new(15, 6, 3)], s => Assert.Equal(s, X86Signature.FromEax(s.ToEax())));

    [Fact]
    public void The_other_families_have_their_maps()
    {
        Assert.Equal("POWER8", Ppc64Cpus.Shared.Map.FindVersion(0x004d0200)!.Name);
        Assert.Equal("ThunderX2 99xx", ArmCpus.Shared.Map.FindMidr(0x431f0af1)!.Name);
        Assert.Same(X86Cpus.Shared, CpuFamily.Of("i686"));
        Assert.Null(CpuFamily.Of("s390x"));
    }
}
