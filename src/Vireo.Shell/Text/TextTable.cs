using System.Globalization;
using System.Text;

namespace Vireo.Shell.Text;

/// <summary>virsh's table: a header, a rule, and rows whose columns are as wide as their widest cell.</summary>
sealed class TextTable(params string[] header)
{
    readonly List<string[]> rows = [];

    public void Add(params string[] cells) => rows.Add([.. cells.Select(Printable)]);

    public string Render(bool withHeader)
    {
        int[] widths = [.. header.Select((title, column) => rows.Select(row => Width(row[column])).Append(withHeader ? Width(title) : 0).Max())];
        var text = new StringBuilder();
        if (withHeader)
        {
            Line(text, header, widths);
            text.Append('-', widths.Sum(width => width + 3)).Append('\n');
        }
        foreach (string[] row in rows)
            Line(text, row, widths);
        return text.ToString();
    }

    static void Line(StringBuilder text, string[] cells, int[] widths)
    {
        for (int column = 0; column < cells.Length; column++)
        {
            text.Append(' ').Append(cells[column]);
            if (column < cells.Length - 1)
                text.Append(' ', widths[column] - Width(cells[column]) + 2);
        }
        text.Append('\n');
    }

    /// <summary>Control characters become \xNN, so that a name cannot draw on the terminal.</summary>
    static string Printable(string cell)
    {
        if (!cell.Any(char.IsControl))
            return cell;
        var text = new StringBuilder();
        foreach (char c in cell)
            _ = char.IsControl(c) ? text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}") : text.Append(c);
        return text.ToString();
    }

    /// <summary>Columns on a terminal: East Asian wide characters take two, combining marks none.</summary>
    static int Width(string cell) => cell.EnumerateRunes().Sum(rune => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => IsWide(rune.Value) ? 2 : 1,
    });

    static bool IsWide(int c) => c is >= 0x1100 and (<= 0x115f or (>= 0x2e80 and <= 0xa4cf and not 0x303f) or (>= 0xac00 and <= 0xd7a3)
        or (>= 0xf900 and <= 0xfaff) or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60) or (>= 0xffe0 and <= 0xffe6)
        or (>= 0x1f300 and <= 0x1faff) or (>= 0x20000 and <= 0x3fffd));
}
