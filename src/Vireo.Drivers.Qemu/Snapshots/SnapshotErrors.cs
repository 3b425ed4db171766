using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Drivers.Qemu.Snapshots;

/// <summary>What callers of snapshots meet, in libvirt's codes and words.</summary>
static class SnapshotErrors
{
    internal static VireoException None(string what) => new(ErrorCode.NoDomainSnapshot, ErrorDomain.Qemu, what);

    internal static VireoException Config(string what) => new(ErrorCode.ConfigUnsupported, ErrorDomain.DomainSnapshot, what);

    internal static VireoException Operation(string what) => new(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, what);

    internal static VireoException Argument(string what) => VireoException.InvalidArgument(ErrorDomain.Qemu, what);

    internal static void Needs(bool has, string flag, bool needed, string by)
    {
        if (has && !needed)
            throw Bare($"Flag '{by}' is required by flag '{flag}'");
    }

    internal static void Apart(bool one, string first, bool other, string second)
    {
        if (one && other)
            throw Bare($"Flags '{first}' and '{second}' are mutually exclusive");
    }

    // libvirt says this without the words that usually stand before an argument's error.
    static VireoException Bare(string text) => new(new VirError(ErrorCode.InvalidArg, ErrorDomain.Qemu, text));
}
