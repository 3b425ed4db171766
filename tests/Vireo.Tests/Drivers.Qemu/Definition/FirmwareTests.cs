using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Definition.Firmware;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Definition;

public class FirmwareTests
{
    const string Plain = """
        {"interface-types":["uefi"],"mapping":{"device":"flash","executable":{"filename":"/plain.fd","format":"raw"},
         "nvram-template":{"filename":"/plain-vars.fd","format":"raw"}},
         "targets":[{"architecture":"x86_64","machines":["pc-q35-*"]}],"features":["acpi-s3"],"tags":["x"],"description":"d"}
        """;

    const string Secure = """
        {"interface-types":["uefi"],"mapping":{"device":"flash","executable":{"filename":"/secure.fd","format":"raw"},
         "nvram-template":{"filename":"/secure-vars.fd","format":"raw"}},
         "targets":[{"architecture":"x86_64","machines":["pc-q35-*"]}],"features":["secure-boot","enrolled-keys","requires-smm"]}
        """;

    static DomainDef Machine(string os, string rest = "") => DomainDef.Parse($"""
        <domain type='qemu'><name>guest</name><memory>1024</memory>
        <os firmware='efi'><type arch='x86_64' machine='pc-q35-7.2'>hvm</type>{os}</os>{rest}<devices/></domain>
        """);

    static DomainDef Choose(string os, string rest, params string[] installed) =>
        FirmwareChoice.Apply(Machine(os, rest), [.. installed.Select(FirmwareDescriptor.Parse)], "/vars");

    [Fact]
    public void The_first_that_suits_is_taken_with_variables_of_the_machines_own()
    {
        DomainDef chosen = Choose("", "", Plain, Secure);
        Assert.Equal("/plain.fd", chosen.Os.Loader?.Path);
        Assert.Equal(LoaderKind.Pflash, chosen.Os.Loader?.Type);
        Assert.Equal(("/plain-vars.fd", "/vars/guest_VARS.fd"), (chosen.Os.Nvram?.Template, chosen.Os.Nvram?.Path));
        Assert.Null(chosen.Features?.Smm);
    }

    [Fact]
    public void Firmware_that_needs_system_management_mode_switches_it_on()
    {
        DomainDef chosen = Choose("<firmware><feature enabled='yes' name='secure-boot'/></firmware>", "", Plain, Secure);
        Assert.Equal("/secure.fd", chosen.Os.Loader?.Path);
        Assert.True(chosen.Os.Loader?.Secure);
        Assert.True(chosen.Features?.Smm?.State);
    }

    [Theory]
    [InlineData("<firmware><feature enabled='no' name='secure-boot'/></firmware>", "")]
    [InlineData("", "<features><smm state='off'/></features>")]
    [InlineData("", "<pm><suspend-to-mem enabled='yes'/></pm>")]
    [InlineData("<loader stateless='yes'/>", "")]
    public void What_a_machine_forbids_or_needs_rules_firmware_out(string os, string rest)
    {
        var refused = Assert.Throws<VireoException>(() => Choose(os, rest, Secure));
        Assert.Equal(ErrorCode.OperationFailed, refused.Code);
        Assert.Contains("Unable to find any firmware to satisfy 'efi'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_that_names_a_file_is_left_alone()
    {
        DomainDef machine = DomainDef.Parse("""
            <domain type='qemu'><name>guest</name><memory>1</memory>
            <os><type>hvm</type><loader type='rom'>/mine</loader></os><devices/></domain>
            """);
        Assert.Same(machine, FirmwareChoice.Apply(machine, [], "/vars"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"interface-types":["uefi"]}""")]
    [InlineData("""{"interface-types":["uefi"],"mapping":{"device":"tape"},"targets":[],"features":[]}""")]
    [InlineData("""{"interface-types":["uefi"],"mapping":{"device":"flash"},"targets":[],"features":[]}""")]
    [InlineData("""{"interface-types":["bios"],"mapping":{"device":"memory"},"targets":[],"features":[]}""")]
    public void What_is_not_a_descriptor_is_refused(string json) =>
        Assert.Equal(ErrorCode.InternalError, Assert.Throws<VireoException>(() => FirmwareDescriptor.Parse(json)).Code);

    [Fact]
    public void Folders_hide_files_of_the_same_name_and_names_give_the_order()
    {
        var files = new Dictionary<string, string>
        {
            ["/usr/share/qemu/firmware/20-b.json"] = "x", ["/usr/share/qemu/firmware/10-a.json"] = "x", ["/usr/share/qemu/firmware/30-c.json"] = "x",
            ["/etc/qemu/firmware/20-b.json"] = "y", ["/etc/qemu/firmware/30-c.json"] = "", ["/etc/qemu/firmware/note.txt"] = "y",
        };
        var folders = new DescriptorFolders(
            folder => files.Keys.Where(f => f.StartsWith(folder + "/", StringComparison.Ordinal)).Select(f => f[(folder.Length + 1)..]), path => files[path]);
        Assert.Equal(["/usr/share/qemu/firmware/10-a.json", "/etc/qemu/firmware/20-b.json"], folders.Paths(DescriptorFolders.Standard("firmware", null)));
    }

    [Fact]
    public void A_broken_descriptor_is_told_of_and_does_not_hide_the_others()
    {
        var broken = new List<string>();
        var folders = new DescriptorFolders(static _ => ["1.json", "2.json"], path => path.EndsWith("1.json", StringComparison.Ordinal) ? "{" : Plain);
        Assert.Single(folders.Firmwares(["/etc"], (path, _) => broken.Add(path)));
        Assert.Equal(["/etc/1.json"], broken);
    }

    [Fact]
    public void What_a_host_offers_to_a_kind_of_machine_is_summed_up()
    {
        FirmwareDescriptor[] installed = [FirmwareDescriptor.Parse(Plain), FirmwareDescriptor.Parse(Secure)];
        FirmwareSupport q35 = FirmwareSupport.Of(installed, "x86_64", "pc-q35-7.2");
        Assert.True(q35.SecureBoot);
        Assert.Equal(2, q35.Images.Length);
        Assert.Equal([FirmwareKind.Efi], q35.Kinds);
        Assert.Empty(FirmwareSupport.Of(installed, "x86_64", "pc-i440fx-7.2").Images);
    }
}
