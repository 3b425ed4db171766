using System.Text.Json;
using Xunit;

namespace Vireo.Tests.Remote;

/// <summary>libvirt's interface facts: in the folder VIREO_FACTS, else beside the corpus. Tests that need them skip without.</summary>
static class Facts
{
    static string? Folder
    {
        get
        {
            if (Environment.GetEnvironmentVariable("VIREO_FACTS") is { Length: > 0 } given)
                return given;
            string? corpus = Environment.GetEnvironmentVariable("VIREO_CORPUS");
            return string.IsNullOrEmpty(corpus) ? null : Path.Combine(corpus, "..", "facts");
        }
    }

    public static JsonElement Load(string file)
    {
        string? folder = Folder;
        if (folder is null || !File.Exists(Path.Combine(folder, file)))
            Assert.Skip($"{file} is not there: set VIREO_FACTS, or VIREO_CORPUS with the facts beside it");
        return JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, file))).RootElement;
    }
}
