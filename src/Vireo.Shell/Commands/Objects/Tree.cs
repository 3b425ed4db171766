using System.Text;

namespace Vireo.Shell.Commands.Objects;

/// <summary>Draws what hangs on what, as virsh draws devices and snapshots.</summary>
static class Tree
{
    /// <summary>One tree for each root, an empty line after each.</summary>
    /// <param name="names">All that is drawn, in order.</param>
    /// <param name="parentOf">What a name hangs on; null, or a name that is not drawn: it is a root.</param>
    public static string Draw(IReadOnlyList<string> names, Func<string, string?> parentOf)
    {
        var known = names.ToHashSet();
        ILookup<string, string> children = names.Where(name => parentOf(name) is { } parent && known.Contains(parent)).ToLookup(name => parentOf(name)!);
        var text = new StringBuilder();
        foreach (string root in names.Where(name => parentOf(name) is not { } parent || !known.Contains(parent)))
        {
            Branch(text, root, children, "", isRoot: true, isLast: true);
            text.Append('\n');
        }
        return text.ToString();
    }

    static void Branch(StringBuilder text, string name, ILookup<string, string> children, string indent, bool isRoot, bool isLast)
    {
        text.Append(indent).Append(isRoot ? "" : "+- ").Append(name).Append('\n');
        string[] below = [.. children[name]];
        string deeper = isRoot ? "  " : indent + (isLast ? "    " : "|   ");
        if (below.Length > 0)
            text.Append(deeper).Append("|\n");
        for (int i = 0; i < below.Length; i++)
            Branch(text, below[i], children, deeper, isRoot: false, isLast: i == below.Length - 1);
        // Where something follows on a higher branch, a gap that shows it.
        if (!isRoot && below.Length is 0 && isLast)
            text.Append(indent.TrimEnd()).Append(indent.TrimEnd().Length > 0 ? "\n" : "");
    }
}
