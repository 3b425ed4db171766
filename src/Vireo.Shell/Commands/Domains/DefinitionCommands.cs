using System.Text;
using Vireo.Driver;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;
using Vireo.Shell.Text;

namespace Vireo.Shell.Commands.Domains;

/// <summary>Documents in and out.</summary>
static class DefinitionCommands
{
    const int LongestDocument = 10 * 1024 * 1024;

    public static CommandDef[] All { get; } =
    [
        new("create", "start a transient domain from XML", Create,
            OptionDef.Data("file", "file with the domain's XML"),
            OptionDef.Flag("console", "attach to its console"),
            OptionDef.Flag("paused", "leave the guest paused"),
            OptionDef.Flag("autodestroy", "destroy the guest when this connection ends"),
            OptionDef.Text("pass-fds", "descriptors for the guest, N,M,..."),
            OptionDef.Flag("validate", "check the XML against the schema"),
            OptionDef.Flag("reset-nvram", "begin with fresh firmware variables"))
        {
            Description = "Starts a domain that is gone when it stops.",
        },
        new("define", "make a persistent domain from XML", Define,
            OptionDef.Data("file", "file with the domain's XML"), OptionDef.Flag("validate", "check the XML against the schema"))
        {
            Description = "Makes a domain, or changes one, without starting it.",
        },
        new("dumpxml", "print a domain's XML", DumpXml, OptionDef.Domain,
            OptionDef.Flag("inactive", "as it will be at its next start"),
            OptionDef.Flag("security-info", "with passwords"),
            OptionDef.Flag("update-cpu", "with the CPU completed from the host's"),
            OptionDef.Flag("migratable", "fit for another host"),
            OptionDef.Named("xpath", "print only what this XPath expression selects"),
            OptionDef.Flag("wrap", "one root element around what --xpath selects"))
        {
            Description = "Prints the domain's document.",
        },
    ];

    static async ValueTask<bool> Create(ShellSession shell, CommandCall call)
    {
        string file = call.Needed("file"), xml = ReadFile(file);
        if (call.Has("pass-fds"))
            throw new CommandFailure("option --pass-fds is not there yet in Vireo");
        var flags = PowerCommands.StartFlags(call) | (call.Has("validate") ? DomainCreateFlags.StartValidate : 0);
        DomainRef domain = await Attempt.To($"Failed to create domain from {file}", () =>
            shell.Calls.Write<IDomainPower>("virDomainCreateXML").CreateTransientAsync(xml, flags, default));
        shell.Out.Extra($"Domain '{domain.Name}' created from {file}\n");
        return !call.Has("console") || await ConsoleCommand.AttachAsync(shell, domain, null, 0, resume: false);
    }

    static async ValueTask<bool> Define(ShellSession shell, CommandCall call)
    {
        string file = call.Needed("file"), xml = ReadFile(file);
        DomainRef domain = await Attempt.To($"Failed to define domain from {file}", () => call.Has("validate")
            ? shell.Calls.Write<IDomainDefinition>("virDomainDefineXMLFlags").DefineAsync(xml, DomainDefineFlags.Validate, default)
            : shell.Calls.Write<IDomainDefinition>("virDomainDefineXML").DefineAsync(xml, default));
        shell.Out.Extra($"Domain '{domain.Name}' defined from {file}\n");
        return true;
    }

    static async ValueTask<bool> DumpXml(ShellSession shell, CommandCall call)
    {
        var flags = (call.Has("inactive") ? DomainXmlFlags.Inactive : 0) | (call.Has("security-info") ? DomainXmlFlags.Secure : 0)
            | (call.Has("update-cpu") ? DomainXmlFlags.UpdateCpu : 0) | (call.Has("migratable") ? DomainXmlFlags.Migratable : 0);
        string? path = call.Text("xpath");
        DomainRef domain = await shell.FindDomainAsync(call);
        string xml = await shell.Calls.Read<IDomainInfo>("virDomainGetXMLDesc").GetXmlAsync(domain, flags, default);
        shell.Out.Print(path is null ? xml : XmlQuery.Select(xml, path, call.Has("wrap")));
        return true;
    }

    /// <summary>The text of a file that a user named.</summary>
    internal static string ReadFile(string file)
    {
        try
        {
            // A file may be a pipe, so its length means nothing before it was read.
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return content.Length <= LongestDocument
                ? Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length)
                : throw new CommandFailure($"Failed to read file '{file}': Value too large for defined data type");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            string why = failure switch
            {
                FileNotFoundException or DirectoryNotFoundException => "No such file or directory",
                UnauthorizedAccessException when Directory.Exists(file) => "Is a directory",
                UnauthorizedAccessException => "Permission denied",
                _ => failure.Message,
            };
            throw new CommandFailure(why is "Is a directory" ? $"Failed to read file '{file}': {why}" : $"Failed to open file '{file}': {why}");
        }
    }
}
