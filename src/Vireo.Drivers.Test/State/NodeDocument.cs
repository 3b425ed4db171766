using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Driver;

namespace Vireo.Drivers.Test.State;

/// <summary>
/// What a host in memory begins with: the <c>&lt;node&gt;</c> document of <c>test:///FILE</c>, its references resolved. Each object is the text of
/// its own document, in the order they stand there.
/// </summary>
sealed record NodeDocument
{
    /// <summary>The host's processors and memory.</summary>
    public NodeInfo Node { get; init; } = Default;

    public IReadOnlyList<XmlFragment> Domains { get; init; } = [];

    public IReadOnlyList<string> Networks { get; init; } = [];

    public IReadOnlyList<string> Interfaces { get; init; } = [];

    /// <summary>Pools, each with its volumes.</summary>
    public IReadOnlyList<(string Pool, IReadOnlyList<string> Volumes)> Pools { get; init; } = [];

    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Who may connect, and by which password; nobody: everybody may.</summary>
    public IReadOnlyList<(string Name, string? Password)> Users { get; init; } = [];

    /// <summary>The folder that references start from.</summary>
    public string Folder { get; init; } = "/";

    /// <summary>The host of test:///default, and of documents that do not say otherwise.</summary>
    public static NodeInfo Default { get; } = new("i686", 3145728, 16, 1400, 2, 2, 2, 2);

    /// <summary>Reads a file and those that it refers to.</summary>
    /// <exception cref="VireoException">XmlError or XmlDetail, in libvirt's words as far as it has some.</exception>
    public static NodeDocument Read(string path)
    {
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } found ? found : "/";
        var parts = NodeParts.Of(NodeFile.Read(path));
        string Text(NodeElement element) => NodeFile.Resolve(element.Fragment, element.File, folder).Text;
        return new NodeDocument
        {
            Folder = folder,
            Node = parts.Node(),
            Domains = [.. parts["domain"].Select(element => NodeFile.Resolve(element.Fragment, element.File, folder))],
            Networks = [.. parts["network"].Select(Text)],
            Interfaces = [.. parts["interface"].Select(Text)],
            Pools = [.. parts["pool"].Select(element =>
            {
                XmlFragment pool = NodeFile.Resolve(element.Fragment, element.File, folder);
                return (pool.Text, (IReadOnlyList<string>)[.. NodeElement.ChildrenOf(pool, "volume").Select(Text)]);
            })],
            Devices = [.. parts["device"].Select(Text)],
            Users = parts.Users,
        };
    }
}

/// <summary>An element, and the file that it refers to instead of saying what it is.</summary>
readonly record struct NodeElement(XmlFragment Fragment, string? File)
{
    /// <summary>The element that the input stands on.</summary>
    public static NodeElement At(XmlInput x)
    {
        string? file = x.Attribute("file");
        return new(x.Fragment(), file);
    }

    /// <summary>The children of an element that are called <paramref name="name"/>.</summary>
    public static List<NodeElement> ChildrenOf(XmlFragment parent, string name)
    {
        var found = new List<NodeElement>();
        using XmlInput x = parent.Open("node");
        for (int at = x.Enter(); x.NextChild(at);)
            if (x.Name == name)
                found.Add(At(x));
        return found;
    }
}
