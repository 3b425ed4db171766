using System.Text;
using Vireo.Core.Errors;
using Vireo.Fuzz.Engine;
using Vireo.Model.Domain;
using Vireo.Model.Rules;

namespace Vireo.Fuzz.Targets;

/// <summary>Documents broken in a thousand ways are read, or refused with an error of ours; what was read is read again when written.</summary>
public sealed class DocumentTarget : FuzzTarget
{
    /// <summary>Words of documents, and what never belongs there.</summary>
    internal static readonly TextMutator Mutator = new(
    [
        "", "0", "-1", "1", "4294967296", "99999999999999999999", "0x", "0xffffffffffffffff", "yes", "no", "on", "off", "\u0001", "&#x0;", "&#x10ffff;", "&amp;", "<",
        ">", "'", "\"", "<a>", "</domain>", "<disk type='file'>", "<![CDATA[x]]>", "<!--x-->", "<?x y?>", "<!DOCTYPE x>", "xmlns:q='u'", "\ud800",
        "type='network'", " ", "\0", "virtio", "pci", "usb", "scsi", "none", "0000:00:00.0", "52:54:00:00:00:01", "/dev/null", "../../x", "%s%n", "KiB", "EiB", "YiB",
        "<metadata><q:a xmlns:q='u'>t<b/></q:a></metadata>",
        "<qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><qemu:arg value='1'/></qemu:commandline>",
        "<address type='pci' domain='0x0000' bus='0x00' slot='0x1f' function='0x7'/>", "<alias name='ua-x'/>", "<boot order='1'/>",
    ], "'\"", "<");

    public override string Name => "documents";

    public override string Extension => ".xml";

    /// <summary>Of the conformance corpus, where there is one, as many as a short run can begin with.</summary>
    public override IEnumerable<byte[]> Seeds() => Environment.GetEnvironmentVariable("VIREO_CORPUS") is not { Length: > 0 } corpus ? []
        : new[] { "domain-xml2xml", "qemu-xml2xml" }.Select(suite => Path.Join(corpus, suite, "data")).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            .Where(static (_, i) => i % 7 == 0).Select(File.ReadAllBytes);

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => Mutator.Mutate(seed, other, random);

    public override bool Run(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        try
        {
            DomainDef def = DomainDef.Parse(text, input.Length % 2 == 0 ? DomainParse.Inactive : DomainParse.None);
            DomainRules.Check(def);
            DomainDef.Parse(def.ToXml(DomainFormat.Secure), DomainParse.None);
            return true;
        }
        catch (VireoException)
        {
            return false;
        }
    }
}
