using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Hotplug;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Drivers.Qemu.Tuning;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Limits of one network card's traffic.</summary>
sealed class InterfaceTuning(QemuConnection connection) : IDomainInterfaceParameters
{
    const DomainModificationImpact Known = DomainModificationImpact.Live | DomainModificationImpact.Config;

    public ValueTask<TypedParameter[]> GetInterfaceParametersAsync(DomainRef domain, string device, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainGetInterfaceParameters");
        return new(BandwidthParameters.All(Find(DomainNumbers.Choose(connection.Get(domain).Snapshot, flags), device).Bandwidth));
    }

    static Interface Find(DomainDef def, string name) => def.Devices.Interfaces.FirstOrDefault(card => IsNamed(card, name))
        ?? throw VireoException.InvalidArgument(ErrorDomain.Domain, $"'{name}' is not a known interface");

    static bool IsNamed(Interface card, string name) =>
        card.Target?.Device == name || string.Equals(card.Mac?.Address.ToString(), name, StringComparison.OrdinalIgnoreCase);

    public async ValueTask SetInterfaceParametersAsync(DomainRef domain, string device, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainSetInterfaceParameters");
        ParameterRules.Check(parameters, BandwidthParameters.Known);
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainSetInterfaceParameters", flags, cancel).ConfigureAwait(false);
        foreach (DomainDef def in edit.Meant)
            if (!CardLimits.Suits(Find(def, device)))
                throw QemuErrors.Unsupported($"setting bandwidth on interfaces of type '{CardWords.Of(Find(def, device).Source)}' is not implemented yet");
        if (edit.Live is { } live)
        {
            Interface card = Find(live, device);
            var next = BandwidthParameters.Change(card.Bandwidth, parameters);
            try
            {
                await CardLimits.SetAsync(connection.Keeper, edit.Machine, card, next, isNew: false, cancel).ConfigureAwait(false);
            }
            catch (VireoException)
            {
                await RestoreAsync(edit, card).ConfigureAwait(false);
                throw;
            }
        }
        edit.Change(def => With(def, device, parameters));
    }

    async ValueTask RestoreAsync(DefinitionEdit edit, Interface card)
    {
        try
        {
            await CardLimits.SetAsync(connection.Keeper, edit.Machine, card, card.Bandwidth, isNew: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (VireoException)
        {
            // Who asked hears of the first failure.
        }
    }

    static DomainDef With(DomainDef def, string device, TypedParameter[] parameters) => def with
    {
        Devices = def.Devices with
        {
            Interfaces = def.Devices.Interfaces.Map(card => IsNamed(card, device) ? card with { Bandwidth = BandwidthParameters.Change(card.Bandwidth, parameters) } : card),
        },
    };
}
