using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Save;

/// <summary>A saved machine, opened to be started again.</summary>
sealed class SavedMachine : IAsyncDisposable
{
    readonly FileStream file;
    readonly QemuKeeper keeper;
    HostProcess? program;

    SavedMachine(QemuKeeper keeper, FileStream file, SaveImage image)
    {
        (this.keeper, this.file, Image) = (keeper, file, image);
        Cpu = image.Cookie is null ? null : SaveCookie.Parse(image.Cookie).Cpu;
    }

    /// <summary>Header and definition.</summary>
    internal SaveImage Image { get; }

    /// <summary>The processor as the guest had it, where that is not what its definition says.</summary>
    internal CpuDef? Cpu { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="VireoException">There is none, or it is no saved machine.</exception>
    internal static SavedMachine Open(QemuKeeper keeper, string path)
    {
        FileStream file = SaveFile.Open(path, change: false);
        try
        {
            SaveImage image = SaveImage.Read(file);
            if (!Enum.IsDefined(image.Compression))
                throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, $"Invalid compressed save format {(uint)image.Compression}");
            return new SavedMachine(keeper, file, image);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A descriptor from which QEMU reads the state: the file itself, or the pipe of a program that unpacks it.</summary>
    internal async ValueTask<SafeFileHandle> StateAsync(CancellationToken cancel)
    {
        FilePosition.Set(file.SafeFileHandle, SaveImage.HeaderSize + Image.DataLength);
        if (Image.Compression is SaveCompression.Raw) return file.SafeFileHandle;
        var (read, write) = HostPipe.Open();
        using (write)
            program = await StatePrograms.UnpackAsync(keeper.Processes, Image.Compression, file.SafeFileHandle, write, cancel).ConfigureAwait(false);
        return read;
    }

    /// <summary>Has the kernel forget what it keeps of the file, which QEMU has read.</summary>
    internal void ForgetCache()
    {
        using SafeFileHandle again = File.OpenHandle(file.Name);
        FileCache.Forget(again);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (program is not null)
        {
            await program.EndAsync(TimeSpan.Zero, keeper.Time, CancellationToken.None).ConfigureAwait(false);
            program.Dispose();
        }
        await file.DisposeAsync().ConfigureAwait(false);
    }
}
