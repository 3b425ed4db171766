using System.Text;
using Vireo.Core.Xml.Schema;

namespace Vireo.Shell.Documents;

/// <summary>Changes inside lines as a patch.</summary>
static class UnifiedDiff
{
    const int Context = 3;

    /// <summary>The patch; empty if no change finds its place.</summary>
    public static string Of(string file, string[] lines, IEnumerable<XmlEdit> edits)
    {
        string[] changed = [.. lines];
        // From the end of a line to its beginning, so that places before a change stay where they are.
        foreach (XmlEdit edit in edits.OrderByDescending(edit => edit.Line).ThenByDescending(edit => edit.Column))
            Apply(changed, edit);
        int[] touched = [.. Enumerable.Range(0, lines.Length).Where(i => changed[i] != lines[i])];
        if (touched.Length == 0)
            return "";
        var text = new StringBuilder($"--- {file}\n+++ {file}\n");
        for (int first = 0; first < touched.Length;)
        {
            int last = first;
            while (last + 1 < touched.Length && touched[last + 1] - touched[last] <= 2 * Context)
                last++;
            Hunk(text, lines, changed, touched[first], touched[last]);
            first = last + 1;
        }
        return text.ToString();
    }

    static void Apply(string[] lines, XmlEdit edit)
    {
        if (edit.Line > lines.Length || edit.Column > lines[edit.Line - 1].Length)
            return;
        string line = lines[edit.Line - 1];
        int at = line.IndexOf(edit.Old, edit.Column - 1, StringComparison.Ordinal);
        if (at >= 0)
            lines[edit.Line - 1] = line[..at] + edit.New + line[(at + edit.Old.Length)..];
    }

    static void Hunk(StringBuilder text, string[] old, string[] changed, int first, int last)
    {
        // The text behind the last line break is no line.
        int count = old[^1].Length == 0 ? old.Length - 1 : old.Length;
        int from = Math.Max(0, first - Context), to = Math.Min(count, last + Context + 1);
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"@@ -{from + 1},{to - from} +{from + 1},{to - from} @@\n");
        for (int i = from; i < to;)
        {
            if (old[i] == changed[i])
            {
                Line(text, ' ', old, i++);
                continue;
            }
            int end = i;
            while (end < to && old[end] != changed[end])
                end++;
            for (int j = i; j < end; j++)
                Line(text, '-', old, j);
            for (int j = i; j < end; j++)
                Line(text, '+', changed, j);
            i = end;
        }
    }

    static void Line(StringBuilder text, char mark, string[] lines, int at)
    {
        text.Append(mark).Append(lines[at]).Append('\n');
        if (at == lines.Length - 1)
            text.Append("\\ No newline at end of file\n");
    }
}
