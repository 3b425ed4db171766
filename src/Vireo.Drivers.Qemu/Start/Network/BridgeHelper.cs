using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Host.Processes;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Network;

/// <summary>
/// QEMU's helper that root lends to users: it makes a tap on a bridge that its own list allows, and hands over the descriptor. So the cards of a
/// user's guests get onto bridges.
/// </summary>
static class BridgeHelper
{
    const int NotConnected = 107, Number = 3;
    static readonly string[] Places = ["/usr/libexec/qemu-bridge-helper", "/usr/lib/qemu/qemu-bridge-helper", "/usr/lib/qemu-bridge-helper"];

    /// <summary>Whether a tap is the helper's to make.</summary>
    internal static bool Makes(QemuKeeper keeper, DescriptorStep step) => !keeper.Host.Privileged && step is DescriptorStep.OpenTap { Bridge: not null };

    /// <summary>The definition with the name that the helper chose.</summary>
    static DomainDef Named(DomainDef live, string alias, string name) => live with
    {
        Devices = live.Devices with
        {
            Interfaces = live.Devices.Interfaces.Map(card => card.Alias == alias ? card with { Target = (card.Target ?? new InterfaceTarget()) with { Device = name } } : card),
        },
    };

    /// <summary>Has a tap made; the running definition gets its name.</summary>
    internal static async ValueTask<SafeFileHandle> OpenAsync(StartRun run, DescriptorStep.OpenTap tap, CancellationToken cancel)
    {
        (SafeFileHandle made, string name) = await OpenAsync(run.Keeper, tap, cancel).ConfigureAwait(false);
        run.Live = Named(run.Live, tap.Alias, name);
        return made;
    }

    /// <summary>Has a tap made, and tells the name that the helper chose.</summary>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: the helper is not there, or refuses; with what it said.</exception>
    internal static async ValueTask<(SafeFileHandle Handle, string Name)> OpenAsync(QemuKeeper keeper, DescriptorStep.OpenTap tap, CancellationToken cancel)
    {
        SafeFileHandle made = await MakeAsync(keeper, tap, cancel).ConfigureAwait(false);
        try
        {
            string name = TapDevices.NameOf(made);
            if (tap.Mtu is { } size) TapDevices.SetMtu(name, size);     // which no user may: said as the kernel says it
            return (made, name);
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>The helper: the one that is set (bridge_helper), or the one that is where some distribution has it.</summary>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: it is not there.</exception>
    internal static string ProgramOf(QemuConfig config)
    {
        string program = config.BridgeHelper ?? Array.Find(Places, File.Exists) ?? Places[0];
        return File.Exists(program) ? program : throw VireoException.System(ErrorDomain.Qemu, 2, $"'{program}' is not a suitable bridge helper");
    }

    static async ValueTask<SafeFileHandle> MakeAsync(QemuKeeper keeper, DescriptorStep.OpenTap tap, CancellationToken cancel)
    {
        string program = ProgramOf(keeper.Config);
        string[] arguments = [.. tap.VnetHeader ? ["--use-vnet"] : Array.Empty<string>(), "--br=" + tap.Bridge, string.Create(CultureInfo.InvariantCulture, $"--fd={Number}")];
        var (ours, theirs) = UnixSockets.PairOfHandles();
        using (ours)
        {
            FinishedProgram done;
            using (theirs)
                done = await keeper.Processes.FinishAsync(new ProcessPlan
                {
                    Program = program,
                    Arguments = arguments,
                    Environment = [new("LC_ALL", "C"), .. CommandLine.StartContext.DaemonsPath],
                    Descriptors = [new(theirs, Number)],
                    DiesWithDaemon = true,
                }, cancel: cancel).ConfigureAwait(false);
            return UnixSockets.TakeDescriptor(ours) ?? throw VireoException.System(ErrorDomain.Qemu, NotConnected,
                $"{program} {string.Join(' ', arguments)}: failed to communicate with bridge helper: stderr={done.Error}");
        }
    }
}
