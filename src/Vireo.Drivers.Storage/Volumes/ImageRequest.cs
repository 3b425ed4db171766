using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Volumes;

/// <summary>An image to be made by qemu-img.</summary>
/// <param name="Volume">What is wanted, with everything that its pool implies.</param>
public sealed record ImageRequest(StorageVolumeDef Volume)
{
    /// <summary>The volume whose content it gets; null: it stays empty.</summary>
    public StorageVolumeDef? Content { get; init; }

    /// <summary>Whether space is taken at once: for the format's own tables, or for everything if the allocation is the capacity.</summary>
    public bool Preallocate { get; init; }

    /// <summary>The file with the secret of the new image.</summary>
    public string? SecretFile { get; init; }

    /// <summary>The file with the secret of <see cref="Content"/>.</summary>
    public string? ContentSecretFile { get; init; }
}
