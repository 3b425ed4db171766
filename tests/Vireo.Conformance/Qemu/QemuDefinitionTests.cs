using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Model.Domain;

namespace Vireo.Conformance.Qemu;

/// <summary>What a user writes comes out with libvirt's defaults and addresses.</summary>
public class QemuDefinitionTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("expected_inactive", true)]
    [InlineData("expected_active", false)]
    public void A_definition_gets_the_defaults_and_addresses_that_libvirt_gives(string key, bool inactive)
    {
        string folder = Corpus.Folder("qemu-xml2xml");
        var report = new CaseReport("qemu-definition.exceptions", $"qemu-xml2xml.{key}");
        foreach (JsonElement manifest in Corpus.Cases("qemu-xml2xml"))
        {
            var one = new QemuCase(folder, manifest);
            if (one.Has(key))
                report.Add(one.Name, Difference(one, key, inactive));
        }
        report.Finish(output);
    }

    static string? Difference(QemuCase one, string key, bool inactive)
    {
        try
        {
            string expected = one.Text(key).Replace("\\\n", "", StringComparison.Ordinal);
            DomainFormat format = DomainFormat.Secure | (inactive ? DomainFormat.Inactive : DomainFormat.None);
            return Corpus.FirstDifference(expected, one.Define(inactive).ToXml(format));
        }
        catch (VireoException refused)
        {
            return refused.Message;
        }
    }
}
