using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Volumes;

/// <summary>An image as qemu-img sees it.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Driver">The block driver of its format.</param>
/// <param name="Secret">The id of the object that holds its secret; null: it is not encrypted.</param>
readonly record struct ImageFormat(string Path, string Driver, string? Secret)
{
    /// <summary>What options of the encryption are called: those of qcow2 have a prefix.</summary>
    internal string SecretPrefix => Driver == "qcow2" ? "encrypt." : "";

    /// <summary>The image as a node: <c>driver=luks,file.filename=PATH,key-secret=ID</c>.</summary>
    internal string Node => $"driver={Driver},file.filename={Comma(Path)}" + (Secret is null ? "" : $",{SecretPrefix}key-secret={Comma(Secret)}");

    internal static ImageFormat Of(StorageVolumeDef volume)
    {
        string path = volume.Target?.Path ?? throw new VireoException(ErrorCode.XmlError, ErrorDomain.Storage, "missing target path of the volume");
        string format = volume.Target.Format is null or "iso" ? "raw" : volume.Target.Format;
        if (volume.Target.Encryption is not { } encryption)
            return new ImageFormat(path, format, null);
        string driver = format == "raw" ? LuksOnly(encryption) : format;
        return new ImageFormat(path, driver, volume.Name + "_encrypt0");
    }

    static string LuksOnly(DiskEncryption encryption) => encryption.Format is EncryptionFormat.Luks
        ? "luks" : throw VireoException.Internal(ErrorDomain.Storage, "Only luks encryption is supported for raw files");

    /// <summary>A comma in a value is written twice.</summary>
    internal static string Comma(string value) => value.Replace(",", ",,", StringComparison.Ordinal);
}
