using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Processes;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Network;

/// <summary>
/// qemu.conf's mac_filter: what cards on bridges send from their own address passes by a chain of ebtables that libvirt has too, so that an administrator's rules
/// behind it can drop everything else.
/// </summary>
static class MacFilter
{
    const string Chain = "libvirt_qemu_FORWARD";
    static readonly string[] Everywhere = ["/usr/sbin/ebtables", "/sbin/ebtables", "/usr/bin/ebtables"];

    /// <summary>A card is let through by it.</summary>
    internal static bool Suits(QemuKeeper keeper, Interface card) =>
        keeper.Config.MacFilter && keeper.Host.Privileged && card.Source is InterfaceSource.OfBridge or InterfaceSource.OfNetwork { Bridge: not null };

    /// <summary>Makes the chain, empty.</summary>
    internal static async ValueTask PrepareAsync(QemuKeeper keeper, CancellationToken cancel)
    {
        if (!keeper.Config.MacFilter || !keeper.Host.Privileged)
            return;
        try
        {
            foreach (string[] old in (string[][])[["-D", "FORWARD", "-j", Chain], ["-F", Chain], ["-X", Chain]])
                await RunAsync(keeper, cancel, old).ConfigureAwait(false);
            (await RunAsync(keeper, cancel, "-N", Chain, "-P", "RETURN").ConfigureAwait(false)).Checked();
            (await RunAsync(keeper, cancel, "-A", "FORWARD", "-j", Chain).ConfigureAwait(false)).Checked();
        }
        catch (VireoException e)
        {
            keeper.Log.NoMacFilter(e.Message);      // each guest that wants it says so again
        }
    }

    /// <summary>Lets a card's own address through.</summary>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: ebtables is not there or refuses.</exception>
    internal static async ValueTask AdmitAsync(QemuKeeper keeper, Interface card, CancellationToken cancel)
    {
        if (!Suits(keeper, card) || RuleOf(card) is not { } rule)
            return;
        await RunAsync(keeper, cancel, ["-D", .. rule]).ConfigureAwait(false);      // a daemon before may have let it through already
        (await RunAsync(keeper, cancel, ["-A", .. rule]).ConfigureAwait(false)).Checked();
    }

    /// <summary>Takes that back; what is not there is gone.</summary>
    internal static async ValueTask DismissAsync(QemuKeeper keeper, Device device)
    {
        if (device is not Interface card || !Suits(keeper, card) || RuleOf(card) is not { } rule || !IsThere)
            return;
        await RunAsync(keeper, CancellationToken.None, ["-D", .. rule]).ConfigureAwait(false);
    }

    static bool IsThere => Array.Exists(Everywhere, File.Exists);

    static string[]? RuleOf(Interface card) => card is { Target.Device: { } port, Mac: { } mac } ? [Chain, "-s", mac.Address.ToString(), "-i", port, "-j", "ACCEPT"] : null;

    static async ValueTask<FinishedProgram> RunAsync(QemuKeeper keeper, CancellationToken cancel, params string[] arguments) =>
        await keeper.Processes.FinishAsync(new ProcessPlan
        {
            Program = Array.Find(Everywhere, File.Exists) ?? throw VireoException.Internal(ErrorDomain.Qemu, "mac_filter of qemu.conf needs ebtables, which is not installed"),
            Arguments = ["--concurrent", "-t", "filter", .. arguments],
            Environment = ProgramEnvironment.Plain,
        }, cancel: cancel).ConfigureAwait(false);
}
