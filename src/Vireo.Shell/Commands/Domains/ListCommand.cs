using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;
using Vireo.Shell.Text;

namespace Vireo.Shell.Commands.Domains;

/// <summary>The list of domains.</summary>
static class ListCommand
{
    public static CommandDef[] All { get; } =
    [
        new("list", "list domains", Run,
            OptionDef.Flag("inactive", "those that do not run"),
            OptionDef.Flag("all", "those that run and those that do not"),
            OptionDef.Flag("transient", "those without a definition that stays"),
            OptionDef.Flag("persistent", "those with a definition that stays"),
            OptionDef.Flag("with-snapshot", "those with a snapshot"),
            OptionDef.Flag("without-snapshot", "those without one"),
            OptionDef.Flag("with-checkpoint", "those with a checkpoint"),
            OptionDef.Flag("without-checkpoint", "those without one"),
            OptionDef.Flag("state-running", "those that run"),
            OptionDef.Flag("state-paused", "those that are paused"),
            OptionDef.Flag("state-shutoff", "those that are off"),
            OptionDef.Flag("state-other", "those in any other state"),
            OptionDef.Flag("autostart", "those that start with the host"),
            OptionDef.Flag("no-autostart", "those that do not"),
            OptionDef.Flag("with-managed-save", "those with saved state"),
            OptionDef.Flag("without-managed-save", "those without"),
            OptionDef.Flag("uuid", "print uuids"),
            OptionDef.Flag("name", "print names"),
            OptionDef.Flag("id", "print ids"),
            OptionDef.Flag("table", "print a table (default)"),
            OptionDef.Flag("managed-save", "mark domains with saved state"),
            OptionDef.Flag("title", "show titles"))
        {
            Description = "Lists the domains that run, or those that the options ask for.",
            Exclusive = [("table", "name"), ("table", "uuid"), ("table", "id")],
        },
    ];

    static readonly (string Option, ListDomainsFlags Flag)[] Filters =
    [
        ("persistent", ListDomainsFlags.Persistent), ("transient", ListDomainsFlags.Transient),
        ("with-managed-save", ListDomainsFlags.Managedsave), ("without-managed-save", ListDomainsFlags.NoManagedsave),
        ("autostart", ListDomainsFlags.Autostart), ("no-autostart", ListDomainsFlags.NoAutostart),
        ("with-snapshot", ListDomainsFlags.HasSnapshot), ("without-snapshot", ListDomainsFlags.NoSnapshot),
        ("with-checkpoint", ListDomainsFlags.HasCheckpoint), ("without-checkpoint", ListDomainsFlags.NoCheckpoint),
        ("state-running", ListDomainsFlags.Running), ("state-paused", ListDomainsFlags.Paused),
        ("state-shutoff", ListDomainsFlags.ShutOff), ("state-other", ListDomainsFlags.Other),
    ];

    static async ValueTask<bool> Run(ShellSession shell, CommandCall call)
    {
        var flags = call.Has("all") ? ListDomainsFlags.Active | ListDomainsFlags.Inactive
            : call.Has("inactive") ? ListDomainsFlags.Inactive : ListDomainsFlags.Active;
        foreach (var (option, flag) in Filters.Where(filter => call.Has(filter.Option)))
            flags |= flag;
        // Asking for a state that only the other kind has must find it.
        if (call.Has("state-shutoff") || call.Has("state-other"))
            flags |= ListDomainsFlags.Inactive;
        DomainRef[] domains = await Attempt.To("Failed to list domains", () =>
            shell.Calls.Read<IDomainListing>("virConnectListAllDomains").ListAllAsync(flags, default));
        domains = [.. domains.OrderBy(domain => domain.Id < 0).ThenBy(domain => domain.Id).ThenBy(domain => domain.Name, StringComparer.OrdinalIgnoreCase)];
        if (call.Has("name") || call.Has("uuid") || call.Has("id"))
            Words(shell, call, domains);
        else
            await TableAsync(shell, call, domains);
        return true;
    }

    static void Words(ShellSession shell, CommandCall call, DomainRef[] domains)
    {
        bool onlyId = call.Has("id") && !call.Has("name") && !call.Has("uuid");
        foreach (DomainRef domain in domains.Where(domain => !onlyId || domain.Id >= 0))
        {
            List<string> words = [];
            if (call.Has("id"))
                words.Add(domain.Id < 0 ? "-" : $"{domain.Id}");
            if (call.Has("uuid"))
                words.Add(domain.Uuid.ToString());
            if (call.Has("name"))
                words.Add(domain.Name);
            shell.Out.Line(string.Join(' ', words));
        }
    }

    static async ValueTask TableAsync(ShellSession shell, CommandCall call, DomainRef[] domains)
    {
        bool titles = call.Has("title");
        var table = titles ? new TextTable("Id", "Name", "State", "Title") : new TextTable("Id", "Name", "State");
        foreach (DomainRef domain in domains)
        {
            string id = domain.Id < 0 ? "-" : $"{domain.Id}";
            string state = await StateOfAsync(shell, domain, call.Has("managed-save"));
            if (titles)
                table.Add(id, domain.Name, state, await TitleOfAsync(shell, domain));
            else
                table.Add(id, domain.Name, state);
        }
        shell.Out.Print(table.Render(withHeader: !shell.Settings.Quiet));
    }

    static async ValueTask<string> StateOfAsync(ShellSession shell, DomainRef domain, bool markSaved)
    {
        try
        {
            if (markSaved && domain.Id < 0 &&
                await shell.Calls.Read<IDomainManagedSaveImage>("virDomainHasManagedSaveImage").HasManagedSaveAsync(domain, 0, default))
                return "saved";
            return StateNames.Of((await shell.Calls.Read<IDomainInfo>("virDomainGetState").GetStateAsync(domain, 0, default)).State);
        }
        catch (VireoException)
        {
            return StateNames.Of(DomainState.NoState);      // it went away between the list and the question
        }
    }

    static async ValueTask<string> TitleOfAsync(ShellSession shell, DomainRef domain)
    {
        try
        {
            return await shell.Calls.Read<IDomainMetadata>("virDomainGetMetadata").GetMetadataAsync(domain, DomainMetadataType.Title, null, 0, default);
        }
        catch (VireoException)
        {
            return "";
        }
    }
}
