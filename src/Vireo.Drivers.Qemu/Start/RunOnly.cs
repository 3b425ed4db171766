using Vireo.Core;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Hypervisor.Security;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>What the host gave to one run, taken out of its definition again: names of taps, labels, addresses of screens.</summary>
static class RunOnly
{
    /// <param name="live">The run's definition.</param>
    /// <param name="written">What it was started from; null: not known any more.</param>
    internal static DomainDef Strip(DomainDef live, DomainDef? written)
    {
        DomainDef named = CharacterTls.Forget(TapNames.Forget(live));
        return named with
        {
            SecurityLabels = named.SecurityLabels.Where(l => l.Type is not SecurityLabelType.Dynamic || IsWritten(l, written)).Select(Strip).ToValueList(),
            Devices = written is null ? named.Devices : named.Devices with { Graphics = Screens(named.Devices.Graphics, written.Devices.Graphics) },
        };
    }

    static bool IsWritten(SecurityLabel label, DomainDef? written) =>
        written is null ? label.Model is not DacLabel.Model : written.SecurityLabels.Any(w => w.Model == label.Model);

    static SecurityLabel Strip(SecurityLabel label) => label with
    {
        Label = label.Type is SecurityLabelType.Static ? label.Label : null,
        ImageLabel = null,
    };

    static ValueList<Graphics> Screens(ValueList<Graphics> live, ValueList<Graphics> written)
    {
        int at = 0;
        return live.Map(screen => (screen, at < written.Count ? written[at++] : null) switch
        {
            (Graphics.Vnc now, Graphics.Vnc then) => now with { Socket = then.Socket, Listen = then.Listen, Listens = then.Listens },
            (Graphics.Spice now, Graphics.Spice then) => now with { Listen = then.Listen, Listens = then.Listens },
            _ => screen,
        });
    }
}
