using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>Who logs in at the server of a disk or a storage pool.</summary>
[Element("auth")]
public sealed partial record DiskAuth
{
    /// <summary>How; disks leave it out, because their protocol says it.</summary>
    [Attr("type", Bad = "unsupported@storage|unknown auth type '{0}'")] public StorageAuthType? Type { get; init; }
    [Attr("username", Missing = "xml@storage|missing username for auth")] public required string Username { get; init; }
    [Child(Missing = "xml@storage|Missing <secret> element in auth")] public required SecretRef Secret { get; init; }
}

[WireNames] public enum StorageAuthType { None, Chap, Ceph }

/// <summary>A secret by uuid or usage, never both.</summary>
[Element("secret")]
public sealed partial record SecretRef
{
    [Attr("type")] public string? Type { get; init; }
    [Attr("uuid", Bad = "xml@none|invalid secret uuid '{0}'")] public Uuid? Uuid { get; init; }
    [Attr("usage")] public string? Usage { get; init; }
}

/// <summary>An encrypted image.</summary>
[Element("encryption", Block = true)]
public sealed partial record DiskEncryption
{
    [Attr("format", Bad = "unsupported@storage|unknown volume encryption format type {0}", Missing = "xml@storage|unknown volume encryption format")]
    public required EncryptionFormat Format { get; init; }
    [Attr("engine")] public EncryptionEngine? Engine { get; init; }
    [Child("secret")] public ValueList<SecretRef> Secrets { get; init; }
    /// <summary>How LUKS encrypts; nothing else has a choice.</summary>
    [Child(Since = "2.1.0")] public EncryptionCipher? Cipher { get; init; }
    [Child(Since = "2.1.0")] public EncryptionIvGenerator? IvGenerator { get; init; }
}

[WireNames] public enum EncryptionFormat { Default, Qcow, Luks, Luks2 }
[WireNames] public enum EncryptionEngine { Qemu, Librbd }

/// <summary>The cipher of an image.</summary>
[Element("cipher")]
public sealed partial record EncryptionCipher
{
    [Attr("name", Missing = "xml@storage|cipher info missing 'name' attribute")] public required string Name { get; init; }
    /// <summary>Of the key, in bits.</summary>
    [Attr("size")] public required uint Size { get; init; }
    [Attr("mode")] public string? Mode { get; init; }
    [Attr("hash")] public string? Hash { get; init; }
}

/// <summary>Where the cipher's initial values come from.</summary>
[Element("ivgen")]
public sealed partial record EncryptionIvGenerator
{
    [Attr("name", Missing = "xml@storage|missing ivgen info name string")] public required string Name { get; init; }
    [Attr("hash")] public string? Hash { get; init; }
}
