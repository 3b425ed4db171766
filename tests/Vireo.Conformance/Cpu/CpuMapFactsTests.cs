using System.Globalization;
using System.Xml.Linq;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;

namespace Vireo.Conformance.Cpu;

/// <summary>The map of 9.0.0 is the one that libvirt 9.0.0 brings (folder <c>cpu_map</c> of the corpus).</summary>
public class CpuMapFactsTests
{
    static X86Map Map => CpuMap.Of(new MapRelease(9, 0, 0)).X86.Map;

    [Fact]
    public void Its_features_have_the_names_places_and_spellings_of_libvirts()
    {
        XElement[] wanted = [.. Read("x86_features.xml").Elements("feature")];
        Assert.Equal(wanted.Select(static f => (string)f.Attribute("name")!), Map.Features.Select(static f => f.Name));
        Assert.All(wanted.Zip(Map.Features), static pair =>
        {
            (XElement want, X86Feature have) = pair;
            Assert.Equal(Place(want), have.Bit);
            Assert.Equal((string?)want.Attribute("migratable") != "no", have.Migratable);
            Assert.Equal(want.Elements("alias").Where(static a => (string?)a.Attribute("source") == "qemu").Select(static a => (string)a.Attribute("name")!), have.QemuNames);
        });
    }

    [Fact]
    public void Its_models_are_libvirts_in_libvirts_order()
    {
        XElement[] wanted = [.. Models()];
        Assert.Equal(wanted.Select(static m => (string)m.Attribute("name")!), Map.Models.Select(static m => m.Name));
        Assert.All(wanted.Zip(Map.Models), static pair =>
        {
            (XElement want, X86Model have) = pair;
            XElement? decode = want.Element("decode");
            Assert.Equal(Names(want, removed: false), Map.NamesOf(have.Features).Order(StringComparer.Ordinal));
            Assert.Equal(Names(want, removed: true), Map.NamesOf(have.Removed).Order(StringComparer.Ordinal));
            Assert.Equal((string?)want.Element("vendor")?.Attribute("name"), have.Vendor?.Name);
            Assert.Equal(((string?)decode?.Attribute("host") != "off", (string?)decode?.Attribute("guest") != "off"), (have.DecodesHost, have.DecodesGuest));
            Assert.Equal(
                want.Elements("signature").Select(static s => ((uint)s.Attribute("family")!, (uint)s.Attribute("model")!)),
                have.Signatures.Select(static s => (s.Family, s.Model)));
        });
    }

    static IEnumerable<XElement> Models() =>
        Read("index.xml").Elements("arch").Single(static a => (string)a.Attribute("name")! == "x86").Elements("include")
            .Select(static i => (string)i.Attribute("filename")!).Where(static f => f is not ("x86_vendors.xml" or "x86_features.xml"))
            .SelectMany(static f => Read(f).Elements("model"));

    static IEnumerable<string> Names(XElement model, bool removed) =>
        model.Elements("feature").Where(f => (string?)f.Attribute("removed") == "yes" == removed).Select(static f => (string)f.Attribute("name")!)
            .Order(StringComparer.Ordinal);

    static FeatureBit Place(XElement feature)
    {
        if (feature.Element("msr") is { } msr)
            return new FeatureBit(true, Hex(msr, "index"), 0, default, Bit(Hex(msr, "eax")));
        XElement cpuid = feature.Element("cpuid")!;
        CpuidRegister register = Enum.GetValues<CpuidRegister>().Single(r => cpuid.Attribute(r.ToString().ToLowerInvariant()) is not null);
        return new FeatureBit(false, Hex(cpuid, "eax_in"), Hex(cpuid, "ecx_in"), register, Bit(Hex(cpuid, register.ToString().ToLowerInvariant())));
    }

    static int Bit(uint mask) => System.Numerics.BitOperations.TrailingZeroCount(mask);

    static uint Hex(XElement element, string attribute) =>
        element.Attribute(attribute) is { } a ? uint.Parse(a.Value.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : 0;

    static XElement Read(string file) => XDocument.Load(Path.Combine(Corpus.Folder("cpu_map"), file)).Root!;
}
