using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Hypervisor.Capabilities;
using Vireo.Tests.Topology;
using Xunit;

namespace Vireo.Tests.Capabilities;

public class HostSysinfoTests
{
    const string Tables =
        "BIOS Information\n\tVendor: LENOVO\n\tVersion: G4ETA1WW (2.61 )\n\tRelease Date: 05/07/2014\n\tBIOS Revision: 2.61\n\n"
        + "Processor Information\n\tSocket Designation: CPU 1\n\tType: Central Processor\n\tFamily: Core i7\n\n"
        + "Memory Device\n\tSize: No Module Installed\n\tLocator: DIMM 1\n\n"
        + "Memory Device\n\tSize: 4096 MB\n\tLocator: DIMM 2\n\n"
        + "OEM Strings\n\tString 1: plain\n\tString 2: with.dots\n\tString 3: hidden.line\n";

    public static TheoryData<string> Hosts() => TreeFolder.Names("sysinfo");

    [Theory, MemberData(nameof(Hosts))]
    public void Hosts_without_tables_are_described_by_procfs(string name)
    {
        string suite = TreeFolder.Suite("sysinfo");
        JsonElement one = TreeFolder.Case(suite, name);
        using var host = new TreeFolder();
        host.Add("proc/cpuinfo", File.ReadAllText(Path.Combine(suite, one.GetProperty("cpuinfo").GetString()!)));
        if (one.TryGetProperty("sysinfo", out JsonElement sysinfo))
            host.Add("proc/sysinfo", File.ReadAllText(Path.Combine(suite, sysinfo.GetString()!)));
        string arch = one.GetProperty("reader").GetString() switch { "s390" => "s390x", "ppc" => "ppc64", _ => "aarch64" };
        string expected = File.ReadAllText(Path.Combine(suite, one.GetProperty("expected").GetString()!));
        Assert.Equal(expected.TrimEnd(), new HostSysinfo(host.Tree, arch, _ => null).ToXml(ErrorDomain.Qemu).TrimEnd());
    }

    [Fact]
    public void Tables_become_sections_without_empty_slots_and_with_strings_in_full()
    {
        using var host = new TreeFolder();
        var sysinfo = new HostSysinfo(host.Tree, "x86_64", arguments => arguments switch
        {
            ["-q", ..] => Tables,
            ["--dump", "--oem-string", "3"] => "hidden\nline\n",
            _ => null,
        });
        Assert.Equal(
            """
            <sysinfo type='smbios'>
              <bios>
                <entry name='vendor'>LENOVO</entry>
                <entry name='version'>G4ETA1WW (2.61 )</entry>
                <entry name='date'>05/07/2014</entry>
                <entry name='release'>2.61</entry>
              </bios>
              <processor>
                <entry name='socket_destination'>CPU 1</entry>
                <entry name='type'>Central Processor</entry>
                <entry name='family'>Core i7</entry>
              </processor>
              <memory_device>
                <entry name='size'>4096 MB</entry>
                <entry name='locator'>DIMM 2</entry>
              </memory_device>
              <oemStrings>
                <entry>plain</entry>
                <entry>with.dots</entry>
                <entry>hidden
            line</entry>
              </oemStrings>
            </sysinfo>

            """,
            sysinfo.ToXml(ErrorDomain.Qemu));
    }

    [Fact]
    public void A_host_without_firmware_tables_says_so_in_stocks_words()
    {
        using var host = new TreeFolder();
        var error = Assert.Throws<VireoException>(() => new HostSysinfo(host.Tree, "x86_64", _ => null).ToXml(ErrorDomain.Qemu));
        Assert.Equal("unsupported configuration: Host SMBIOS information is not available", error.Message);
    }
}
