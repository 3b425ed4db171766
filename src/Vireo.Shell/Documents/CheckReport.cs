using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Shell.Documents;

/// <summary>What came of checking a document.</summary>
sealed class CheckReport
{
    CheckReport(string file, string text, DocumentKind? kind, IReadOnlyList<XmlFinding> findings)
    {
        (File, Kind, Findings) = (file, kind, findings);
        Lines = text.Split('\n');
        Patch = UnifiedDiff.Of(file, Lines, findings.SelectMany(finding => finding.Fix));
    }

    public string File { get; }

    /// <summary>What it was taken for; null: it is no document of libvirt's.</summary>
    public DocumentKind? Kind { get; }

    public IReadOnlyList<XmlFinding> Findings { get; }

    /// <summary>The text by lines.</summary>
    public string[] Lines { get; }

    /// <summary>The changes that mend what can be mended mechanically, as a unified diff; empty if there are none.</summary>
    public string Patch { get; }

    public int ExitCode => Findings.Count == 0 ? DocumentCommands.Valid
        : Findings.Any(finding => finding.Kind is XmlFindingKind.Malformed) ? DocumentCommands.Unusable : DocumentCommands.Invalid;

    /// <summary>Checks a document as <paramref name="kind"/>, or as what its root says.</summary>
    public static CheckReport Of(string file, string text, DocumentKind? kind)
    {
        IReadOnlyList<XmlFinding> findings = SchemaCheck.Run(new StringReader(text), root =>
        {
            kind ??= DocumentKinds.OfRoot(root);
            return kind?.Find(root);
        });
        return new CheckReport(file, text, kind, findings);
    }
}
