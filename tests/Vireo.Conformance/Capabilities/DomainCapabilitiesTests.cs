using System.Text.Json;
using Vireo.Model.Capabilities;

namespace Vireo.Conformance.Capabilities;

/// <summary>Domain capabilities as libvirt wrote them.</summary>
public class DomainCapabilitiesTests
{
    [Fact]
    public void Documents_come_out_as_they_went_in()
    {
        string folder = Corpus.Folder("domaincaps");
        var differences = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonElement one in Corpus.Cases("domaincaps"))
        {
            string file = one.GetProperty("expected").GetString()!, text = File.ReadAllText(Path.Combine(folder, file));
            if (Corpus.FirstDifference(text, DomainCapabilities.Parse(text).ToXml()) is { } difference)
                differences[file] = difference;
        }
        Assert.Empty(differences);
    }
}
