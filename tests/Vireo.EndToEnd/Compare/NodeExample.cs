using Vireo.EndToEnd.Docs;

namespace Vireo.EndToEnd.Compare;

/// <summary>The node document that docs/test-driver.md shows.</summary>
static class NodeExample
{
    const string Begin = "```xml\n";

    /// <summary>Its text.</summary>
    public static string Xml
    {
        get
        {
            string page = File.ReadAllText(Path.Join(Pages.Folder, "test-driver.md"));
            int from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
            return page[from..page.IndexOf("```", from, StringComparison.Ordinal)];
        }
    }
}
