using Vireo.Core.Errors;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>
/// What QEMU calls the nodes of an image and the objects that they refer to. An object that the image does without has no name. Names of
/// QEMU's nodes are at most 31 characters long.
/// </summary>
public sealed record ImageNames
{
    /// <summary>The longest name that QEMU takes for a node.</summary>
    public const int LongestNode = 31;

    /// <summary>The node of the bytes.</summary>
    public required string Storage { get; init; }

    /// <summary>The node of the format, on which the guest's disk or the overlay stands.</summary>
    public required string Format { get; init; }

    /// <summary>The node of the part of the bytes that is used, if the format cannot say itself where it begins.</summary>
    public string Slice { get; init; } = "";

    /// <summary>The secret with which the server is asked; null: none.</summary>
    public string? AuthSecret { get; init; }

    /// <summary>The secret that unlocks the image; null: none.</summary>
    public string? EncryptionSecret { get; init; }

    /// <summary>The secret with the cookies for a web server; null: none.</summary>
    public string? CookieSecret { get; init; }

    /// <summary>The certificates for the server; null: no TLS.</summary>
    public string? TlsCredentials { get; init; }

    /// <summary>What keeps persistent reservations; null: nobody.</summary>
    public string? ReservationManager { get; init; }

    /// <summary>The set of descriptors through which the file is opened; null: by its path.</summary>
    public string? DescriptorSet { get; init; }

    /// <summary>Names that QEMU can take.</summary>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR for a node's name that is too long.</exception>
    public static ImageNames Checked(ImageNames names)
    {
        foreach (string name in (string[])[names.Storage, names.Format, names.Slice])
            if (name.Length > LongestNode)
                throw new VireoException(ErrorCode.InternalError, ErrorDomain.Qemu, $"node-name '{name}' too long for qemu");
        return names;
    }

    /// <summary>Names of the nodes of the image that has a number.</summary>
    public static ImageNames OfIndex(uint? index) => new()
    {
        Storage = $"libvirt-{index}-storage",
        Format = $"libvirt-{index}-format",
        Slice = $"libvirt-{index}-slice-sto",
    };
}
