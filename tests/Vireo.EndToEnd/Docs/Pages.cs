namespace Vireo.EndToEnd.Docs;

/// <summary>The pages of the documentation, in the source tree that the tests are run in.</summary>
static class Pages
{
    /// <summary>The root of the source tree.</summary>
    public static string Top
    {
        get
        {
            string folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Join(folder, "Vireo.slnx")))
                folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not run in the source tree");
            return folder;
        }
    }

    /// <summary>Where they are.</summary>
    public static string Folder => Path.Join(Top, "docs");
}
