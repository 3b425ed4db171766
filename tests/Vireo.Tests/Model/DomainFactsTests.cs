using System.Text.Json;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Model;

/// <summary>The document holds everything that the list of libvirt's elements and attributes names.</summary>
public class DomainFactsTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_element_and_attribute_of_the_domain_document_is_declared()
    {
        string? folder = Environment.GetEnvironmentVariable("VIREO_FACTS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "VIREO_FACTS does not name a folder with xml-elements.json");
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder!, "xml-elements.json")));
        HashSet<string> declared = DeclaredPaths.Of(typeof(DomainDef), "domain");
        int known = 0;
        var missing = new List<string>();
        foreach (JsonElement one in facts.RootElement.GetProperty("documents").GetProperty("domain").EnumerateArray())
        {
            string path = one.GetProperty("path").GetString()!;
            if (declared.Contains(path) || one.TryGetProperty("rec", out _) || Elsewhere.Keys.Any(path.StartsWith) || ReadByNobody.Keys.Any(path.EndsWith))
                known++;
            else
                missing.Add(path);
        }
        output.WriteLine($"{known} paths");
        Assert.True(missing.Count == 0, $"{missing.Count} paths are not declared:\n{string.Join('\n', missing)}");
    }

    /// <summary>Beginnings of paths, and where they are covered if not by a declaration.</summary>
    static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["domain/metadata/"] = "kept as it is",
        ["domain/qemu:"] = "kept for the driver whose namespace it is",
        ["domain/lxc:"] = "kept for the driver whose namespace it is",
        ["domain/bhyve:"] = "kept for the driver whose namespace it is",
        ["domain/xen:"] = "kept for the driver whose namespace it is",
        ["domain/vmware:"] = "kept for the driver whose namespace it is",
        ["domain/features/capabilities/"] = "any name is a container's capability",
    };

    /// <summary>Ends of paths that the grammar allows, because elements share a pattern there, and that libvirt itself does not read.</summary>
    static readonly Dictionary<string, string> ReadByNobody = new(StringComparer.Ordinal)
    {
        ["/filterref/parameter/@name"] = "read by hand together with <parameter>",
        ["/filterref/parameter/@value"] = "read by hand together with <parameter>",
        ["/alias/@name"] = "read by hand together with <alias>",
        ["/source/address/@multifunction"] = "a host's function has no such flag",
        ["/source/address/@device"] = "no driver takes a USB device as network card",
        ["/interface/source/vendor"] = "no driver takes a USB device as network card",
        ["/interface/source/vendor/@id"] = "no driver takes a USB device as network card",
        ["/interface/source/product"] = "no driver takes a USB device as network card",
        ["/interface/source/product/@id"] = "no driver takes a USB device as network card",
        ["/source/adapter/@type"] = "of storage pools; a host device's adapter has a name only",
        ["/source/adapter/@parent"] = "of storage pools",
        ["/source/adapter/@managed"] = "of storage pools",
        ["/source/adapter/@parent_wwnn"] = "of storage pools",
        ["/source/adapter/@parent_wwpn"] = "of storage pools",
        ["/source/adapter/@parent_fabric_wwn"] = "of storage pools",
        ["/source/adapter/@wwnn"] = "of storage pools",
        ["/source/adapter/@wwpn"] = "of storage pools",
        ["/parentaddr"] = "of storage pools",
        ["/parentaddr/@unique_id"] = "of storage pools",
        ["/parentaddr/address"] = "of storage pools",
        ["/parentaddr/address/@domain"] = "of storage pools",
        ["/parentaddr/address/@bus"] = "of storage pools",
        ["/parentaddr/address/@slot"] = "of storage pools",
        ["/parentaddr/address/@function"] = "of storage pools",
        ["/parentaddr/address/@multifunction"] = "of storage pools",
        ["/console/target/model"] = "of serial ports",
        ["/console/target/model/@name"] = "of serial ports",
        ["/parallel/target/@type"] = "of serial ports",
        ["/parallel/target/model"] = "of serial ports",
        ["/parallel/target/model/@name"] = "of serial ports",
        ["/smartcard/target"] = "of serial ports",
        ["/smartcard/target/@type"] = "of serial ports",
        ["/smartcard/target/@port"] = "of serial ports",
        ["/smartcard/target/model"] = "of serial ports",
        ["/smartcard/target/model/@name"] = "of serial ports",
        ["/launchSecurity/handle"] = "found out at start, never read",
    };
}
