using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>What screens get at a start: ports before it, passwords after it.</summary>
static class ScreenSetup
{
    /// <summary>The definition with a port wherever one is to be chosen; each is given back when the run ends.</summary>
    internal static DomainDef WithPorts(DomainDef machine, ScreenPorts ports, List<int> taken) => machine with
    {
        Devices = machine.Devices with { Graphics = machine.Devices.Graphics.Map(g => WithPorts(g, ports, taken)) },
    };

    static Graphics WithPorts(Graphics graphics, ScreenPorts ports, List<int> taken)
    {
        int Port(int first)
        {
            int port = ports.Take(first) ?? throw VireoException.Internal(ErrorDomain.Qemu, "Unable to find an unused port in range 'VNC' (5900-65535)");
            taken.Add(port);
            return port;
        }
        int? Keep(int? port)
        {
            if (port is > 0 && ports.Reserve(port.Value)) taken.Add(port.Value);
            return port;
        }
        return graphics switch
        {
            Graphics.Vnc vnc when Listens(vnc.Listens) => vnc with
            {
                Port = vnc.AutoPort is true || vnc.Port is -1 ? Port(ScreenPorts.First) : Keep(vnc.Port),
                WebSocket = vnc.WebSocket is -1 ? Port(ScreenPorts.FirstWebSocket) : Keep(vnc.WebSocket),
            },
            Graphics.Spice spice when Listens(spice.Listens) => spice with
            {
                Port = spice.AutoPort is true || spice.Port is -1 ? Port(ScreenPorts.First) : Keep(spice.Port),
                TlsPort = spice.TlsPort is -1 ? Port(ScreenPorts.First) : Keep(spice.TlsPort),
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
                Graphics.Vnc vnc => ("vnc", vnc.Password, vnc.PasswordValidTo),
                Graphics.Spice spice => ("spice", spice.Password, spice.PasswordValidTo),
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
