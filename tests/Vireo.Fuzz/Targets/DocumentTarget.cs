using System.Text;
using Vireo.Core.Errors;
using Vireo.Fuzz.Engine;
using Vireo.Model.Documents;
using Vireo.Model.Domain;
using Vireo.Model.Interfaces;
using Vireo.Model.Network;
using Vireo.Model.NodeDevice;
using Vireo.Model.NwFilter;
using Vireo.Model.Rules;
using Vireo.Model.Secret;
using Vireo.Model.Storage;

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
        .. ShapeWords.OfAllKinds(),
    ], "'\"", "<");

    /// <summary>Documents that are not of machines: their roots, and how they are read, completed and written.</summary>
    static readonly Dictionary<string, Func<string, string>> Others = new(StringComparer.Ordinal)
    {
        ["networkport"] = static xml => NetworkPortDef.Define(xml).ToXml(), ["network"] = static xml => NetworkDef.Define(xml, inactive: false).ToXml(),
        ["filterbinding"] = static xml => FilterBindingDef.Parse(xml).ToXml(), ["filter"] = static xml => FilterDef.Define(xml).ToXml(),
        ["interface"] = static xml => InterfaceDef.Define(xml).ToXml(), ["secret"] = static xml => SecretDef.Define(xml).ToXml(),
        ["pool"] = static xml => StoragePoolDef.Parse(xml).ToXml(), ["volume"] = static xml => StorageVolumeDef.Parse(xml).ToXml(),
        ["device"] = static xml => NodeDeviceDef.Parse(xml).ToXml(),
    };

    /// <summary>How many bytes a character may take over all that is done with it, and what any document takes, with the errors that are raised.</summary>
    const int Multiple = 256, Any = 1024 * 1024;

    /// <summary>The name of the first element.</summary>
    static string Root(string text)
    {
        for (int at = 0; at < text.Length - 1; at++)
            if (text[at] == '<' && char.IsAsciiLetter(text[at + 1]))
            {
                int end = text.AsSpan(at).IndexOfAny(" >/\n\t");
                return end < 0 ? "" : text[(at + 1)..(at + end)];
            }
        return "";
    }

    public override string Name => "documents";

    public override string Extension => ".xml";

    public override long LongRun => 10_000_000;

    /// <summary>Of the conformance corpus, where there is one, as many as a short run can begin with.</summary>
    public override IEnumerable<byte[]> Seeds() => Machines().Concat(Data(3, "network-xml2xml", "network-port-xml2xml", "nwfilter-xml2xml", "interface-xml2xml", "secret-xml2xml",
        "storage-pool-xml2xml", "storage-vol-xml2xml", "nodedev-xml2xml", "snapshot-xml2xml", "checkpoint-xml2xml", "backup-xml2xml", "schemas"));

    /// <summary>Documents of machines.</summary>
    internal static IEnumerable<byte[]> Machines() => Data(7, "domain-xml2xml", "qemu-xml2xml");

    static IEnumerable<byte[]> Data(int step, params string[] suites) => Environment.GetEnvironmentVariable("VIREO_CORPUS") is not { Length: > 0 } corpus ? []
        : suites.Select(suite => Path.Join(corpus, suite, "data")).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            .Where((_, i) => i % step == 0).Select(File.ReadAllBytes);

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => Mutator.Mutate(seed, other, random);

    public override bool Run(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        if (Fits(text, out bool taken) is not null && Fits(text, out taken) is { } allocated) // again: what is made once in a process is made by now
            throw new FuzzFindingException($"{text.Length} characters took {allocated} bytes");
        return taken;
    }

    /// <summary>Null, or how many bytes it took if those are too many.</summary>
    static long? Fits(string text, out bool taken)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        taken = Take(text);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated <= Any + (long)Multiple * text.Length ? null : allocated;
    }

    static bool Take(string text)
    {
        string root = Root(text);
        (DocumentKinds.OfRoot(root) ?? DocumentKinds.Device).Check(text);
        try
        {
            if (Others.TryGetValue(root, out Func<string, string>? rewrite))
            {
                rewrite(rewrite(text));
                return true;
            }
            DomainDef def = DomainDef.Parse(text, text.Length % 2 == 0 ? DomainParse.Inactive : DomainParse.None);
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
