using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>What screens get at a start: ports before it, passwords after it.</summary>
static class ScreenSetup
{
    /// <summary>The definition with a port wherever one is to be chosen; each is given back when the run ends.</summary>
    internal static DomainDef WithPorts(DomainDef machine, QemuConfig config, ScreenPorts ports, List<int> taken) => machine with
    {
        Devices = machine.Devices with { Graphics = machine.Devices.Graphics.Map(g => WithPorts(WithAddress(g, config), config, ports, taken)) },
    };

    /// <summary>The definition with the first ports wherever one would be chosen; none is taken.</summary>
    internal static DomainDef WithFirstPorts(DomainDef machine, QemuConfig config, ScreenPorts ports) => machine with
    {
        Devices = machine.Devices with
        {
            Graphics = machine.Devices.Graphics.Map(screen => WithAddress(screen, config) switch
            {
                Graphics.Vnc vnc when Listens(vnc.Listens) => vnc with
                {
                    Port = vnc.AutoPort is true || vnc.Port is -1 ? ports.Screens.First : vnc.Port,
                    WebSocketGenerated = vnc.WebSocket is -1,
                    WebSocket = vnc.WebSocket is -1 ? ports.WebSockets.First : vnc.WebSocket,
                },
                Graphics.Spice spice when Listens(spice.Listens) => spice with
                {
                    Port = spice.AutoPort is true || spice.Port is -1 ? ports.Screens.First + 1 : spice.Port,
                    TlsPort = spice.TlsPort is -1 || (spice.AutoPort is true && config.Spice.Tls.Enabled) ? ports.Screens.First + 2 : spice.TlsPort,
                },
                var other => other,
            }),
        },
    };

    // Where the host's configuration says, if the guest does not.
    static Graphics WithAddress(Graphics graphics, QemuConfig config)
    {
        static ValueList<GraphicsListen> Fill(ValueList<GraphicsListen> listens, string address) =>
            listens.Map(l => l is GraphicsListen.OfAddress { Address: null } open ? open with { Address = address, FromConfig = 1 } : l);
        static string? First(ValueList<GraphicsListen> listens) => listens.IsEmpty ? null : (listens[0] as GraphicsListen.OfAddress)?.Address;
        switch (graphics)
        {
            case Graphics.Vnc vnc:
                var screens = Fill(vnc.Listens, config.Vnc.Listen);
                return vnc with { Listens = screens, Listen = First(screens) ?? vnc.Listen };
            case Graphics.Spice spice:
                var places = Fill(spice.Listens, config.Spice.Listen);
                return spice with { Listens = places, Listen = First(places) ?? spice.Listen };
            default:
                return graphics;
        }
    }

    static Graphics WithPorts(Graphics graphics, QemuConfig config, ScreenPorts ports, List<int> taken)
    {
        int Port(ScreenPorts.Range range)
        {
            int port = ports.Take(range) ?? throw VireoException.Internal(
                ErrorDomain.None, $"Unable to find an unused port in range '{range.Name}' ({range.First}-{range.Last})");
            taken.Add(port);
            return port;
        }
        int? Keep(int? port)
        {
            if (port is not > 0) return port;
            if (!ports.Reserve(port.Value)) throw VireoException.Internal(ErrorDomain.Qemu, $"Failed to reserve port {port}");
            taken.Add(port.Value);
            return port;
        }
        return graphics switch
        {
            Graphics.Vnc vnc when Listens(vnc.Listens) => vnc with
            {
                Port = vnc.AutoPort is true || vnc.Port is -1 ? Port(ports.Screens) : Keep(vnc.Port),
                WebSocketGenerated = vnc.WebSocket is -1,
                WebSocket = vnc.WebSocket is -1 ? Port(ports.WebSockets) : Keep(vnc.WebSocket),
            },
            Graphics.Spice spice when Listens(spice.Listens) => spice with
            {
                Port = spice.AutoPort is true || spice.Port is -1 ? Port(ports.Screens) : Keep(spice.Port),
                TlsPort = spice.TlsPort is -1 || (spice.AutoPort is true && config.Spice.Tls.Enabled) ? Port(ports.Screens) : Keep(spice.TlsPort),
            },
            _ => graphics,
        };
    }

    static bool Listens(ValueList<GraphicsListen> listens) => listens.IsEmpty || listens[0] is GraphicsListen.OfAddress or GraphicsListen.OfNetwork;

    /// <summary>Tells QEMU the passwords. Until then nobody gets in.</summary>
    internal static async ValueTask SetPasswordsAsync(StartRun run, CancellationToken cancel)
    {
        foreach (var graphics in run.Live.Devices.Graphics.AsSpan().ToArray())
        {
            var (protocol, password, validTo) = graphics switch
            {
                Graphics.Vnc vnc => ("vnc", vnc.Password ?? run.Keeper.Config.Vnc.Password, vnc.PasswordValidTo),
                Graphics.Spice spice => ("spice", spice.Password ?? run.Keeper.Config.Spice.Password, spice.PasswordValidTo),
                _ => ("", null, null),
            };
            if (password is null) continue;
            await run.Talk.RunAsync(new SetPassword(protocol, password), cancel).ConfigureAwait(false);
            string end = password.Length == 0 ? "now"
                : validTo is null ? "never"
                : DateTimeOffset.Parse(validTo, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds()
                    .ToString(CultureInfo.InvariantCulture);
            await run.Talk.RunAsync(new ExpirePassword(protocol, end), cancel).ConfigureAwait(false);
        }
    }
}
