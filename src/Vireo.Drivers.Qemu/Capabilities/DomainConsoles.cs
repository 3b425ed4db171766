using System.Collections.Concurrent;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Console;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Terminals of guests, one client each.</summary>
sealed class DomainConsoles(QemuConnection connection) : IDomainConsoles
{
    ConcurrentDictionary<string, PtyStream> Open => connection.Keeper.OpenConsoles;

    public ValueTask<IStreamHandler> OpenConsoleAsync(
        DomainRef domain, string? device, DomainConsoleFlags flags, IStreamSink client, CancellationToken cancel)
    {
        flags.Only(DomainConsoleFlags.Force | DomainConsoleFlags.Safe, "qemuDomainOpenConsole");
        var now = connection.Get(domain).Snapshot;
        if (now.Live is not { } def) throw MachineErrors.NotRunning();
        var found = Find(def, device)
            ?? throw VireoException.Internal(ErrorDomain.Qemu, device is null ? "cannot find default console device" : $"cannot find device {device}");
        if (found.Source is not ChardevSource.OfPty pty)
            throw VireoException.Internal(ErrorDomain.Qemu, $"character device {found.Alias ?? device} is not using a PTY");
        string path = pty.Path ?? throw QemuErrors.Invalid("the terminal is not there yet");
        return new(Take(path, flags.HasFlag(DomainConsoleFlags.Force), client));
    }

    PtyStream Take(string path, bool force, IStreamSink client)
    {
        var stream = new PtyStream(path, client, closed => Open.TryRemove(new(path, closed)));
        while (!Open.TryAdd(path, stream))
        {
            if (!Open.TryGetValue(path, out var other)) continue;
            if (!force)
            {
                stream.Discard();
                throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, "Active console session exists for this domain");
            }
            other.TakeAway();
        }
        stream.Begin();
        return stream;
    }

    static CharDevice? Find(DomainDef def, string? device)
    {
        if (device is null)
            return def.Devices.Consoles.Cast<CharDevice>().Concat(def.Devices.Serials).FirstOrDefault();
        return def.Devices.Consoles.Cast<CharDevice>().Concat(def.Devices.Serials).Concat(def.Devices.Parallels)
            .FirstOrDefault(d => d.Alias == device);
    }
}
