using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Looks into guests' disks and memory.</summary>
sealed class Peeks(QemuConnection connection) : IDomainBlockPeek, IDomainMemoryPeek
{
    const uint Most = 4 * 1024 * 1024;

    public ValueTask<byte[]> PeekBlockAsync(DomainRef domain, string path, ulong offset, uint size, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainBlockPeek", flags);
        Check(size, "virDomainBlockPeek");
        Disk disk = DomainBlocks.FindOrNull(connection.Get(domain).Snapshot.Def!, path)
            ?? throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"No disk with path or target name '{path}' found");
        StorageFormat format = disk.Driver?.Type ?? StorageFormat.Raw;
        if (format is not StorageFormat.Raw)
            throw QemuErrors.ArgumentUnsupported($"peeking is only supported for disk with 'raw' format not '{format.ToXml()}'");
        string file = DomainBlocks.PathOf(disk) ?? throw QemuErrors.ArgumentUnsupported($"peeking is only supported for local disks, and '{path}' is none");
        return new(Task.Run(() => Read(file, offset, size), cancel));
    }

    static byte[] Read(string file, ulong offset, uint size)
    {
        byte[] bytes = new byte[size];
        try
        {
            using var image = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            for (int got = 0; got < bytes.Length;)
            {
                int more = offset > (ulong)long.MaxValue - size ? 0 : RandomAccess.Read(image, bytes.AsSpan(got), (long)offset + got);
                if (more == 0)
                    throw VireoException.System(ErrorDomain.Qemu, 22, $"failed to read {size} bytes from '{file}' at {offset}");
                got += more;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VireoException.System(ErrorDomain.Qemu, e is UnauthorizedAccessException ? 13 : e is FileNotFoundException or DirectoryNotFoundException ? 2 : 5, $"failed to open '{file}'");
        }
        return bytes;
    }

    static void Check(uint size, string function)
    {
        if (size > Most)
            throw VireoException.InvalidArgument(ErrorDomain.Domain, $"size in {function} must be at most {Most}");
    }

    public async ValueTask<byte[]> PeekMemoryAsync(DomainRef domain, ulong offset, uint size, DomainMemoryPeekFlags flags, CancellationToken cancel)
    {
        if (flags is not (DomainMemoryPeekFlags.Virtual or DomainMemoryPeekFlags.Physical))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, "flags parameter must be VIR_MEMORY_VIRTUAL or VIR_MEMORY_PHYSICAL");
        Check(size, "virDomainMemoryPeek");
        await using var job = await connection.Get(domain).EnterAsync(Job.Query, connection.As("DomainMemoryPeek"), cancel).ConfigureAwait(false);
        if (!job.Snapshot.IsActive)
            throw MachineErrors.NotRunning();
        LiveQemu live = job.RequireLive();
        if (size == 0)
            return [];
        using HandedFile file = HandedFile.Make(connection.Keeper, live, job.Snapshot.Def!, "memory");
        using var content = file.Handle;
        await job.AskAsync(new SaveMemory(flags is DomainMemoryPeekFlags.Physical, offset, size, file.Path), cancel).ConfigureAwait(false);
        byte[] bytes = new byte[size];
        return RandomAccess.Read(content, bytes, 0) == size ? bytes
            : throw VireoException.System(ErrorDomain.Qemu, 5, $"failed to read temporary file created with template {file.Path}");
    }
}
