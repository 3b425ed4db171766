using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Volumes;

/// <summary>What qemu-img could not make, said before it tries.</summary>
static class ImageRules
{
    internal static void Check(ImageRequest request)
    {
        StorageVolumeDef volume = request.Volume;
        StorageVolumeTarget target = volume.Target ?? new StorageVolumeTarget();
        string format = target.Format is null or "iso" ? "raw" : target.Format;
        if (request.Preallocate && format != "qcow2")
            throw Unsupported("metadata preallocation only available with qcow2");
        if (request.Content is null && volume.BackingStore is { Path: not null })
        {
            if (format == "raw")
                throw Unsupported("cannot set backing store for raw volume");
            if (request.Preallocate)
                throw Unsupported("metadata preallocation conflicts with backing store");
        }
        if (target.Encryption is { } encryption)
            Check(encryption, format);
        if (format is not ("raw" or "qcow2") && (!string.IsNullOrEmpty(target.Compatibility) || target.Features is not null))
            throw Unsupported("compatibility option only available with qcow2");
        if (format == "qcow2" && target.Features is { } features && ImageOptions.Version(target) == ImageOptions.OldestVersion)
        {
            if (features.LazyRefcounts)
                throw NeedsNewer("lazy_refcounts");
            if (features.ExtendedL2)
                throw NeedsNewer("extended_l2");
        }
    }

    static void Check(DiskEncryption encryption, string format)
    {
        if (format is not ("raw" or "qcow2"))
            throw Unsupported($"volume encryption unsupported with format {format}");
        if (encryption.Secrets.Count != 1)
            throw VireoException.InvalidArgument(ErrorDomain.Storage, "A single <secret type='passphrase'...> element is expected in encryption description");
        if (format == "qcow2" && encryption.Format is EncryptionFormat.Default or EncryptionFormat.Qcow)
            throw Unsupported("creation of qcow2 encrypted image is not supported");
    }

    static VireoException NeedsNewer(string feature) =>
        Unsupported($"'{feature}' not supported with compat level {ImageOptions.OldestVersion}");

    static VireoException Unsupported(string detail) => new(ErrorCode.ConfigUnsupported, ErrorDomain.Storage, detail);
}
