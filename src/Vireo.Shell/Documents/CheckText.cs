using System.Text;
using Vireo.Core.Xml.Schema;

namespace Vireo.Shell.Documents;

/// <summary>A report for people.</summary>
static class CheckText
{
    const int WidestLine = 160;

    public static void Write(TextWriter output, CheckReport report)
    {
        foreach (XmlFinding finding in report.Findings)
            Finding(output, report, finding);
        int errors = report.Findings.Count(finding => !finding.IsWarning), warnings = report.Findings.Count - errors;
        string what = report.Kind is null ? "" : $" as a {report.Kind.Name} document";
        output.Write(report.Findings.Count == 0
            ? $"{report.File} is valid{what}\n"
            : $"{report.File} is not valid{what}: {Count(errors, "error")}, {Count(warnings, "warning")}\n");
        if (report.Findings.Count >= SchemaCheck.FindingLimit)
            output.Write("there may be more\n");
        if (report.Patch.Length > 0)
            output.Write($"\nThis would mend some of it (--format patch prints it alone):\n\n{report.Patch}");
    }

    static void Finding(TextWriter output, CheckReport report, XmlFinding finding)
    {
        output.Write($"{report.File}:{finding.Line}:{finding.Column}: {(finding.IsWarning ? "warning" : "error")}: {finding.Message}\n");
        if (finding.Line <= report.Lines.Length && report.Lines[finding.Line - 1].TrimEnd('\r') is { Length: > 0 and <= WidestLine } line)
        {
            output.Write($"{finding.Line,6} | {line}\n");
            output.Write($"       | {Below(line, finding.Column)}^\n");
        }
        if (finding.Path.Length > 0)
            output.Write($"         at {finding.Path}{(finding.Since is null ? "" : $" (introduced in libvirt {finding.Since})")}\n");
        if (finding.Suggestion is not null)
            output.Write($"         did you mean {finding.Suggestion}?\n");
        else if (finding.Expected.Count > 0)
            output.Write($"         {(finding.IsWarning ? "known here" : "wanted")}: {Wrapped(finding.Expected)}\n");
    }

    /// <summary>Blanks up to the column; tabs stay, so that the mark stands below its place.</summary>
    static string Below(string line, int column)
    {
        var blanks = new StringBuilder();
        for (int i = 0; i < column - 1; i++)
            blanks.Append(i < line.Length && line[i] == '\t' ? '\t' : ' ');
        return blanks.ToString();
    }

    static string Wrapped(IReadOnlyList<string> words)
    {
        var text = new StringBuilder();
        int width = 0;
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i] + (i + 1 < words.Count ? "," : "");
            if (width > 0 && width + word.Length > 80)
            {
                text.Append("\n           ");
                width = 0;
            }
            else if (width > 0)
                text.Append(' ');
            text.Append(word);
            width += word.Length + 1;
        }
        return text.ToString();
    }

    static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
