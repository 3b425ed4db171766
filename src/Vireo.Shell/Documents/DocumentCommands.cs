using System.Text;
using Vireo.Core.Xml;
using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Shell.Documents;

/// <summary>
/// <c>vireo xml check</c>, the counterpart of virt-xml-validate, and <c>vireo schema</c>. They need no connection, and virsh does not have them.
/// </summary>
static class DocumentCommands
{
    /// <summary>The document is valid.</summary>
    public const int Valid = 0;

    /// <summary>The command makes no sense, or the document is not XML.</summary>
    public const int Unusable = 1;

    /// <summary>There is no such file.</summary>
    public const int NoFile = 2;

    /// <summary>The document is not valid, or not one of libvirt's.</summary>
    public const int Invalid = 3;

    /// <summary>There is no such schema.</summary>
    public const int NoSchema = 4;

    const string Usage = """
        usage: vireo xml check [--format text|json|patch] FILE [SCHEMA]
               vireo schema [NAME]
          FILE      the document; - for the standard input
          SCHEMA    what it should be (default: what its root says)
          --format  text for people, json for editors, patch for the changes that mend it, to be piped into patch -p0
          NAME      print the RELAX NG schema of these documents (default: the names there are)
        """;

    /// <summary>Whether these are the arguments of one of these commands.</summary>
    public static bool Knows(IReadOnlyList<string> arguments) => arguments is ["xml", ..] or ["schema", ..];

    /// <summary>Runs it; the result is the exit code.</summary>
    public static int Run(IReadOnlyList<string> arguments, TextReader input, TextWriter output, TextWriter errors) => arguments switch
    {
        ["xml", "check", ..] => Check([.. arguments.Skip(2)], input, output, errors),
        ["schema"] => List(output),
        ["schema", var name] when !name.StartsWith('-') => Schema(name, output, errors),
        _ => Complain(errors, Usage),
    };

    static int List(TextWriter output)
    {
        foreach (DocumentKind kind in DocumentKinds.All)
            output.Write($"{kind.Name,-20} {kind.Summary}\n");
        return Valid;
    }

    static int Schema(string name, TextWriter output, TextWriter errors)
    {
        if (DocumentKinds.Find(name) is not { } kind)
            return Complain(errors, $"vireo: there is no schema '{name}'; there are: {Names}", NoSchema);
        output.Write(kind.ToRelaxNg());
        return Valid;
    }

    static string Names => string.Join(", ", DocumentKinds.All.Select(kind => kind.Name));

    static int Check(IReadOnlyList<string> arguments, TextReader input, TextWriter output, TextWriter errors)
    {
        string format = "text";
        var words = new List<string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "--format" && i + 1 < arguments.Count)
                format = arguments[++i];
            else if (arguments[i].StartsWith("--format=", StringComparison.Ordinal))
                format = arguments[i]["--format=".Length..];
            else if (arguments[i] is ['-', _, ..])
                return Complain(errors, Usage);
            else
                words.Add(arguments[i]);
        }
        if (words is not ([_] or [_, _]) || format is not ("text" or "json" or "patch"))
            return Complain(errors, Usage);
        DocumentKind? kind = null;
        if (words is [_, var name] && (kind = DocumentKinds.Find(name)) is null)
            return Complain(errors, $"vireo: there is no schema '{name}'; there are: {Names}", NoSchema);
        string text;
        try
        {
            text = words[0] is "-" ? ReadAll(input) : ReadFile(words[0]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Complain(errors, $"vireo: {words[0]}: {(failure is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : failure.Message)}", NoFile);
        }
        var report = CheckReport.Of(words[0], text, kind);
        switch (format)
        {
            case "json": CheckJson.Write(output, report); break;
            case "patch": output.Write(report.Patch); break;
            default: CheckText.Write(output, report); break;
        }
        return report.ExitCode;
    }

    static string ReadFile(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        return ReadAll(reader);
    }

    // One more than the limit is enough to be refused for its size.
    static string ReadAll(TextReader reader)
    {
        var text = new StringBuilder();
        var part = new char[64 * 1024];
        for (int got; text.Length <= XmlInput.SizeLimit && (got = reader.Read(part, 0, part.Length)) > 0;)
            text.Append(part, 0, got);
        return text.ToString();
    }

    static int Complain(TextWriter errors, string text, int code = Unusable)
    {
        errors.Write(text + "\n");
        return code;
    }
}
