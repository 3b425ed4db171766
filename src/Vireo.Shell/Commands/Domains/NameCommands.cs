using Vireo.Driver;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Domains;

/// <summary>One way of naming a domain from another.</summary>
static class NameCommands
{
    public static CommandDef[] All { get; } =
    [
        Convert("domid", "print a domain's id", "name or uuid of the domain", DomainNaming.Name | DomainNaming.Uuid,
            domain => domain.Id < 0 ? "-" : $"{domain.Id}"),
        Convert("domname", "print a domain's name", "id or uuid of the domain", DomainNaming.Id | DomainNaming.Uuid, domain => domain.Name),
        Convert("domuuid", "print a domain's uuid", "id or name of the domain", DomainNaming.Id | DomainNaming.Name, domain => $"{domain.Uuid}"),
    ];

    static CommandDef Convert(string name, string purpose, string help, DomainNaming from, Func<DomainRef, string> to) =>
        new(name, purpose, async (shell, call) =>
        {
            shell.Out.Line(to(await shell.FindDomainAsync(call, from)));
            return true;
        }, OptionDef.Data("domain", help));
}
