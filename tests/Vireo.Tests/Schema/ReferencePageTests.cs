using Vireo.Model.Documents;
using Xunit;

namespace Vireo.Tests.Schema;

/// <summary>docs/reference is what the definitions say. VIREO_UPDATE_DOCS=1 writes it anew.</summary>
public class ReferencePageTests
{
    /// <summary>Parts of documents stand on the pages of those.</summary>
    static IEnumerable<DocumentKind> Pages => DocumentKinds.All.Where(static kind => !kind.IsPart);

    public static TheoryData<string> Kinds() => [.. Pages.Select(static kind => kind.Name)];

    [Theory, MemberData(nameof(Kinds))]
    public void A_page_is_what_the_definitions_say(string kind) => Same($"{kind}.md", ReferencePage.Of(DocumentKinds.Find(kind)!));

    [Fact]
    public void The_index_names_every_page() => Same("README.md", "# Reference of the documents\n\nMade by a test from the definitions; not written by hand.\n\n"
        + string.Concat(Pages.Select(static kind => $"- [{kind.Name}]({kind.Name}.md): {kind.Summary}\n")));

    // A page that is missing is the matter of the tests above, in whatever order they run.
    [Fact]
    public void No_page_is_left_of_a_kind_that_is_gone() => Assert.Empty(
        Directory.EnumerateFiles(Folder()).Select(static file => Path.GetFileName(file)).Except(Pages.Select(static kind => $"{kind.Name}.md").Append("README.md")));

    static void Same(string name, string page)
    {
        string path = Path.Combine(Folder(), name);
        if (Environment.GetEnvironmentVariable("VIREO_UPDATE_DOCS") is "1")
        {
            Directory.CreateDirectory(Folder());
            File.WriteAllText(path, page);
        }
        Assert.True(File.Exists(path) && File.ReadAllText(path) == page, $"docs/reference/{name} is not what the definitions say; this test writes it anew with VIREO_UPDATE_DOCS=1");
    }

    static string Folder()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Join(folder, "Vireo.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not run in the source tree");
        return Path.Combine(folder, "docs", "reference");
    }
}
