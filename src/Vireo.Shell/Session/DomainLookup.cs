using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Shell.Parsing;

namespace Vireo.Shell.Session;

/// <summary>How a domain may be named on the command line.</summary>
[Flags]
enum DomainNaming
{
    Id = 1,
    Uuid = 2,
    Name = 4,
    Any = Id | Uuid | Name,
}

/// <summary>Finds the domain that an option names: by id, then uuid, then name.</summary>
static class DomainLookup
{
    public static async ValueTask<DomainRef> FindDomainAsync(this ShellSession shell, CommandCall call, DomainNaming by = DomainNaming.Any, string option = "domain")
    {
        string given = call.Needed(option), command = call.Command.Name;
        shell.Out.Debug(1, $"{command}: found option <{option}>: {given}");
        if (by.HasFlag(DomainNaming.Id) && int.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int id) && id >= 0)
        {
            shell.Out.Debug(0, $"{command}: <{option}> looks like ID");
            if (await TryAsync(() => shell.Calls.Read<IDomainLookup>("virDomainLookupByID").LookupByIdAsync(id, default)) is { } found)
                return found;
        }
        if (by.HasFlag(DomainNaming.Uuid) && given.Length is 36 && Uuid.TryParse(given, out Uuid uuid))
        {
            shell.Out.Debug(0, $"{command}: <{option}> trying as domain UUID");
            if (await TryAsync(() => shell.Calls.Read<IDomainLookup>("virDomainLookupByUUIDString").LookupByUuidAsync(uuid, default)) is { } found)
                return found;
        }
        if (by.HasFlag(DomainNaming.Name))
        {
            shell.Out.Debug(0, $"{command}: <{option}> trying as domain NAME");
            if (await TryAsync(() => shell.Calls.Read<IDomainLookup>("virDomainLookupByName").LookupByNameAsync(given, default)) is { } found)
                return found;
        }
        throw new CommandFailure($"failed to get domain '{given}'");
    }

    static async ValueTask<DomainRef?> TryAsync(Func<ValueTask<DomainRef>> lookup)
    {
        try
        {
            return await lookup();
        }
        catch (VireoException)
        {
            return null;        // the next way of naming it gets its turn
        }
    }
}
