using Vireo.Core.Errors;

namespace Vireo.Tests.Contracts;

/// <summary>What differs between drivers of storage.</summary>
/// <param name="Folder">Where the pools c1, c2 and c3 are.</param>
/// <param name="NotKept">What autostart of a pool that is not kept is.</param>
/// <param name="Taken">What a second volume of a name is.</param>
/// <param name="NoRoom">What a volume is for which there is no room.</param>
public sealed record StorageTraits(string Folder, ErrorCode NotKept, ErrorCode Taken, ErrorCode NoRoom)
{
    /// <summary>Of libvirt's test driver.</summary>
    public static StorageTraits OfTestDriver { get; } = new("/contract", ErrorCode.InvalidArg, ErrorCode.OperationFailed, ErrorCode.InternalError);
}
