using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Host.Files;

namespace Vireo.Hypervisor.Images;

/// <summary>Finds images of a chain by what users call them.</summary>
public static class ImageLookup
{
    /// <summary>An image, and the one above it.</summary>
    public sealed record Found(ChainImage Image, ChainImage? Above);

    /// <summary>
    /// Finds an image below <paramref name="from"/>, or in the whole chain: by its path, its name in the image above, any name of the same file, or TARGET[NUMBER].
    /// </summary>
    /// <param name="chain">The image on top.</param>
    /// <param name="from">The search begins below this one; null: with the top.</param>
    /// <param name="name">The name; null: the last image.</param>
    /// <param name="target">The disk's name in the guest, for names with a number.</param>
    /// <param name="folder">The folder that relative paths of the top image stand in.</param>
    /// <exception cref="VireoException">VIR_ERR_INVALID_ARG if there is no such image.</exception>
    public static Found Find(ChainImage chain, ChainImage? from, string? name, string? target = null, string folder = ".")
    {
        uint number = 0;
        if (name is not null && Numbered(name) is { } place)
        {
            if (target is not null && place.Target != target)
                throw Bad($"requested target '{place.Target}' does not match target '{target}'");
            number = place.Number;
        }
        ChainImage? above = null;
        ChainImage? image = chain;
        if (from is not null)
            while (image is not null && !ReferenceEquals(above, from))
            {
                above = image;
                image = image.Backing;
            }
        for (; image is not null; above = image, image = image.Backing)
            if (name is null ? image.Backing is null : number != 0 ? image.Index == number : Is(image, above, name, folder))
                return new Found(image, above);
        string below = from is null ? "" : $"beneath '{from.Path}' ";
        throw Bad(number != 0 ? $"could not find backing store index '{number}' in chain for '{chain.Path}'"
            : name is null ? $"could not find base image in chain for '{chain.Path}'"
            : $"could not find image '{name}' {below}in chain for '{chain.Path}'");
    }

    /// <summary>The name of <paramref name="below"/> as an image in the place of <paramref name="top"/> would say it; null: some image between has no relative name.</summary>
    public static string? RelativePath(ChainImage top, ChainImage below)
    {
        string path = "";
        for (ChainImage? image = top; image is not null; image = image.Backing)
        {
            if (image.RelativePath is not { } relative)
                return null;
            path = path[..(path.LastIndexOf('/') + 1)] + relative;
            if (ReferenceEquals(image, below))
                return path;
        }
        throw VireoException.Internal(ErrorDomain.Storage, "failed to resolve relative backing name: base image is not in backing chain");
    }

    /// <summary>The name has a number instead of a path.</summary>
    public static bool IsNumbered(string? name) => name is not null && Numbered(name) is { Number: not 0 };

    // TARGET[NUMBER]
    static (string Target, uint Number)? Numbered(string name)
    {
        int open = name.IndexOf('[', StringComparison.Ordinal);
        return open > 0 && name.EndsWith(']') && uint.TryParse(name.AsSpan(open + 1, name.Length - open - 2), NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? (name[..open], number) : null;
    }

    static bool Is(ChainImage image, ChainImage? above, string name, string folder)
    {
        if (name == image.RelativePath || name == image.Path)
            return true;
        if (!Model.Domain.Images.BackingString.IsPath(name) || !image.IsLocal || image.Path is not { } path)
            return false;
        string around = above is { IsLocal: true, Path: { } upper } ? Path.GetDirectoryName(Path.Combine(folder, upper)) ?? folder : folder;
        return FileOwner.SameFile(Path.Combine(around, name), Path.Combine(folder, path));
    }

    static VireoException Bad(string text) => new(ErrorCode.InvalidArg, ErrorDomain.Storage, text);
}
