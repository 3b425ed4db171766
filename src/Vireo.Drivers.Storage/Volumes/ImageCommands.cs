using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Storage;
using static Vireo.Drivers.Storage.Volumes.ImageFormat;

namespace Vireo.Drivers.Storage.Volumes;

/// <summary>
/// Arguments of qemu-img for making and resizing images. An encrypted image is converted in two runs, since only a node that exists can be given
/// its key on the target's side.
/// </summary>
public static class ImageCommands
{
    /// <summary>The argument lists, one for each run, that make the image.</summary>
    /// <exception cref="VireoException"><see cref="ErrorCode.ConfigUnsupported"/>: the format cannot do what is asked.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Make(ImageRequest request)
    {
        ImageRules.Check(request);
        ImageFormat image = Of(request.Volume);
        if (request.Content is null)
            return [Create(request, image)];
        ImageFormat content = Of(request.Content);
        return image.Secret is null && content.Secret is null
            ? [["convert", "-f", content.Driver, "-O", image.Driver, .. ImageOptions.Argument(request, image), content.Path, image.Path]]
            : [Create(request, image), Convert(request, content, image)];
    }

    /// <summary>The arguments that change an image's capacity.</summary>
    /// <param name="volume">The image as it is.</param>
    /// <param name="capacity">In bytes.</param>
    /// <param name="shrink">Whether content may be lost.</param>
    /// <param name="secretFile">The file with its secret.</param>
    public static IReadOnlyList<string> Resize(StorageVolumeDef volume, ulong capacity, bool shrink, string? secretFile)
    {
        ImageFormat image = Of(volume);
        string[] how = shrink ? ["--shrink"] : [];
        return image.Secret is null
            ? ["resize", .. how, image.Path, $"{capacity}"]
            : ["resize", .. how, .. Secret(image, secretFile), "--image-opts",
                $"driver={image.Driver},{image.SecretPrefix}key-secret={Comma(image.Secret)},file.filename={Comma(image.Path)}", $"{capacity}"];
    }

    static List<string> Create(ImageRequest request, ImageFormat image)
    {
        StorageVolumeDef volume = request.Volume;
        List<string> words = ["create", "-f", image.Driver];
        if (request.Content is null && volume.BackingStore?.Path is { } below)
            words.AddRange(["-b", below]);
        words.AddRange(Secret(image, request.SecretFile));
        words.AddRange(ImageOptions.Argument(request, image));
        words.Add(image.Path);
        ulong kibibytes = ImageOptions.Kibibytes(volume);
        // Without a size the image below tells it.
        if (kibibytes > 0 || request.Content is not null || volume.BackingStore?.Path is null)
            words.Add($"{kibibytes}K");
        return words;
    }

    static string[] Convert(ImageRequest request, ImageFormat content, ImageFormat image) =>
    [
        "convert", "--image-opts", "-n", "--target-image-opts", .. Secret(image, request.SecretFile), .. Secret(content, request.ContentSecretFile),
        content.Node, image.Node,
    ];

    static string[] Secret(ImageFormat image, string? file) => image.Secret is null ? []
        : ["--object", $"secret,id={Comma(image.Secret)},file={Comma(file ?? throw VireoException.InvalidArgument(ErrorDomain.Storage, "the image's secret is missing"))}"];
}
