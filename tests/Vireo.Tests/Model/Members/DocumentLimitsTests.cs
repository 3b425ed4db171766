using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Model.Members;

/// <summary>Size, nesting and memory of what anybody may send have limits, whatever the kind of document.</summary>
public class DocumentLimitsTests
{
    /// <summary>How many bytes a character of a document may take, beside what any document takes; the platform's reader alone takes 35 for attributes.</summary>
    const int Multiple = 128, Any = 1024 * 1024;

    /// <summary>The same for the driver's own files: unknown elements are kept there one by one, and nobody but a daemon writes them.</summary>
    const int OwnMultiple = 600;

    static readonly string Deep = string.Concat(Enumerable.Repeat("<x>", XmlInput.DepthLimit + 1)) + string.Concat(Enumerable.Repeat("</x>", XmlInput.DepthLimit + 1));

    /// <summary>What makes readers and checkers busy: many of one thing, in each place where one may be.</summary>
    static readonly Dictionary<string, string> Heaps = new(StringComparer.Ordinal)
    {
        ["elements"] = Many("<x/>"),
        ["misspelt elements"] = Many("<nam/><sourse/><devises/>"),
        ["disks"] = $"<devices>{Many("<disk><target/></disk>")}</devices><disks>{Many("<disk name='a'/>")}</disks>",
        ["rules"] = Many("<rule action='drop' direction='in'><tcp/></rule><host/><ip/><capability/>"),
        ["names"] = Many("<name>a</name>"),
        ["attributes"] = $"<name {string.Concat(Enumerable.Range(0, 20000).Select(static i => $"a{i}='' "))}/>",
        ["text"] = $"<name>{Many("&amp;")}</name>",
        ["metadata"] = $"<metadata>{Many("<a xmlns='u'/>")}</metadata>",
        ["branches"] = string.Concat(Enumerable.Repeat(string.Concat(Enumerable.Repeat("<source>", 200)) + string.Concat(Enumerable.Repeat("</source>", 200)), 60)),
    };

    public static TheoryData<string> Kinds => [.. SampleKind.All.Select(static kind => kind.Name)];

    public static TheoryData<string, string> KindsAndHeaps
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (SampleKind kind in SampleKind.All)
                foreach (string heap in Heaps.Keys)
                    all.Add(kind.Name, heap);
            return all;
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Nesting_beyond_the_limit_is_refused(string kind)
    {
        VireoException refused = Assert.Throws<VireoException>(() => Read(kind, Inside(kind, Deep)));
        Assert.Contains($"nested more than {XmlInput.DepthLimit} deep", refused.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_document_beyond_the_size_limit_is_refused(string kind)
    {
        string text = Inside(kind, new string(' ', XmlInput.SizeLimit));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<VireoException>(() => Read(kind, text));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Any);
    }

    [Fact]
    public void Kept_matter_is_nested_no_deeper_than_the_rest()
    {
        string deep = string.Concat(Enumerable.Repeat("<x>", 200_000)) + string.Concat(Enumerable.Repeat("</x>", 200_000));
        VireoException refused = Assert.Throws<VireoException>(() => DomainDef.Parse($"<domain type='kvm'><name>n</name><metadata><a xmlns='u'>{deep}</a></metadata></domain>"));
        Assert.Contains($"nested more than {XmlInput.DepthLimit} deep", refused.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(KindsAndHeaps))]
    public void Memory_is_a_small_multiple_of_the_document(string kind, string heap)
    {
        string text = Inside(kind, Heaps[heap]);
        Read(kind, Inside(kind, ""));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Read(kind, text);
        long read = GC.GetAllocatedBytesForCurrentThread() - before;
        IReadOnlyList<XmlFinding>? found = DocumentKinds.OfRoot(Root(kind))?.Check(text);
        long both = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(both < Any + (long)(kind is "status" or "imagestatus" ? OwnMultiple : Multiple) * text.Length, $"{text.Length} characters took {read} bytes to read and {both - read} to check ({found?.Count} findings)");
    }

    static object? Read(string kind, string text)
    {
        try
        {
            return SampleKind.Find(kind).Read(text);
        }
        catch (VireoException refused) when (!refused.Message.Contains("more than", StringComparison.Ordinal))
        {
            return null;
        }
    }

    static string Many(string what) => string.Concat(Enumerable.Repeat(what, 200_000 / what.Length));

    static string Root(string kind)
    {
        string sample = File.ReadAllText(SampleKind.Find(kind).Files.First());
        return sample[1..sample.AsSpan().IndexOfAny(" >\n")];
    }

    /// <summary>A sample of the kind with something more in its root, at its end.</summary>
    static string Inside(string kind, string what)
    {
        string sample = File.ReadAllText(SampleKind.Find(kind).Files.First());
        return sample.Insert(sample.LastIndexOf('<'), what);
    }
}
