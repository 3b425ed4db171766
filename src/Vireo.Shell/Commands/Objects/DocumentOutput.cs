using Vireo.Shell.Parsing;
using Vireo.Shell.Session;
using Vireo.Shell.Text;

namespace Vireo.Shell.Commands.Objects;

/// <summary>Prints an object's document, or what an XPath expression selects of it.</summary>
static class DocumentOutput
{
    public static OptionDef XPath { get; } = OptionDef.Named("xpath", "print only what this XPath expression selects");

    public static OptionDef Wrap { get; } = OptionDef.Flag("wrap", "one root element around what --xpath selects");

    public static void Document(this ShellSession shell, CommandCall call, string xml) =>
        shell.Out.Print(call.Text("xpath") is { } path ? XmlQuery.Select(xml, path, call.Has("wrap")) : xml);
}
