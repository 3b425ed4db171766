using System.Globalization;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Driver;

namespace Vireo.Drivers.Test.State;

/// <summary>The elements of a node document, before anything that they refer to is read.</summary>
sealed class NodeParts
{
    /// <summary>A model's name ends with a zero on the wire.</summary>
    const int LongestModel = 31;

    static readonly string[] Objects = ["domain", "network", "interface", "pool", "device"];

    readonly Dictionary<string, List<NodeElement>> objects = Objects.ToDictionary(name => name, _ => new List<NodeElement>());

    /// <summary>The first text of each that is not empty; "cpu/nodes" and so on.</summary>
    readonly Dictionary<string, string> values = [];

    readonly List<(string Name, string? Password)> users = [];

    /// <summary>Objects of one kind.</summary>
    public IReadOnlyList<NodeElement> this[string kind] => objects[kind];

    public IReadOnlyList<(string Name, string? Password)> Users => users.TrueForAll(user => user.Name.Length > 0)
        ? users
        : throw Wrong("missing username in /node/auth/user field");

    public static NodeParts Of(XmlFragment root)
    {
        if (root.Name.Split(':')[^1] is not "node" and string name)
            throw new VireoException(ErrorCode.XmlError, ErrorDomain.Xml, $"expecting root element of 'node', not '{name}'");
        var parts = new NodeParts();
        using XmlInput x = root.Open("node");
        for (int at = x.Enter(); x.NextChild(at);)
            parts.Take(x);
        return parts;
    }

    void Take(XmlInput x)
    {
        switch (x.Name)
        {
            case "memory":
                Keep("memory", x.Text());
                break;
            case "cpu":
                for (int at = x.Enter(); x.NextChild(at);)
                    Keep($"cpu/{x.Name}", x.Text());
                break;
            case "auth":
                for (int at = x.Enter(); x.NextChild(at);)
                    if (x.Name == "user")
                        users.Add((x.Attribute("password") is var password && x.Text() is { } name ? name : "", password));
                break;
            case string kind when objects.TryGetValue(kind, out List<NodeElement>? known):
                known.Add(NodeElement.At(x));
                break;
        }
    }

    void Keep(string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            values.TryAdd(name, text);
    }

    /// <summary>Processors are nodes times sockets times cores times threads unless fewer are said to be active.</summary>
    public NodeInfo Node()
    {
        NodeInfo normal = NodeDocument.Default;
        uint nodes = Number("cpu/nodes", "node cpu nodes", (uint)normal.Nodes), sockets = Number("cpu/sockets", "node cpu sockets", (uint)normal.Sockets);
        uint cores = Number("cpu/cores", "node cpu cores", (uint)normal.Cores), threads = Number("cpu/threads", "node cpu threads", (uint)normal.Threads);
        uint all = unchecked(nodes * sockets * cores * threads);
        uint active = Math.Min(Number("cpu/active", "node cpu active", all), all);
        uint mhz = Number("cpu/mhz", "node cpu mhz", (uint)normal.Mhz);
        string model = values.GetValueOrDefault("cpu/model", normal.Model);
        if (Encoding.UTF8.GetByteCount(model) > LongestModel)
            throw VireoException.Internal(ErrorDomain.Test, $"Model {model} too big for destination");
        ulong memory = normal.Memory;
        if (values.TryGetValue("memory", out string? text) && (text.Contains('-', StringComparison.Ordinal) || !ulong.TryParse(text, Form, CultureInfo.InvariantCulture, out memory)))
            throw Wrong("invalid node memory value");
        return unchecked(new NodeInfo(model, memory, (int)active, (int)mhz, (int)nodes, (int)sockets, (int)cores, (int)threads));
    }

    const NumberStyles Form = NumberStyles.AllowLeadingWhite | NumberStyles.AllowLeadingSign;

    uint Number(string name, string what, uint otherwise) => !values.TryGetValue(name, out string? text) ? otherwise
        : !text.Contains('-', StringComparison.Ordinal) && uint.TryParse(text, Form, CultureInfo.InvariantCulture, out uint number) ? number
        : throw Wrong($"invalid {what} value");

    static VireoException Wrong(string what) => new(ErrorCode.XmlError, ErrorDomain.Test, what);
}
