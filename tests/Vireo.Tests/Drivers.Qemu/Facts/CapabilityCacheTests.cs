using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Facts.Cache;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Facts;

/// <summary>libvirt's capability cache comes out as it went in, as a document and by way of the facts.</summary>
public sealed class CapabilityCacheTests
{
    static string Folder => Path.Combine(Environment.GetEnvironmentVariable("VIREO_CORPUS") ?? "", "qemu-capabilities", "data");

    public static TheoryData<string> Files() =>
        Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder, "*.xml").Select(f => Path.GetFileName(f)).Order()] : ["(no corpus)"];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_cache_file_comes_out_as_it_went_in(string name)
    {
        if (name == "(no corpus)") Assert.Skip("VIREO_CORPUS is not set");
        string text = File.ReadAllText(Path.Combine(Folder, name));
        CapabilityCache cache = CapabilityCache.Parse(text);
        Assert.Equal(text, cache.ToXml());

        CapabilityCache again = cache.ToFacts().ToCache() with
        {
            BinaryChanged = cache.BinaryChanged,
            ModulesChanged = cache.ModulesChanged,
            WriterChanged = cache.WriterChanged,
            WriterVersion = cache.WriterVersion,
            HostCpuSignature = cache.HostCpuSignature,
            KernelVersion = cache.KernelVersion,
        };
        Assert.Equal(text, again.ToXml());
    }

    [Fact]
    public void Everything_that_a_cache_may_hold_is_kept()
    {
        const string text = """
            <qemuCaps>
              <emulator>/usr/bin/qemu-system-x86_64</emulator>
              <qemuctime>1700000000</qemuctime>
              <qemumoddirmtime>1700000001</qemumoddirmtime>
              <selfctime>1700000002</selfctime>
              <selfvers>9000000</selfvers>
              <flag name='kvm'/>
              <flag name='tcg'/>
              <version>7002000</version>
              <kvmVersion>1</kvmVersion>
              <microcodeVersion>43100245</microcodeVersion>
              <hostCPUSignature>AuthenticAMD, family: 23, model: 113, stepping: 0</hostCPUSignature>
              <package>Debian 1:7.2</package>
              <kernelVersion>6.1.0 #1 SMP</kernelVersion>
              <arch>x86_64</arch>
              <cpudata arch='x86'>
                <cpuid eax_in='0x00000000' ecx_in='0x00' eax='0x00000010' ebx='0x00000000' ecx='0x00000000' edx='0x00000000'/>
              </cpudata>
              <hostCPU type='kvm' model='base' migratability='yes'>
                <property name='family' type='number' value='23'/>
                <property name='invtsc' type='boolean' value='true' migratable='no'/>
              </hostCPU>
              <cpu type='kvm' name='phenom' typename='phenom-x86_64-cpu' usable='no' deprecated='yes'>
                <blocker name='3dnow'/>
              </cpu>
              <machine type='kvm' name='pc-i440fx-7.2' alias='pc' hotplugCpus='yes' maxCpus='255' default='yes' defaultCPU='qemu64-x86_64-cpu' numaMemSupported='yes' defaultRAMid='pc.ram' deprecated='yes'/>
              <gic version='2' kernel='no' emulated='yes'/>
              <sev>
                <cbitpos>47</cbitpos>
                <reducedPhysBits>1</reducedPhysBits>
                <pdh>AQAA</pdh>
                <certChain>AAOA</certChain>
                <cpu0Id>Y3B1</cpu0Id>
              </sev>
              <sgx supported='yes'>
                <flc>no</flc>
                <sgx1>yes</sgx1>
                <sgx2>no</sgx2>
                <section_size unit='KiB'>524288</section_size>
                <sections>
                  <section node='0' size='262144' unit='KiB'/>
                </sections>
              </sgx>
              <hypervCapabilities supported='yes'>
                <cap name='relaxed'/>
              </hypervCapabilities>
              <kvmSupportsNesting/>
              <kvmSupportsSecureGuest/>
            </qemuCaps>

            """;
        Assert.Equal(text, CapabilityCache.Parse(text).ToXml());
    }

    [Theory]
    [InlineData("<qemuCaps/>", ErrorCode.InternalError, "missing emulator in QEMU capabilities cache")]
    [InlineData("<qemuCaps><emulator>/e</emulator><flag name='nonsense'/><version>1</version><arch>x86_64</arch></qemuCaps>",
        ErrorCode.InternalError, "unknown qemu capabilities flag nonsense")]
    [InlineData("<caps/>", ErrorCode.XmlError, "expecting root element of 'qemuCaps', not 'caps'")]
    [InlineData("<qemuCaps>", ErrorCode.XmlDetail, "(qemu_capabilities):1:")]
    public void What_is_no_cache_is_refused(string text, ErrorCode code, string message)
    {
        var refused = Assert.Throws<VireoException>(() => CapabilityCache.Parse(text));
        Assert.Equal(code, refused.Code);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flags_have_libvirts_order() =>
        Assert.Equal(["kvm", "tcg", "no-name-of-libvirts"], QemuFlagNames.Ordered(["no-name-of-libvirts", "tcg", "kvm"]));
}
