using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vireo.Conformance.Runner;
using Vireo.Core.Errors;
using Vireo.Hypervisor.Images;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Domain.Images;

namespace Vireo.Conformance.Qemu;

/// <summary>Chains of images, names in them, and what names of backing files mean.</summary>
sealed class StorageSourceSuite : Suite
{
    const string Place = "ABS_SRCDIR";

    // The corpus cannot have symbolic links; what it says of them is made beside it.
    static readonly Lock Gate = new();
    static readonly Dictionary<string, string> copies = new(StringComparer.Ordinal);

    public override string Name => "storage-source";

    public override bool Hides(string member) => member is "result_xml" or "insecure_data_dropped" || base.Hides(member);

    public override IEnumerable<string> Expected(JsonElement manifest) =>
        base.Expected(manifest).Concat(manifest.EnumerateObject().Select(static p => p.Name).Where(static n => n is "result_xml" or "insecure_data_dropped"));

    public override Outputs Run(CaseInput input) => input.Word("kind") switch
    {
        "chain" => Outputs.Of(Chain(input)),
        "lookup" => Outputs.Result(Lookup(input)),
        "relative-path" => Outputs.Result(Relative(input)),
        "backing-parse" => Parsed(input),
        var kind => throw new CaseFault($"unknown kind '{kind}'"),
    };

    static Outputs Parsed(CaseInput input)
    {
        BackingString parsed = BackingString.Parse(input.Word("backing")!);
        var made = new Outputs { ["result_xml"] = Output.Value(SourceXml.Of(parsed.Source)) };
        if (parsed.DroppedCredentials)
            made["insecure_data_dropped"] = Output.Value(true);
        return made;
    }

    static string Chain(CaseInput input)
    {
        string top = Copy(input), start = input.Word("start")!.Replace(Place, top, StringComparison.Ordinal);
        StorageFormat format = input.Word("format") is "auto" ? StorageFormat.Auto : StorageFormatNames.TryParse(input.Word("format")!, out StorageFormat named) ? named : throw new CaseFault("unknown format");
        var text = new StringBuilder();
        for (ChainImage? image = ImageChain.Read(new DiskSource.OfFile { Path = start }, format, deepest: 20); image is not null; image = image.Backing)
        {
            var network = image.Source as DiskSource.OfNetwork;
            int type = image.Source switch { DiskSource.OfBlock => 2, DiskSource.OfDirectory => 3, DiskSource.OfNetwork => 4, _ => 1 };
            if (text.Length > 0)
                text.Append('\n');
            text.Append(CultureInfo.InvariantCulture, $"path:{image.Path}\nbackingStoreRaw: {image.BackingName ?? "<null>"}\ncapacity: {image.Capacity}\nencryption: {(image.IsEncrypted ? 1 : 0)}\n")
                .Append(CultureInfo.InvariantCulture, $"relPath:{image.RelativePath ?? "<null>"}\ntype:{type}\nformat:{(int)image.Format}\nprotocol:{network?.Protocol.ToXml() ?? "none"}\n")
                .Append(CultureInfo.InvariantCulture, $"hostname:{(network is { Hosts: [{ Name: { } host }, ..] } ? host : "<null>")}\n");
        }
        return text.ToString().Replace(top, Place, StringComparison.Ordinal);
    }

    static ChainImage[] Elements(CaseInput input, string top)
    {
        JsonElement[] elements = [.. input.Json("chain").EnumerateArray()];
        var made = new ChainImage[elements.Length];
        for (int i = elements.Length - 1; i >= 0; i--)
            made[i] = new ChainImage(new DiskSource.OfFile { Path = elements[i].GetProperty("path").GetString()!.Replace(Place, top, StringComparison.Ordinal) })
            {
                RelativePath = elements[i].TryGetProperty("rel_path", out JsonElement relative) ? relative.GetString() : null,
                Index = elements[i].TryGetProperty("id", out JsonElement id) ? id.GetUInt32() : null,
                Backing = i + 1 < made.Length ? made[i + 1] : null,
            };
        return made;
    }

    static JsonNode Lookup(CaseInput input)
    {
        string top = Copy(input);
        ChainImage[] chain = Elements(input, top);
        string? name = input.Word("lookup")?.Replace(Place, top, StringComparison.Ordinal);
        try
        {
            ImageLookup.Found found = ImageLookup.Find(chain[0], input.Find("start_from") is { } from ? chain[from.GetInt32()] : null, name, input.Word("target"),
                Path.Join(top, "virstoragetestdata/lookup"));
            int at = Array.IndexOf(chain, found.Image);
            return new JsonObject { ["element"] = at, ["parent"] = found.Above is null ? null : Array.IndexOf(chain, found.Above), ["index"] = ImageLookup.IsNumbered(name) ? at : null };
        }
        catch (VireoException)
        {
            return new JsonObject { ["element"] = null, ["parent"] = null, ["index"] = null };
        }
    }

    static JsonNode Relative(CaseInput input)
    {
        ChainImage[] chain = Elements(input, "");
        return new JsonObject { ["path"] = ImageLookup.RelativePath(chain[input.Json("top").GetInt32()], chain[input.Json("base").GetInt32()]) };
    }

    static string Copy(CaseInput input)
    {
        string source = Path.GetFullPath(input.Shared("storage-source/data"));
        lock (Gate)
        {
            if (copies.TryGetValue(source, out string? made))
                return made;
            string top = Directory.CreateTempSubdirectory("vireo-images-").FullName;
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(top, recursive: true);
            foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            {
                string to = Path.Join(top, Path.GetRelativePath(source, file));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to);
            }
            using JsonDocument suite = JsonDocument.Parse(File.ReadAllText(input.Shared("storage-source/suite.json")));
            foreach (JsonProperty link in suite.RootElement.GetProperty("environment").GetProperty("symlinks").EnumerateObject())
            {
                string at = Path.Join(top, link.Name);
                Directory.CreateDirectory(Path.GetDirectoryName(at)!);
                File.CreateSymbolicLink(at, link.Value.GetString()!);
            }
            return copies[source] = top;
        }
    }
}
