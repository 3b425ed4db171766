using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Hotplug.Live;

/// <summary>
/// Plugs a card on a virtual network: the status names its port before the network is asked for it, and until it is given back, so that a daemon that comes
/// after a crash gives it back.
/// </summary>
static class ConnectFlow
{
    sealed record Run(IPlugGuest Guest, Interface Card, Func<Interface, ValueTask> Plug)
    {
        internal Interface Connected { get; set; } = Card;
    }

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    static readonly Flow<Run> Flow = new Flow<Run>("connect")
        .Step("note", static (run, _) =>
        {
            run.Guest.Note(run.Card);
            return ValueTask.CompletedTask;
        }, ForgetAsync)
        .Step("port", static async (run, cancel) => run.Connected = await run.Guest.PlugAsync(run.Card, cancel).ConfigureAwait(false))
        .Step("device", static (run, _) => run.Plug(run.Connected));

    /// <summary>Plugs a card.</summary>
    /// <param name="guest">The machine.</param>
    /// <param name="card">The card with its place and name.</param>
    /// <param name="alias">The name that its owner chose; null: none.</param>
    /// <param name="plug">Plugs what the network made of it; told what is noted of it.</param>
    /// <param name="cancel">Ends it; what was done is undone.</param>
    internal static async ValueTask RunAsync(IPlugGuest guest, Interface card, string? alias, Func<Interface, Interface, ValueTask> plug, CancellationToken cancel)
    {
        Interface numbered = NetworkCards.Numbered(card);
        await Flow.RunAsync(new Run(guest, numbered, connected => plug(Named(guest, alias, connected), numbered)), guest.Flows, cancel).ConfigureAwait(false);
    }

    static async ValueTask ForgetAsync(Run run)
    {
        await run.Guest.UnplugAsync(run.Card).ConfigureAwait(false);
        run.Guest.Note(null);
    }

    // A network may give a device of the host, which is named among those.
    static Interface Named(IPlugGuest guest, string? alias, Interface connected) => alias is null && connected.Source is InterfaceSource.OfHostdev
        ? connected with { Alias = LivePlace.Alias(guest.Def, connected with { Alias = null }) } : connected;
}
