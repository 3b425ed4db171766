using System.Globalization;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Volumes;

/// <summary>The value of qemu-img's <c>-o</c>.</summary>
static class ImageOptions
{
    /// <summary>The oldest version of qcow2: what any reader understands.</summary>
    internal const string OldestVersion = "0.10";

    internal static string[] Argument(ImageRequest request, ImageFormat image)
    {
        string options = string.Join(',', Of(request, image));
        return options.Length == 0 ? [] : ["-o", options];
    }

    /// <summary>How large the guest sees it, rounded up.</summary>
    internal static ulong Kibibytes(StorageVolumeDef volume) => Bytes(volume) / 1024 + (Bytes(volume) % 1024 == 0 ? 0UL : 1);

    static ulong Bytes(StorageVolumeDef volume) => volume.Capacity?.Bytes ?? 0;

    static IEnumerable<string> Of(ImageRequest request, ImageFormat image)
    {
        StorageVolumeTarget target = request.Volume.Target!;
        if (request.Content is null && request.Volume.BackingStore is { Path: not null } below)
            yield return $"backing_fmt={below.Format ?? "raw"}";
        if (image.Secret is not null)
            foreach (string option in Encryption(target.Encryption!, image))
                yield return option;
        if (request.Preallocate)
            yield return request.Volume.Allocation is { } now && now.Bytes < Kibibytes(request.Volume) * 1024 ? "preallocation=metadata" : "preallocation=falloc";
        if (target.NoCopyOnWrite == true)
            yield return "nocow=on";
        if (image.Driver == "qcow2")
            yield return $"compat={Version(target)}";
        if (target.ClusterSize is { Bytes: > 0 } cluster && image.Driver is not ("raw" or "luks"))
            yield return string.Create(CultureInfo.InvariantCulture, $"cluster_size={cluster.Bytes}");
        if (image.Driver == "qcow2" && target.Features is { } features)
        {
            if (features.LazyRefcounts)
                yield return "lazy_refcounts";
            if (features.ExtendedL2)
                yield return "extended_l2=on";
        }
    }

    internal static string Version(StorageVolumeTarget target) => string.IsNullOrEmpty(target.Compatibility) ? OldestVersion : target.Compatibility;

    static IEnumerable<string> Encryption(DiskEncryption encryption, ImageFormat image)
    {
        string prefix = image.SecretPrefix;
        if (prefix.Length > 0)
            yield return "encrypt.format=luks";
        yield return $"{prefix}key-secret={ImageFormat.Comma(image.Secret!)}";
        if (encryption.Cipher is { } cipher)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{prefix}cipher-alg={cipher.Name}-{cipher.Size}");
            if (cipher.Mode is not null)
                yield return $"{prefix}cipher-mode={cipher.Mode}";
            if (cipher.Hash is not null)
                yield return $"{prefix}hash-alg={cipher.Hash}";
        }
        if (encryption.IvGenerator is { } generator)
        {
            yield return $"{prefix}ivgen-alg={generator.Name}";
            if (generator.Hash is not null)
                yield return $"{prefix}ivgen-hash-alg={generator.Hash}";
        }
    }
}
