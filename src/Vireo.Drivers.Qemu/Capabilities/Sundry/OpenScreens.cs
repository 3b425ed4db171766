using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Screens of guests, by descriptors instead of ports.</summary>
sealed class OpenScreens(QemuConnection connection) : IDomainGraphics
{
    const string Descriptor = "graphicsfd";

    public async ValueTask OpenGraphicsAsync(DomainRef domain, uint index, DomainOpenGraphicsFlags flags, SafeFileHandle socket, CancellationToken cancel)
    {
        using (socket)
        {
            flags.Only(DomainOpenGraphicsFlags.SkipAuthentication, "qemuDomainOpenGraphics");
            await HandAsync(domain, index, flags, socket, "DomainOpenGraphics", cancel).ConfigureAwait(false);
        }
    }

    public async ValueTask<SafeFileHandle> OpenGraphicsAsync(DomainRef domain, uint index, DomainOpenGraphicsFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainOpenGraphicsFlags.SkipAuthentication, "qemuDomainOpenGraphicsFD");
        var (ours, theirs) = UnixSockets.PairOfHandles(connection.Get(domain).Live?.SocketLabels);
        using (theirs)
        {
            try
            {
                await HandAsync(domain, index, flags, theirs, "DomainOpenGraphicsFD", cancel).ConfigureAwait(false);
                return ours;
            }
            catch
            {
                ours.Dispose();
                throw;
            }
        }
    }

    async ValueTask HandAsync(DomainRef domain, uint index, DomainOpenGraphicsFlags flags, SafeFileHandle socket, string operation, CancellationToken cancel)
    {
        await using var job = await connection.Get(domain).EnterAsync(Job.Modify, connection.As(operation), cancel).ConfigureAwait(false);
        if (job.Snapshot.Live is not { } def)
            throw MachineErrors.NotRunning();
        LiveQemu live = job.RequireLive();
        if (index >= def.Devices.Graphics.Count)
            throw VireoException.Internal(ErrorDomain.Qemu, $"No graphics backend with index {index}");
        string protocol = def.Devices.Graphics[(int)index] switch
        {
            Graphics.Vnc => "vnc",
            Graphics.Spice => "spice",
            Graphics.DBus { PeerToPeer: true } => "@dbus-display",
            _ => throw VireoException.InvalidArgument(ErrorDomain.Qemu, "Can only open VNC, SPICE or D-Bus p2p graphics backends"),
        };
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, job.Interrupted);
        await live.Monitor.PassAsync(new GetFd(Descriptor), socket, either.Token).ConfigureAwait(false);
        try
        {
            await live.Monitor.RunAsync(new AddClient(protocol, Descriptor, flags.HasFlag(DomainOpenGraphicsFlags.SkipAuthentication)), either.Token).ConfigureAwait(false);
        }
        catch (QmpRefusal)
        {
            await live.AskAsync(new CloseFd(Descriptor), CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }
}
