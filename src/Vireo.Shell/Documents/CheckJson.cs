using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vireo.Core.Xml.Schema;

namespace Vireo.Shell.Documents;

/// <summary>A report for editors: one JSON object.</summary>
static class CheckJson
{
    static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter output, CheckReport report)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Layout))
        {
            json.WriteStartObject();
            json.WriteString("file", report.File);
            json.WriteString("document", report.Kind?.Name);
            json.WriteBoolean("valid", report.Findings.Count == 0);
            json.WriteStartArray("findings");
            foreach (XmlFinding finding in report.Findings)
                Finding(json, finding);
            json.WriteEndArray();
            json.WriteString("patch", report.Patch);
            json.WriteEndObject();
        }
        output.Write(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
        output.Write('\n');
    }

    static void Finding(Utf8JsonWriter json, XmlFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("severity", finding.IsWarning ? "warning" : "error");
        json.WriteString("kind", Kind(finding.Kind));
        json.WriteNumber("line", finding.Line);
        json.WriteNumber("column", finding.Column);
        json.WriteString("path", finding.Path);
        json.WriteString("message", finding.Message);
        json.WriteStartArray("expected");
        foreach (string word in finding.Expected)
            json.WriteStringValue(word);
        json.WriteEndArray();
        json.WriteString("suggestion", finding.Suggestion);
        json.WriteString("since", finding.Since);
        json.WriteStartArray("edits");
        foreach (XmlEdit edit in finding.Fix)
        {
            json.WriteStartObject();
            json.WriteNumber("line", edit.Line);
            json.WriteNumber("column", edit.Column);
            json.WriteString("old", edit.Old);
            json.WriteString("new", edit.New);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static string Kind(XmlFindingKind kind) => kind switch
    {
        XmlFindingKind.UnknownElement => "unknown-element",
        XmlFindingKind.UnknownAttribute => "unknown-attribute",
        XmlFindingKind.Repeated => "repeated-element",
        XmlFindingKind.Misplaced => "misplaced-element",
        XmlFindingKind.MissingElement => "missing-element",
        XmlFindingKind.MissingAttribute => "missing-attribute",
        XmlFindingKind.BadValue => "bad-value",
        XmlFindingKind.Conflict => "conflict",
        XmlFindingKind.UnexpectedText => "unexpected-text",
        XmlFindingKind.UnknownDocument => "unknown-document",
        _ => "malformed",
    };
}
