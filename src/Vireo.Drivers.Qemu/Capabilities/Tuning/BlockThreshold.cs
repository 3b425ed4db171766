using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Tuning;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>A warning before a disk is full.</summary>
sealed class BlockThreshold(QemuConnection connection) : IDomainBlockThreshold
{
    public async ValueTask SetBlockThresholdAsync(DomainRef domain, string device, ulong threshold, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainSetBlockThreshold", flags);
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainSetBlockThreshold", DomainModificationImpact.Live, cancel).ConfigureAwait(false);
        var (disk, source, index) = LiveImages.Find(edit.Live!, device);
        if (disk.Target.Bus is DiskBus.Sd || source is DiskSource.OfVhostUser)
            throw QemuErrors.ArgumentUnsupported($"threshold currently can't be set for block device '{device}'");
        // QEMU watches the node of the bytes: what the format writes there is what fills it.
        await edit.AskAsync(new BlockSetWriteThreshold(Devices.ImageNames.OfIndex(index).Storage, threshold), cancel).ConfigureAwait(false);
    }
}
