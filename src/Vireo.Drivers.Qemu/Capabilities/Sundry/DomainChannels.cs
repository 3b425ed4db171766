using System.Collections.Concurrent;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Console;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Channels of guests, one client each.</summary>
sealed class DomainChannels(QemuConnection connection) : IDomainChannels
{
    ConcurrentDictionary<string, PtyStream> Open => connection.Keeper.OpenConsoles;

    public async ValueTask<IStreamHandler> OpenChannelAsync(DomainRef domain, string? name, DomainChannelFlags flags, IStreamSink client, CancellationToken cancel)
    {
        flags.Only(DomainChannelFlags.Force, "qemuDomainOpenChannel");
        if (connection.Get(domain).Snapshot.Live is not { } def)
            throw MachineErrors.NotRunning();
        Channel found = Find(def, name) ?? throw VireoException.Internal(ErrorDomain.Qemu, name is null ? "cannot find default channel" : $"cannot find channel {name}");
        if (found.Source is not ChardevSource.OfUnix { Path: { } path })
            throw VireoException.Internal(ErrorDomain.Qemu, $"channel {name ?? found.Alias} is not using a UNIX socket");
        if (Open.TryGetValue(path, out var other))
        {
            if (!flags.HasFlag(DomainChannelFlags.Force))
                throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, "Active channel stream exists for this domain");
            other.TakeAway();
        }
        var stream = new PtyStream(await UnixSockets.OpenAsync(path, cancel).ConfigureAwait(false), client, closed => Open.TryRemove(new(path, closed)));
        if (!Open.TryAdd(path, stream))
        {
            stream.Discard();
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, "Active channel stream exists for this domain");
        }
        stream.Begin();
        return stream;
    }

    // By alias or by what the guest calls it; without a name the first one.
    static Channel? Find(DomainDef def, string? name) => def.Devices.Channels.FirstOrDefault(one =>
        name is null || one.Alias == name || one.Target is ChannelTarget.OfVirtio port && port.Name == name);
}
