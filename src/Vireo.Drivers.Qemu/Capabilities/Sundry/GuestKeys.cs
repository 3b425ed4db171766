using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Keys;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Keys that are pressed, and the button that interrupts.</summary>
sealed class GuestKeys(QemuConnection connection) : IDomainKeys, IDomainNmi
{
    const int Most = 16;

    static readonly string[] setNames = ["linux", "xt", "atset1", "atset2", "atset3", "os_x", "xt_kbd", "usb", "win32", "qnum"];

    public async ValueTask SendKeysAsync(DomainRef domain, KeycodeSet codes, uint holdTime, uint[] keys, uint flags, CancellationToken cancel)
    {
        if (!Enum.IsDefined(codes))
            throw VireoException.InvalidArgument(ErrorDomain.Domain, $"Unsupported codeset '{(int)codes}'");
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainSendKey", flags);
        if (keys.Length > Most)
            throw VireoException.InvalidArgument(ErrorDomain.Domain, $"nkeycodes in virDomainSendKey must be less than or equal to {Most}");
        var machine = connection.Get(domain);
        var numbers = Array.ConvertAll(keys, key => key <= int.MaxValue && KeyMap.Translate(codes, KeycodeSet.Qnum, (int)key) is { } number ? number
            : throw VireoException.Internal(ErrorDomain.Qemu, $"cannot translate keycode {key} of {setNames[(int)codes]} codeset to qnum keycode"));
        await using var job = await machine.EnterAsync(Job.Modify, connection.As("DomainSendKey"), cancel).ConfigureAwait(false);
        if (!job.Snapshot.IsActive)
            throw MachineErrors.NotRunning();
        await job.AskAsync(new SendKey(numbers, holdTime), cancel).ConfigureAwait(false);
    }

    public async ValueTask InjectNmiAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainInjectNMI", flags);
        await using var job = await connection.Get(domain).EnterAsync(Job.Modify, connection.As("DomainInjectNMI"), cancel).ConfigureAwait(false);
        if (!job.Snapshot.IsActive)
            throw MachineErrors.NotRunning();
        await job.AskAsync(new InjectNmi(), cancel).ConfigureAwait(false);
    }
}
