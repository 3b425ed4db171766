using Vireo.Core.Xml.Schema;

namespace Vireo.Model.Documents;

/// <summary>The forms of values that several documents share and that no type of the definitions stands for.</summary>
static class Forms
{
    /// <summary>A text that is not empty and has no line break.</summary>
    public static ValueShape Path { get; } = new PatternText("a path", ".+");

    /// <summary>A path from the root, perhaps of another system's drive.</summary>
    public static ValueShape AbsolutePath { get; } = new PatternText("a path that begins with /", @"(/|[a-zA-Z]:\\).+");

    /// <summary>A folder's path from the root.</summary>
    public static ValueShape AbsoluteFolder { get; } = new PatternText("a path that begins with /", "/.*");

    /// <summary>VMware's <c>[store] path</c>.</summary>
    public static ValueShape DatastorePath { get; } = new PatternText("a path as [datastore] folder/file", @"\[[^\]]+\] .+");

    /// <summary>A path from the root, or VMware's <c>[store] path</c>.</summary>
    public static ValueShape DiskPath { get; } = new EitherValue(AbsolutePath, DatastorePath);

    /// <summary>A name of an object that is also a file's.</summary>
    public static ValueShape ObjectName { get; } = new PatternText("a name without / and line breaks", @"[^/\n]+");

    /// <summary>A name of letters, digits and a few signs.</summary>
    public static ValueShape Name { get; } = new PatternText("a name of letters, digits, _, + and -", @"[a-zA-Z0-9_\+\-]+");

    /// <summary>A name of a device of the host.</summary>
    public static ValueShape DeviceName { get; } = new PatternText("a device's name", @"[a-zA-Z0-9_\.\-\\:/]+");

    /// <summary>A host's name.</summary>
    public static ValueShape HostName { get; } = new PatternText("a host's name", @"[a-zA-Z0-9\.\-]+");

    /// <summary>A feature of a CPU.</summary>
    public static ValueShape FeatureName { get; } = new PatternText("a name of letters, digits, -, _ and .", @"[a-zA-Z0-9\-_\.]+");

    const string Octet = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

    /// <summary>An IPv4 address.</summary>
    public static ValueShape IPv4 { get; } = new PatternText("an IPv4 address", $@"({Octet}\.){{3}}{Octet}");

    /// <summary>An IPv6 address.</summary>
    public static ValueShape IPv6 { get; } = new TypedText(
        static text => !text.Contains('%', StringComparison.Ordinal) && !text.Contains('[', StringComparison.Ordinal) && System.Net.IPAddress.TryParse(text, out System.Net.IPAddress? address)
            && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6,
        "an IPv6 address", @"[0-9a-fA-F:\.]*:[0-9a-fA-F:\.]*");

    /// <summary>An IP address.</summary>
    public static ValueShape IpAddress { get; } = new EitherValue(IPv4, IPv6);

    /// <summary>A hardware address.</summary>
    public static ValueShape Mac { get; } = new PatternText("an address as 52:54:00:12:34:56", "[a-fA-F0-9]{2}(:[a-fA-F0-9]{2}){5}");

    /// <summary>A hardware address of one card, not of a group.</summary>
    public static ValueShape CardMac { get; } = new PatternText("an address of one card as 52:54:00:12:34:56", "[a-fA-F0-9][02468aAcCeE](:[a-fA-F0-9]{2}){5}");

    /// <summary>A number that fits 8 bits, with 0x in hexadecimal.</summary>
    public static ValueShape Byte { get; } = new EitherValue(Range(0, 255), new PatternText("as 0x1f", "0x[0-9a-fA-F]{1,2}"));

    /// <summary>A number that fits 16 bits, in hexadecimal or decimal.</summary>
    public static ValueShape Hex16 { get; } = new EitherValue(Range(0, 65535), new PatternText("as 0x1f2e", "(0x)?[0-9a-fA-F]{1,4}"));

    /// <summary>A number that fits 32 bits, in hexadecimal or decimal.</summary>
    public static ValueShape Hex32 { get; } = new EitherValue(Range(0, uint.MaxValue), new PatternText("as 0x1f2e3d4c", "(0x)?[0-9a-fA-F]{1,8}"));

    /// <summary>A slot of a PCI bus.</summary>
    public static ValueShape PciSlot { get; } = new EitherValue(Range(0, 31), new PatternText("0x00 to 0x1f", "(0x)?[0-1]?[0-9a-fA-F]"));

    /// <summary>A function of a PCI slot.</summary>
    public static ValueShape PciFunction { get; } = new EitherValue(Range(0, 7), new PatternText("0x0 to 0x7", "(0x)?[0-7]"));

    /// <summary>The name of a disk in the guest.</summary>
    public static ValueShape GuestDisk { get; } = new PatternText("a name as sda, vda, hdc or fd0", "(ioemu:)?(fd|hd|sd|vd|xvd|ubd)[a-zA-Z0-9_]+");

    /// <summary>A channel subsystem of s390.</summary>
    public static ValueShape ChannelSet { get; } = new EitherValue(Range(0, 254), new PatternText("0x00 to 0xfe", "0x[0-9a-eA-E][0-9a-fA-F]?|0x[fF][0-9a-eA-E]?"));

    /// <summary>A subchannel set of s390.</summary>
    public static ValueShape SubchannelSet { get; } = new PatternText("0x0 to 0x3", "(0x)?[0-3]");

    /// <summary>A device number of s390.</summary>
    public static ValueShape ChannelNumber { get; } = new EitherValue(Range(0, 65535), new PatternText("as 0x1f2e", "0x[0-9a-fA-F]{1,4}"));

    /// <summary>A name that XML takes for an element's.</summary>
    public static ValueShape XmlName { get; } = new PatternText("a name that begins with a letter or _, of letters, digits, _, - and .", @"[\p{L}_][\p{L}\p{M}\p{N}_\-\.]*");

    /// <summary>What an image can be, where it must be something.</summary>
    public static ValueShape ImageFormat { get; } =
        Words("raw", "dir", "bochs", "cloop", "dmg", "iso", "vpc", "vdi", "fat", "vhd", "ploop", "luks", "cow", "qcow", "qcow2", "qed", "vmdk");

    /// <summary>A name that an iSCSI target or initiator has.</summary>
    public static ValueShape IscsiName { get; } = new PatternText("a name as iqn.2013-06.com.example:disk", @"iqn\.[0-9]{4}-(0[1-9]|1[0-2])\.[a-zA-Z0-9\.\-]+(:.+)?");

    /// <summary>A world wide name.</summary>
    public static ValueShape Wwn { get; } = new PatternText("16 hexadecimal digits", "(0x)?[0-9a-fA-F]{16}");

    /// <summary>A TCP or UDP port.</summary>
    public static ValueShape Port { get; } = Range(1, 65535);

    /// <summary>A file's mode.</summary>
    public static ValueShape FileMode { get; } = new PatternText("a mode in octal, as 0755", "0[0-7]{3}|[0-7]{1,3}");

    /// <summary>The parts of a PCI address; what says that its device has several functions may stand there too.</summary>
    public static ShapeBuilder PciAddress(ShapeBuilder s) =>
        s.Form("@domain", Hex16).Form("@bus", Byte).Form("@slot", PciSlot).Form("@function", PciFunction).Attribute("multifunction", ValueShapes.OnOff);

    /// <summary>A whole number between limits.</summary>
    public static ValueShape Range(Int128 min, Int128 max) => new WholeNumber(min, max);

    /// <summary>A decimal number of at most this many digits.</summary>
    public static ValueShape Digits(int most) => new PatternText($"a number of at most {most} digits", $"[0-9]{{1,{most}}}");

    /// <summary>One of a few words.</summary>
    public static ValueShape Words(params string[] words) => new OneOfWords(words);

    /// <summary>A text of a pattern.</summary>
    public static ValueShape Pattern(string expected, string pattern) => new PatternText(expected, pattern);

    /// <summary>A value of one of several forms.</summary>
    public static ValueShape Either(params ValueShape[] forms) => new EitherValue(forms);
}
