using Vireo.Driver;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Domains;

/// <summary>Machines put away in files.</summary>
static class SaveCommands
{
    public static CommandDef[] All { get; } =
    [
        new("managedsave", "save a domain for its next start", ManagedSave,
            OptionDef.Domain, BypassCache, Running, Paused, Verbose)
        {
            Description = "Saves a running domain and stops it; its next start goes on from there.",
            Exclusive = [("running", "paused")],
        },
        new("managedsave-remove", "drop what a domain was saved to", Remove, OptionDef.Domain)
        {
            Description = "Removes what a domain was saved to, so that it boots at its next start.",
        },
        new("managedsave-dumpxml", "print the XML of a saved domain", ManagedXml, OptionDef.Domain, Secure)
        {
            Description = "Prints the definition that a saved domain starts with.",
        },
        new("restore", "start a domain from a file", Restore,
            OptionDef.Data("file", "file that the domain was saved to"), BypassCache, OptionDef.Text("xml", "file with another definition"),
            Running, Paused, OptionDef.Flag("reset-nvram", "begin with fresh firmware variables"))
        {
            Description = "Starts a domain from a file that it was saved to.",
            Exclusive = [("running", "paused")],
        },
        new("save", "save a domain into a file", Save,
            OptionDef.Domain, OptionDef.Data("file", "file to save to"), BypassCache, OptionDef.Text("xml", "file with another definition"), Running, Paused, Verbose)
        {
            Description = "Saves a running domain into a file and stops it.",
            Exclusive = [("running", "paused")],
        },
        new("save-image-define", "replace the XML in a saved domain's file", DefineXml,
            OptionDef.Data("file", "file that the domain was saved to"), OptionDef.Data("xml", "file with the definition"), Running, Paused)
        {
            Description = "Replaces the definition in a file that a domain was saved to.",
            Exclusive = [("running", "paused")],
        },
        new("save-image-dumpxml", "print the XML in a saved domain's file", ImageXml, OptionDef.Data("file", "file that the domain was saved to"), Secure)
        {
            Description = "Prints the definition in a file that a domain was saved to.",
        },
    ];

    static OptionDef BypassCache => OptionDef.Flag("bypass-cache", "around the host's cache");

    static OptionDef Running => OptionDef.Flag("running", "it runs when it is restored");

    static OptionDef Paused => OptionDef.Flag("paused", "it is paused when it is restored");

    static OptionDef Verbose => OptionDef.Flag("verbose", "show how far it is");

    static OptionDef Secure => OptionDef.Flag("security-info", "with passwords");

    static async ValueTask<bool> Save(ShellSession shell, CommandCall call)
    {
        DomainRef domain = await shell.FindDomainAsync(call);
        string file = call.Needed("file");
        string? xml = call.Text("xml") is { } path ? DefinitionCommands.ReadFile(path) : null;
        var flags = Flags(call);
        await Attempt.To($"Failed to save domain '{domain.Name}' to {file}", () => flags is 0 && xml is null
            ? shell.Calls.Write<IDomainSave>("virDomainSave").SaveAsync(domain, Absolute(file), default)
            : shell.Calls.Write<IDomainSave>("virDomainSaveFlags").SaveAsync(domain, Absolute(file), xml, flags, default));
        Done(shell, call, "Save");
        shell.Out.Extra($"\nDomain '{domain.Name}' saved to {file}\n");
        return true;
    }

    static async ValueTask<bool> ManagedSave(ShellSession shell, CommandCall call)
    {
        DomainRef domain = await shell.FindDomainAsync(call);
        await Attempt.To($"Failed to save domain '{domain.Name}' state", () =>
            shell.Calls.Write<IDomainManagedSave>("virDomainManagedSave").ManagedSaveAsync(domain, Flags(call), default));
        Done(shell, call, "Managedsave");
        shell.Out.Extra($"\nDomain '{domain.Name}' state saved by libvirt\n");
        return true;
    }

    static async ValueTask<bool> Remove(ShellSession shell, CommandCall call)
    {
        DomainRef domain = await shell.FindDomainAsync(call);
        string name = call.Needed("domain");
        if (!await Attempt.To("Failed to check for domain managed save image", () =>
            shell.Calls.Read<IDomainManagedSaveImage>("virDomainHasManagedSaveImage").HasManagedSaveAsync(domain, 0, default)))
        {
            shell.Out.Extra($"Domain '{name}' has no manage save image; removal skipped");
            return true;
        }
        await Attempt.To($"Failed to remove managed save image for domain '{name}'", () =>
            shell.Calls.Write<IDomainManagedSaveImage>("virDomainManagedSaveRemove").RemoveManagedSaveAsync(domain, 0, default));
        shell.Out.Extra($"Removed managedsave image for domain '{name}'");
        return true;
    }

    static async ValueTask<bool> Restore(ShellSession shell, CommandCall call)
    {
        string file = call.Needed("file");
        string? xml = call.Text("xml") is { } path ? DefinitionCommands.ReadFile(path) : null;
        var flags = Flags(call) | (call.Has("reset-nvram") ? DomainSaveRestoreFlags.ResetNvram : 0);
        await Attempt.To($"Failed to restore domain from {file}", () => flags is 0 && xml is null
            ? shell.Calls.Write<IDomainSave>("virDomainRestore").RestoreAsync(Absolute(file), default)
            : shell.Calls.Write<IDomainSave>("virDomainRestoreFlags").RestoreAsync(Absolute(file), xml, flags, default));
        shell.Out.Extra($"Domain restored from {file}\n");
        return true;
    }

    static async ValueTask<bool> ImageXml(ShellSession shell, CommandCall call)
    {
        string file = call.Needed("file");
        shell.Out.Print(await shell.Calls.Write<IDomainSave>("virDomainSaveImageGetXMLDesc").GetSaveImageXmlAsync(Absolute(file), SecureOf(call), default));
        return true;
    }

    static async ValueTask<bool> ManagedXml(ShellSession shell, CommandCall call)
    {
        DomainRef domain = await shell.FindDomainAsync(call);
        shell.Out.Print(await shell.Calls.Read<IDomainManagedSaveXml>("virDomainManagedSaveGetXMLDesc").GetManagedSaveXmlAsync(domain, SecureOf(call), default));
        return true;
    }

    static async ValueTask<bool> DefineXml(ShellSession shell, CommandCall call)
    {
        string file = call.Needed("file"), xml = DefinitionCommands.ReadFile(call.Needed("xml"));
        await Attempt.To($"Failed to update {file}", () =>
            shell.Calls.Write<IDomainSave>("virDomainSaveImageDefineXML").DefineSaveImageXmlAsync(Absolute(file), xml, Flags(call), default));
        shell.Out.Extra($"State file {file} updated.\n");
        return true;
    }

    static void Done(ShellSession shell, CommandCall call, string what)
    {
        if (call.Has("verbose"))
            shell.Out.Print($"\r{what}: [100 %]");
    }

    static DomainSaveImageXmlFlags SecureOf(CommandCall call) => call.Has("security-info") ? DomainSaveImageXmlFlags.Secure : 0;

    static DomainSaveRestoreFlags Flags(CommandCall call) => (call.Has("bypass-cache") ? DomainSaveRestoreFlags.BypassCache : 0)
        | (call.Has("running") ? DomainSaveRestoreFlags.Running : 0) | (call.Has("paused") ? DomainSaveRestoreFlags.Paused : 0);

    // The daemon stands elsewhere.
    static string Absolute(string file) => Path.GetFullPath(file);
}
