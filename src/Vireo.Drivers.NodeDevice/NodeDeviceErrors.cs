using Vireo.Core.Errors;

namespace Vireo.Drivers.NodeDevice;

/// <summary>The errors of this driver, in libvirt's wording.</summary>
static class NodeDeviceErrors
{
    public static VireoException NoDevice(string name) => new(ErrorCode.NoNodeDevice, ErrorDomain.Nodedev, $"no node device with matching name '{name}'");

    public static VireoException NoAdapter(string wwnn, string wwpn) =>
        new(ErrorCode.NoNodeDevice, ErrorDomain.Nodedev, $"no node device with matching wwnn '{wwnn}' and wwpn '{wwpn}'");

    /// <summary>A device that was made did not come.</summary>
    public static VireoException NotCome(string what) => new(ErrorCode.NoNodeDevice, ErrorDomain.Nodedev, $"no node device for '{what}' appeared");

    public static VireoException Unsupported(string detail) => new(ErrorCode.ConfigUnsupported, ErrorDomain.Nodedev, detail);

    public static VireoException WrongKind() => Unsupported("Unsupported device type");

    public static VireoException NotThisOperation() => new(ErrorCode.OperationUnsupported, ErrorDomain.Nodedev, "Unsupported device type");

    public static VireoException Invalid(string detail) => VireoException.OperationInvalid(ErrorDomain.Nodedev, detail);

    /// <summary>Refuses flags outside of those that a function knows.</summary>
    public static void Only(uint flags, uint known, string function)
    {
        if ((flags & ~known) is not 0 and var rest)
            throw VireoException.UnsupportedFlags(rest, function, ErrorDomain.Nodedev);
    }
}
