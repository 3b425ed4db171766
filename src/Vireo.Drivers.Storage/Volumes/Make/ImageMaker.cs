using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Storage.Kinds;
using Vireo.Host.Files;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Volumes.Make;

/// <summary>Images of other formats than raw, which qemu-img makes.</summary>
sealed class ImageMaker(StorageKeeper keeper)
{
    const int OnlyOwner = 0x7f;         // umask 0177
    const int MayRead = 4;

    public async ValueTask MakeAsync(VolumeWork work, CancellationToken cancel)
    {
        StorageVolumeDef volume = work.Volume;
        CheckBacking(work);
        var request = new ImageRequest(volume) { Content = work.Content, Preallocate = work.Preallocate };
        using SecretFile? secret = await SecretAsync(volume, cancel).ConfigureAwait(false);
        using SecretFile? contentSecret = work.Content is { } content ? await SecretAsync(content, cancel).ConfigureAwait(false) : null;
        IReadOnlyList<IReadOnlyList<string>> runs = ImageCommands.Make(request with { SecretFile = secret?.Path, ContentSecretFile = contentSecret?.Path });
        string path = volume.Target!.Path!;
        try
        {
            bool isBrief = runs.Count == 1 && work is { Content: null, Preallocate: false } && secret is null && IsMade(path);
            foreach (IReadOnlyList<string> run in runs)
                await RunAsync(run, isBrief, cancel).ConfigureAwait(false);
            VolumeOwner.Apply(volume);
        }
        catch
        {
            _ = HostFile.Remove(path);
            throw;
        }
    }

    public async ValueTask ResizeAsync(StorageVolumeDef volume, ulong capacity, bool shrink, CancellationToken cancel)
    {
        if (volume.Target is { Format: "qcow2", Encryption: not null })
            throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Storage, "resize of qcow2 encrypted image is not supported");
        if (volume.Target is { Encryption.Secrets.Count: 0 })
            throw new VireoException(ErrorCode.XmlError, ErrorDomain.Storage, "no secret provided for luks encryption");
        using SecretFile? secret = await SecretAsync(volume, cancel).ConfigureAwait(false);
        await RunAsync(ImageCommands.Resize(volume, capacity, shrink, secret?.Path), isBrief: false, cancel).ConfigureAwait(false);
    }

    // The file of an empty image is there for its owner alone before qemu-img fills it, which needs no umask then.
    static bool IsMade(string path)
    {
        using SafeFileHandle? file = HostFile.TryOpen(path, FileUse.ReadWrite | FileUse.New, out _);
        return file is not null;
    }

    async Task RunAsync(IReadOnlyList<string> arguments, bool isBrief, CancellationToken cancel)
    {
        if (keeper.Programs.Find("qemu-img") is null)
            throw StorageErrors.Internal("creation of non-raw file images is not supported without qemu-img.");
        await keeper.Programs.RunAsync("qemu-img", arguments, cancel, isBrief ? null : OnlyOwner, isBrief).ConfigureAwait(false);
    }

    /// <summary>What qemu-img would say less clearly, or only after it has begun.</summary>
    static void CheckBacking(VolumeWork work)
    {
        if (work.Volume.BackingStore?.Path is not { } below)
            return;
        if (work.Content?.BackingStore?.Path is { } other && other != below)
            throw StorageErrors.Internal("a different backing store cannot be specified.");
        string path = Path.IsPathRooted(below) ? below : Path.Join(work.Pool.Target?.Path, below);
        if (HostFile.CheckAccess(path, MayRead) is not 0 and var errno)
            throw StorageErrors.System(errno, $"inaccessible backing store volume {below}");
    }

    async ValueTask<SecretFile?> SecretAsync(StorageVolumeDef volume, CancellationToken cancel)
    {
        if (volume.Target?.Encryption is not { } encryption)
            return null;
        if (encryption.Secrets is not [{ } secret])
            throw VireoException.InvalidArgument(ErrorDomain.Storage, "A single <secret type='passphrase'...> element is expected in encryption description");
        if (keeper.Options.Secrets is not { } secrets)
        {
            throw new VireoException(ErrorCode.NoSecret, ErrorDomain.Secret, secret.Uuid is { } uuid
                ? $"no secret with matching uuid '{uuid}'" : $"no secret with matching usage '{secret.Usage}'");
        }
        byte[] value = await secrets.GetValueAsync(new SecretLookup(secret.Uuid, secret.Usage), SecretUsageType.Volume, cancel).ConfigureAwait(false);
        return SecretFile.Write(keeper.Paths.StateDir, volume.Name, value);
    }
}
