using Vireo.Driver;
using Vireo.Model.NodeDevice;

namespace Vireo.Drivers.NodeDevice;

/// <summary>A device as it is now.</summary>
/// <param name="Def">Its document when it was looked at last, without a parent if it is active.</param>
/// <param name="SysPath">Its folder below /sys; null: it is defined only, or it is the computer.</param>
sealed record KnownDevice(NodeDeviceDef Def, string? SysPath)
{
    public string Name => Def.Name!;

    public NodeDeviceRef Ref => new(Name);

    public bool IsActive { get; init; } = true;

    /// <summary>Its definition as mdevctl keeps it; null: it keeps none.</summary>
    public NodeDeviceDef? Kept { get; init; }

    public bool Autostart { get; init; }

    public bool IsPersistent => Kept is not null || IsComputer;

    public bool IsComputer => SysPath is null && IsActive;

    public NodeCapability.OfMdev? Mdev => Def.Capabilities.OfType<NodeCapability.OfMdev>().FirstOrDefault();
}
