using System.Text.Json;

namespace Vireo.Conformance.Runner;

/// <summary>What an adapter is given of a case: its input files and options, never its name or what is expected of it.</summary>
sealed class CaseInput(string corpus, string folder, JsonElement manifest, Func<string, bool> hidden)
{
    /// <summary>The suite's folder.</summary>
    public string Folder => folder;

    /// <summary>Whether the manifest has the member.</summary>
    public bool Has(string member) => Find(member) is not null;

    /// <summary>Whether an output of this name will be compared; what it should be stays hidden.</summary>
    public bool Asks(string output) => manifest.TryGetProperty(output, out _);

    /// <summary>A member that may be absent.</summary>
    public JsonElement? Find(string member)
    {
        if (hidden(member))
            throw new InvalidOperationException($"an adapter asked for '{member}', which belongs to the judge");
        return manifest.TryGetProperty(member, out JsonElement value) && value.ValueKind is not JsonValueKind.Null ? value : null;
    }

    /// <summary>A member that every case of this kind has.</summary>
    public JsonElement Json(string member) => Find(member) ?? throw new InvalidDataException($"the case has no '{member}'");

    public string? Word(string member) => Find(member)?.GetString();

    public bool Flag(string member) => Find(member)?.ValueKind is JsonValueKind.True;

    public IEnumerable<string> Words(string member) => Find(member)?.EnumerateArray().Select(static e => e.GetString()!) ?? [];

    /// <summary>The content of the file that a member names.</summary>
    public string Text(string member) => TextAt(Json(member).GetString()!);

    /// <summary>The content of a file beside the manifest.</summary>
    public string TextAt(string path) => File.ReadAllText(Path.Combine(folder, path));

    /// <summary>The place of the file that a member names.</summary>
    public string PathOf(string member) => Path.Combine(folder, Json(member).GetString()!);

    /// <summary>A folder or file of the corpus that several suites share, as <c>fixtures/host-cpus.json</c>.</summary>
    public string Shared(string path) => Path.Combine(corpus, path);
}
