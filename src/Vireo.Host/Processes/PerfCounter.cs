using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Processes;

/// <summary>A counter of the kernel's for one process, its threads and whatever they start (perf_event_open). Disposing it ends the count.</summary>
public sealed unsafe class PerfCounter : IDisposable
{
    const int AttributeSize = 112, OpenNumber = 298, OpenNumberOfArm = 241;
    const ulong CloseOnExec = 8, Inherit = 1 << 1, Disabled = 1, Enable = 0x2400;

    readonly SafeFileHandle handle;

    PerfCounter(SafeFileHandle handle) => this.handle = handle;

    /// <summary>Begins to count.</summary>
    /// <param name="process">The process.</param>
    /// <param name="type">PERF_TYPE_*: 0 what the processor counts, 1 what the kernel counts.</param>
    /// <param name="what">Which of these.</param>
    /// <param name="errno">0, or why not: ENOENT where the host has no such counter.</param>
    /// <returns>The counter; null where that cannot be.</returns>
    public static PerfCounter? TryOpen(int process, uint type, ulong what, out int errno)
    {
        byte* attribute = stackalloc byte[AttributeSize];
        var bytes = new Span<byte>(attribute, AttributeSize);
        bytes.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, type);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], AttributeSize);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], what);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[40..], Disabled | Inherit);
        nint number = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture is System.Runtime.InteropServices.Architecture.X64 ? OpenNumber : OpenNumberOfArm;
        nint opened = LibC.syscall(number, (nint)attribute, process, -1, -1, (nint)CloseOnExec);
        errno = opened < 0 ? LibC.Errno : 0;
        if (opened < 0)
            return null;
        var handle = new SafeFileHandle(opened, ownsHandle: true);
        if (LibC.ioctl(handle, Enable, 0) >= 0)
            return new PerfCounter(handle);
        errno = LibC.Errno;
        handle.Dispose();
        return null;
    }

    /// <summary>How much it has counted; null: the kernel does not say.</summary>
    public ulong? Read()
    {
        ulong value;
        return LibC.read((int)handle.DangerousGetHandle(), (byte*)&value, sizeof(ulong)) == sizeof(ulong) ? value : null;
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
