using Vireo.Core.Errors;
using Vireo.Model.Capabilities;
using Xunit;

namespace Vireo.Tests.Capabilities;

/// <summary>The document of capabilities is read as well as written.</summary>
public sealed class HostCapabilitiesReaderTests
{
    static string Folder => Path.Combine(Environment.GetEnvironmentVariable("VIREO_CORPUS") ?? "", "host-capabilities", "data", "vircaps2xmldata");

    public static TheoryData<string> Files() =>
        Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder, "*.xml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)] : ["(no corpus)"];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_document_of_libvirts_comes_out_as_it_went_in(string name)
    {
        if (name == "(no corpus)") Assert.Skip("VIREO_CORPUS is not set");
        string text = File.ReadAllText(Path.Combine(Folder, name));
        Assert.Equal(text, CapabilitiesDef.Parse(text).ToXml());
    }

    [Fact]
    public void What_a_daemon_with_guests_says_comes_out_as_it_went_in()
    {
        const string text = """
            <capabilities>

              <host>
                <uuid>505ad6dd-f098-4e3e-9065-05c8ad82c7e1</uuid>
                <cpu>
                  <arch>x86_64</arch>
                  <model>EPYC</model>
                  <vendor>AMD</vendor>
                  <microcode version='16777317'/>
                  <signature family='26' model='2' stepping='1'/>
                  <counter name='tsc' frequency='2095076000' scaling='no'/>
                  <topology sockets='1' dies='1' cores='2' threads='1'/>
                  <maxphysaddr mode='emulate' bits='48'/>
                  <feature name='vme'/>
                  <pages unit='KiB' size='4'/>
                </cpu>
                <power_management>
                  <suspend_mem/>
                </power_management>
                <iommu support='yes'/>
                <migration_features>
                  <live/>
                  <uri_transports>
                    <uri_transport>tcp</uri_transport>
                  </uri_transports>
                </migration_features>
                <topology>
                  <cells num='1'>
                    <cell id='0'>
                      <memory unit='KiB'>9922764</memory>
                      <pages unit='KiB' size='4'>2480691</pages>
                      <distances>
                        <sibling id='0' value='10'/>
                      </distances>
                      <cpus num='2'>
                        <cpu id='0' socket_id='0' die_id='0' core_id='0' siblings='0'/>
                        <cpu id='1'/>
                      </cpus>
                    </cell>
                  </cells>
                </topology>
                <secmodel>
                  <model>dac</model>
                  <doi>0</doi>
                  <baselabel type='kvm'>+64055:+64055</baselabel>
                </secmodel>
              </host>

              <guest>
                <os_type>hvm</os_type>
                <arch name='x86_64'>
                  <wordsize>64</wordsize>
                  <emulator>/usr/bin/qemu-system-x86_64</emulator>
                  <loader>/usr/lib/xen/boot/hvmloader</loader>
                  <machine maxCpus='255'>pc-i440fx-7.2</machine>
                  <machine canonical='pc-i440fx-7.2' maxCpus='255' deprecated='yes'>pc</machine>
                  <domain type='qemu'/>
                </arch>
                <features>
                  <acpi default='on' toggle='yes'/>
                  <cpuselection/>
                </features>
              </guest>

            </capabilities>

            """;
        Assert.Equal(text, CapabilitiesDef.Parse(text).ToXml());
    }

    [Theory]
    [InlineData("<domain/>", "expecting root element of 'capabilities', not 'domain'")]
    [InlineData("<capabilities><host><topology><cells><cell id='first'/></cells></topology></host></capabilities>", "first")]
    public void Something_else_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<VireoException>(() => CapabilitiesDef.Parse(text)).Message, StringComparison.Ordinal);
}
