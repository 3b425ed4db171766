namespace Vireo.Tests.Drivers.Network;

/// <summary>A network, and what libvirtd made of it.</summary>
/// <param name="Xml">Its document.</param>
/// <param name="Refused">The message, if it was refused.</param>
/// <param name="Parts">Rules and files by their names in data/stock-networks.txt, each as lines.</param>
sealed record StockNetwork(string Xml, string? Refused, IReadOnlyDictionary<string, string> Parts)
{
    static readonly Lazy<Dictionary<string, StockNetwork>> all = new(Read);

    /// <summary>By the name of the case.</summary>
    public static IReadOnlyDictionary<string, StockNetwork> All => all.Value;

    static Dictionary<string, StockNetwork> Read()
    {
        var networks = new Dictionary<string, StockNetwork>(StringComparer.Ordinal);
        string text = File.ReadAllText(Path.Join(AppContext.BaseDirectory, "Drivers.Network/data/stock-networks.txt"));
        foreach (string written in text.Split("\n== ")[1..])
        {
            string[] parts = written.TrimEnd('\n').Split("\n-- "), head = parts[0].Split('\n');
            networks.Add(head[0], new StockNetwork(head[1], head is [_, _, ['!', ' ', .. var message]] ? message : null,
                parts[1..].ToDictionary(static part => part.Split('\n')[0], static part => part.Contains('\n') ? part[(part.IndexOf('\n') + 1)..] + "\n" : "")));
        }
        return networks;
    }
}
