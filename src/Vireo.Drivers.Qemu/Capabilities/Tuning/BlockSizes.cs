using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Tuning;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Gives disks of running guests another size.</summary>
sealed class BlockSizes(QemuConnection connection) : IDomainBlockResize
{
    const ulong Sector = 512, KiB = 1024;

    public async ValueTask ResizeBlockAsync(DomainRef domain, string disk, ulong size, DomainBlockResizeFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainBlockResizeFlags.Bytes, "qemuDomainBlockResize");
        if (disk.Length == 0)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, "empty path");
        if (!flags.HasFlag(DomainBlockResizeFlags.Bytes))
            size = size <= ulong.MaxValue / KiB ? size * KiB
                : throw new VireoException(ErrorCode.Overflow, ErrorDomain.Qemu, $"size must be less than {ulong.MaxValue / KiB}");
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainBlockResize", DomainModificationImpact.Live, cancel).ConfigureAwait(false);
        Disk found = DomainBlocks.FindOrNull(edit.Live!, disk)
            ?? throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"disk '{disk}' was not found in the domain config");
        if (BlockGraph.IsEmpty(found.Source) || found.ReadOnly)
            throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, $"can't resize empty or readonly disk '{disk}'");
        if (found.Source.Slices.Any(static slice => slice.Type is SliceKind.Storage))
            throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, $"resizing of disk '{disk}' with storage slice is not supported");
        if (found.Source is DiskSource.OfVhostUser)
            throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, "block resize is not supported for vhostuser disk");
        // qcow2 and qed only come in whole sectors.
        if (found.Driver?.Type is StorageFormat.Qcow2 or StorageFormat.Qed)
            size = (size + Sector - 1) / Sector * Sector;
        string? node = found.Source.Index is { } index && found.Target.Bus is not DiskBus.Sd ? LiveImages.NodeOf(index) : null;
        await edit.AskAsync(new BlockResize(node is null ? "drive-" + found.Alias : null, node, size), cancel).ConfigureAwait(false);
        edit.Qemu.Sizes.Clear();
    }
}
