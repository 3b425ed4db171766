using System.Text.Json;
using Vireo.Conformance.Runner;
using Vireo.Drivers.Qemu.Definition.Firmware;

namespace Vireo.Conformance.Qemu;

/// <summary>A folder of the corpus that is one document, served as the root of a host.</summary>
sealed class DescriptorTree
{
    readonly Dictionary<string, string> files = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> links = new(StringComparer.Ordinal);

    public DescriptorTree(CaseInput input, string kind)
    {
        using JsonDocument tree = JsonDocument.Parse(File.ReadAllText(input.Shared($"fixtures/qemu-{kind}.tree.json")));
        foreach (JsonProperty file in tree.RootElement.GetProperty("files").EnumerateObject())
            files["/" + file.Name] = file.Value.GetString()!;
        foreach (JsonProperty link in tree.RootElement.GetProperty("links").EnumerateObject())
            links["/" + link.Name] = Path.GetFullPath(Path.Combine(Path.GetDirectoryName("/" + link.Name)!, link.Value.GetString()!));
        Folders = new DescriptorFolders(List, Read);
        Standard = DescriptorFolders.Standard(kind, "/home/user/.config");
    }

    public DescriptorFolders Folders { get; }

    public IReadOnlyList<string> Standard { get; }

    public IReadOnlyList<FirmwareDescriptor> Firmwares => Folders.Firmwares(Standard, static (path, wrong) => throw new CaseFault($"{path}: {wrong.Message}"));

    IEnumerable<string> List(string folder) => files.Keys.Concat(links.Keys)
        .Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal) && path.LastIndexOf('/') == folder.Length)
        .Select(path => path[(folder.Length + 1)..]);

    string Read(string path) => files[links.GetValueOrDefault(path, path)];
}
