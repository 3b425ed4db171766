using System.Globalization;
using Vireo.Host.Network;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Network;

/// <summary>
/// Names of guests' taps, as libvirt gives them: numbers go up as long as the daemon runs, so that nothing that still looks at an old
/// guest's device meets a new guest's.
/// </summary>
/// <param name="given">All names are given here; else whoever makes taps on bridges gives theirs.</param>
sealed class TapNames(bool given)
{
    const string Tap = "vnet", Macvtap = "macvtap";
    readonly Lock _gate = new();
    int _lastTap = -1, _lastMacvtap = -1;

    /// <summary>A definition in which every card that gets a tap says its name.</summary>
    internal DomainDef Assign(DomainDef machine) => machine with
    {
        Devices = machine.Devices with
        {
            Interfaces = machine.Devices.Interfaces.Map(card => PrefixOf(card) is { } prefix && (given || card.Source is not (InterfaceSource.OfBridge or InterfaceSource.OfNetwork))
                ? card with { Target = (card.Target ?? new InterfaceTarget()) with { Device = NameFor(card.Target?.Device, prefix) } } : card),
        },
    };

    /// <summary>Keeps the names of a guest that runs from being given again.</summary>
    internal void Keep(DomainDef live)
    {
        lock (_gate)
            foreach (Interface card in live.Devices.Interfaces)
            {
                _lastTap = Math.Max(_lastTap, NumberOf(card.Target?.Device, Tap));
                _lastMacvtap = Math.Max(_lastMacvtap, NumberOf(card.Target?.Device, Macvtap));
            }
    }

    /// <summary>A definition without the names that were given to it.</summary>
    internal static DomainDef Forget(DomainDef machine) => machine with
    {
        Devices = machine.Devices with
        {
            Interfaces = machine.Devices.Interfaces.Map(static card => IsGiven(card)
                ? card with { Target = card.Target! with { Device = null } is var rest && rest == new InterfaceTarget() ? null : rest } : card),
        },
    };

    // A network may have given either.
    static bool IsGiven(Interface card) => PrefixOf(card) is { } prefix && NumberOf(card.Target?.Device, prefix) >= 0
        || card.Source is InterfaceSource.OfNetwork && NumberOf(card.Target?.Device, Macvtap) >= 0;

    static string? PrefixOf(Interface card) => card.Source switch
    {
        InterfaceSource.OfDirect => Macvtap,
        InterfaceSource.OfBridge or InterfaceSource.OfNetwork or InterfaceSource.OfEthernet => Tap,
        _ => null,
    };

    string NameFor(string? wanted, string prefix)
    {
        if (wanted is { Length: > 0 } && !wanted.Contains('%', StringComparison.Ordinal) && NumberOf(wanted, prefix) < 0) return wanted;
        string form = wanted is not null && wanted.Contains("%d", StringComparison.Ordinal) ? wanted : prefix + "%d";
        lock (_gate)
        {
            while (true)
            {
                int number = prefix == Tap ? ++_lastTap : ++_lastMacvtap;
                string name = form.Replace("%d", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
                if (!NetworkLinks.Exists(name)) return name;
            }
        }
    }

    static int NumberOf(string? name, string prefix) =>
        name is not null && name.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
}
