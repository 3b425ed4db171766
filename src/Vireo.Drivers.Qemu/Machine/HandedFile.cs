using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Host.Files;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>
/// A file that QEMU writes, by its name, for us to read. It is held before QEMU hears of it: whatever the guest's process puts in its place, in a folder of its
/// own, is never read. Its name is gone when this is disposed; <see cref="Handle"/> is the caller's then.
/// </summary>
sealed class HandedFile : IDisposable
{
    static long made;
    readonly string _path;

    HandedFile(string path, SafeFileHandle handle) => (_path, Handle) = (path, handle);

    /// <summary>What QEMU is told.</summary>
    internal string Path => _path;

    /// <summary>To read it.</summary>
    internal SafeFileHandle Handle { get; }

    /// <summary>Makes an empty one, the guest's, in the folder of its run.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="live">The run.</param>
    /// <param name="def">What runs.</param>
    /// <param name="word">What it is for: the beginning of its name.</param>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: it cannot be made.</exception>
    internal static HandedFile Make(QemuKeeper keeper, LiveQemu live, DomainDef def, string word)
    {
        string path = System.IO.Path.Join(live.Places.Folder, string.Create(CultureInfo.InvariantCulture, $"{word}-{Interlocked.Increment(ref made)}-{Environment.ProcessId}"));
        SafeFileHandle handle = HostFile.TryOpen(path, FileUse.ReadWrite | FileUse.New, out int errno) ?? throw Failed(path, errno);
        var file = new HandedFile(path, handle);
        // By the descriptor: the name may be another's already.
        try
        {
            keeper.Security.Confinement?.LabelOpen(def, handle);
        }
        catch
        {
            file.Dispose();
            handle.Dispose();
            throw;
        }
        if (keeper.Security.ProcessOf(def) is not { } owner
            || (errno = FileOwner.Give(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{handle.DangerousGetHandle()}"), owner)) is 0)
            return file;
        file.Dispose();
        handle.Dispose();
        throw Failed(path, errno);
    }

    static VireoException Failed(string path, int errno) => VireoException.System(ErrorDomain.Qemu, errno, $"unable to create file '{path}'");

    /// <summary>Takes its name away.</summary>
    public void Dispose() => _ = HostFile.Remove(_path);
}
