using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Domain;
using Vireo.Model.Rules;
using Xunit;

namespace Vireo.Tests.Model;

/// <summary>Codes, domains and texts as libvirt 9.0.0 gives them for the same documents, with the place behind.</summary>
public class DomainErrorTests
{
    const string Os = "<os><type arch='x86_64' machine='pc'>hvm</type></os>";

    static string Domain(string devices = "", string extra = "", string os = Os, string memory = "<memory>65536</memory>", string vcpu = "<vcpu>1</vcpu>",
        string name = "<name>n</name>", string attributes = "type='qemu'") =>
        $"<domain {attributes}>{name}{memory}{vcpu}{os}{extra}<devices>{devices}</devices></domain>";

    static VireoException Refused(string xml) => Assert.Throws<VireoException>(() =>
    {
        var positions = new XmlPositions();
        DomainRules.Check(DomainDef.Parse(xml, DomainParse.Inactive, positions)).ThrowFirst(positions);
    });

    static void Says(string xml, ErrorCode code, ErrorDomain domain, string text)
    {
        VireoException refused = Refused(xml);
        Assert.Equal((code, domain), (refused.Code, refused.Domain));
        Assert.StartsWith(text + " (line ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<seclabel type='dynamic' model='dac' relabel='no'/>", ErrorCode.ConfigUnsupported, "unsupported configuration: dynamic label type must use resource relabeling")]
    [InlineData("<seclabel type='none' relabel='yes'/>", ErrorCode.ConfigUnsupported, "unsupported configuration: resource relabeling is not compatible with 'none' label type")]
    [InlineData("<seclabel type='static' model='dac'/>", ErrorCode.XmlError, "XML error: security label is missing")]
    [InlineData("<seclabel type='dynamic' model='dac'/><seclabel type='none'/>", ErrorCode.XmlError, "XML error: missing security model when using multiple labels")]
    [InlineData("<seclabel type='dynamic' model='dac'/><seclabel type='dynamic' model='dac'/>", ErrorCode.XmlDetail, "seclabel for model dac is already provided")]
    public void Labels_that_contradict_their_types_or_each_other_are_refused(string labels, ErrorCode code, string text) =>
        Says(Domain(extra: labels), code, ErrorDomain.Domain, text);

    [Theory]
    [InlineData("<disk type='zz'/>", "Invalid value for attribute 'type' in element 'disk': 'zz'.")]
    [InlineData("<disk type='file' device='zz'/>", "Invalid value for attribute 'device' in element 'disk': 'zz'.")]
    [InlineData("<disk type='file'><driver cache='zz'/></disk>", "Invalid value for attribute 'cache' in element 'driver': 'zz'.")]
    [InlineData("<disk type='file'><driver iothread='zz'/></disk>", "Invalid value for attribute 'iothread' in element 'driver': 'zz'. Expected non-negative integer value")]
    [InlineData("<disk type='network'><source protocol='zz'/></disk>", "Invalid value for attribute 'protocol' in element 'source': 'zz'.")]
    [InlineData("<disk type='network'><source/><target dev='vda'/></disk>", "Missing required attribute 'protocol' in element 'source'")]
    [InlineData("<controller type='usb' index='zz'/>", "Invalid value for attribute 'index' in element 'controller': 'zz'. Expected ")]
    [InlineData("<interface type='zz'/>", "Invalid value for attribute 'type' in element 'interface': 'zz'.")]
    [InlineData("<interface type='network'><source/></interface>", "Missing required attribute 'network' in element 'source'")]
    [InlineData("<graphics/>", "Missing required attribute 'type' in element 'graphics'")]
    [InlineData("<memballoon/>", "Missing required attribute 'model' in element 'memballoon'")]
    [InlineData("<vsock model='virtio'><cid auto='zz'/></vsock>", "Invalid value for attribute 'auto' in element 'cid': 'zz'.")]
    [InlineData("<disk type='file'><source file='/x'/><target dev='vda'/><boot order='0'/></disk>", "Invalid value for attribute 'order' in element 'boot': Zero is not permitted")]
    public void A_bad_attribute_of_a_device_is_an_xml_error_of_the_xml_part(string device, string text)
    {
        VireoException refused = Refused(Domain(device));
        Assert.Equal((ErrorCode.XmlError, ErrorDomain.Xml), (refused.Code, refused.Domain));
        Assert.StartsWith("XML error: " + text, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<rng model='zz'/>", "unsupported configuration: unknown RNG model 'zz'")]
    [InlineData("<rng model='virtio'><backend model='zz'/></rng>", "unsupported configuration: unknown RNG backend model 'zz'")]
    [InlineData("<rng model='virtio'/>", "XML error: only one RNG backend is supported")]
    [InlineData("<rng/>", "XML error: missing RNG device model")]
    [InlineData("<watchdog/>", "internal error: watchdog must contain model name")]
    [InlineData("<watchdog model='ib700' action='zz'/>", "unsupported configuration: unknown watchdog action 'zz'")]
    [InlineData("<watchdog model='ib700'/><watchdog model='ib700'/>", "internal error: only a single watchdog device is supported")]
    [InlineData("<tpm/>", "XML error: missing TPM device backend")]
    [InlineData("<serial type='zz'/>", "unsupported configuration: unknown type presented to host for character device: zz")]
    [InlineData("<serial type='file'/>", "internal error: Missing source path attribute for char device")]
    [InlineData("<serial type='tcp'/>", "internal error: Missing source host attribute for char device")]
    [InlineData("<channel type='pty'/>", "XML error: target type must be specified for channel device")]
    [InlineData("<video><model type='vga' vram='zz'/></video>", "XML error: cannot parse video vram 'zz'")]
    [InlineData("<interface type='bridge'/>", "XML error: interface type='bridge' requires a 'source' element")]
    [InlineData("<interface type='user'><mac address='zz'/></interface>", "XML error: unable to parse mac address 'zz'")]
    [InlineData("<interface type='user'><mac address='01:00:00:00:00:00'/></interface>", "XML error: expected unicast mac address, found multicast '01:00:00:00:00:00'")]
    [InlineData("<disk type='file'><target dev='vda'/></disk>", "missing source information for device vda")]
    [InlineData("<disk type='file'><driver type='zz'/></disk>", "unsupported configuration: unknown driver format value 'zz'")]
    [InlineData("<disk type='file'><source file='/x'/><target dev='vda'/></disk><disk type='file'><source file='/y'/><target dev='vda'/></disk>",
        "XML error: target 'vda' duplicated for disk sources '/x' and '/y'")]
    [InlineData("<disk type='file'><source file='/x'/><target dev='vda'/><address type='zz'/></disk>", "unsupported configuration: unknown address type 'zz'")]
    [InlineData("<disk type='file'><source file='/x'/><target dev='vda'/><address/></disk>", "internal error: No type specified for device address")]
    public void What_is_wrong_with_a_device_is_said_in_libvirts_words(string device, string text)
    {
        VireoException refused = Refused(Domain(device));
        Assert.Equal(ErrorDomain.Domain, refused.Domain);
        Assert.StartsWith(text + " (line 1, column ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_the_machine_is_said_in_libvirts_words()
    {
        Says(Domain(attributes: "type='zzz'"), ErrorCode.ConfigUnsupported, ErrorDomain.Domain, "unsupported configuration: invalid domain type zzz");
        Says(Domain(attributes: ""), ErrorCode.InternalError, ErrorDomain.Domain, "internal error: missing domain type attribute");
        Says(Domain(name: ""), ErrorCode.NoName, ErrorDomain.Domain, "missing name information");
        Says(Domain(name: "<name></name>"), ErrorCode.NoName, ErrorDomain.Domain, "missing name information");
        Says(Domain(name: "<name>a/b</name>"), ErrorCode.XmlError, ErrorDomain.Domain, "XML error: name a/b cannot contain '/'");
        Says(Domain(extra: "<uuid>zz</uuid>"), ErrorCode.InternalError, ErrorDomain.Domain, "internal error: malformed uuid element");
        Says(Domain(memory: "<memory unit='zz'>1</memory>"), ErrorCode.InvalidArg, ErrorDomain.None, "invalid argument: unknown suffix 'zz'");
        Says(Domain(memory: "<memory>abc</memory>"), ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value 'abc' for element or attribute './memory[1]'");
        Says(Domain(memory: ""), ErrorCode.XmlError, ErrorDomain.Domain, "XML error: Memory size must be specified via <memory> or in the <numa> configuration");
        Says(Domain(vcpu: "<vcpu>abc</vcpu>"), ErrorCode.XmlError, ErrorDomain.Domain, "XML error: maximum vcpus count must be an integer");
        Says(Domain(vcpu: "<vcpu cpuset='x'>2</vcpu>"), ErrorCode.InvalidArg, ErrorDomain.None, "invalid argument: Failed to parse bitmap 'x'");
        Says(Domain(vcpu: "<vcpu current='3'>2</vcpu>"), ErrorCode.ConfigUnsupported, ErrorDomain.Domain,
            "unsupported configuration: maximum vCPU count must not be less than current vCPU count");
        Says(Domain(os: ""), ErrorCode.XmlError, ErrorDomain.Domain, "XML error: an os <type> must be specified");
        Says(Domain(os: "<os><type>foo</type></os>"), ErrorCode.ConfigUnsupported, ErrorDomain.Domain, "unsupported configuration: unknown OS type 'foo'");
        Says(Domain(extra: "<on_poweroff>zz</on_poweroff>"), ErrorCode.ConfigUnsupported, ErrorDomain.Domain, "unsupported configuration: unknown on_poweroff action: zz");
        Says(Domain(extra: "<features><zzz/></features>"), ErrorCode.ConfigUnsupported, ErrorDomain.Domain, "unsupported configuration: unexpected feature 'zzz'");
        Says(Domain(extra: "<cpu mode='zz'/>"), ErrorCode.ConfigUnsupported, ErrorDomain.Cpu, "unsupported configuration: Invalid mode attribute 'zz'");
    }

    [Fact]
    public void An_error_says_line_column_and_path()
    {
        VireoException refused = Refused("<domain type='qemu'>\n  <name>n</name>\n  <devices>\n    <input type='mouse' bus='zz'/>\n  </devices>\n</domain>");
        Assert.EndsWith("(line 4, column 25, /domain/devices/input/@bus)", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<domain type='kvm'><name>x</domain>")]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("<domain")]
    [InlineData("<!DOCTYPE domain [<!ENTITY a 'b'>]><domain type='qemu'><name>&a;</name></domain>")]
    [InlineData("<domain type='kvm'/><domain/>")]
    public void Malformed_documents_have_libvirts_code_and_prefix(string xml)
    {
        VireoException refused = Refused(xml);
        Assert.Equal((ErrorCode.XmlDetail, ErrorDomain.Domain), (refused.Code, refused.Domain));
        Assert.StartsWith("(domain_definition):1: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_root_is_an_xml_error()
    {
        Assert.StartsWith("XML error: expecting root element of 'domain', not 'foo'", Refused("<foo/>").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_has_a_limit()
    {
        string deep = string.Concat(Enumerable.Repeat("<domain>", 300)) + string.Concat(Enumerable.Repeat("</domain>", 300));
        Assert.StartsWith("XML error: elements are nested more than 256 deep", Refused(deep).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_elements_and_attributes_are_ignored()
    {
        DomainDef def = DomainDef.Parse(Domain("<zz a='1'><disk/></zz><disk type='file' zz='1'><zz/><target dev='vda' zz=''/></disk>", "<zz>text</zz>"));
        Assert.Equal("vda", Assert.Single((IEnumerable<Vireo.Model.Domain.Devices.Disk>)def.Devices.Disks).Target.Device);
    }
}
