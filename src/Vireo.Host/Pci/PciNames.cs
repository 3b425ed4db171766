using System.Globalization;

namespace Vireo.Host.Pci;

/// <summary>Names of vendors and products in Debian's <c>pci.ids</c>: lines of <c>VVVV  Vendor</c>, each followed by its <c>\tDDDD  Device</c>. It is read once for each set that is asked for; only what was asked is kept.</summary>
/// <param name="files">Where the list may be; the first that is there counts.</param>
public sealed class PciNames(params string[] files)
{
    static readonly string[] usual = ["/usr/share/misc/pci.ids", "/usr/share/hwdata/pci.ids"];

    readonly Lock gate = new();
    readonly Dictionary<int, (string? Vendor, string? Product)> known = [];

    /// <summary>Looks for several at once.</summary>
    /// <param name="devices">Vendor and product.</param>
    public void Load(IEnumerable<(int Vendor, int Product)> devices)
    {
        lock (gate)
        {
            Dictionary<int, HashSet<int>> wanted = [];
            foreach (var (vendor, product) in devices)
                if (known.TryAdd(Key(vendor, product), default))
                    (wanted.TryGetValue(vendor, out HashSet<int>? products) ? products : wanted[vendor] = []).Add(product);
            if (wanted.Count > 0 && (files.Length > 0 ? files : usual).FirstOrDefault(File.Exists) is { } file)
                Read(file, wanted);
        }
    }

    /// <summary>The names of a product and of its vendor; null: nobody knows.</summary>
    public (string? Vendor, string? Product) Of(int vendor, int product)
    {
        Load([(vendor, product)]);
        lock (gate)
            return known[Key(vendor, product)];
    }

    void Read(string file, Dictionary<int, HashSet<int>> wanted)
    {
        int current = -1;
        string? name = null;
        foreach (string line in File.ReadLines(file))
        {
            if (line.Length < 6 || line[0] is '#')
                continue;
            if (line[0] is 'C')             // classes follow
                return;
            if (line[0] is not '\t')
            {
                current = Id(line.AsSpan(0, 4)) is var vendor && wanted.ContainsKey(vendor) ? vendor : -1;
                if (current < 0)
                    continue;
                name = line[4..].Trim();
                foreach (int product in wanted[current])
                    known[Key(current, product)] = (name, null);
            }
            else if (current >= 0 && line[1] is not '\t' && Id(line.AsSpan(1, 4)) is var product && wanted[current].Contains(product))
                known[Key(current, product)] = (name, line[5..].Trim());
        }
    }

    static int Id(ReadOnlySpan<char> text) => int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int id) ? id : -1;

    static int Key(int vendor, int product) => vendor << 16 | product & 0xffff;
}
