using Vireo.Core.Errors;

namespace Vireo.Drivers.Interface;

/// <summary>The errors of this driver, in libvirt's wording.</summary>
static class InterfaceErrors
{
    public static VireoException NoInterface(string name) => new(ErrorCode.NoInterface, ErrorDomain.Interface, $"couldn't find interface named '{name}'");

    public static VireoException NoMac(string mac) => new(ErrorCode.NoInterface, ErrorDomain.Interface, $"couldn't find interface with MAC address '{mac}'");

    public static VireoException ManyMacs(string mac) => new(ErrorCode.MultipleInterfaces, ErrorDomain.Interface, $"the MAC address '{mac}' matches multiple interfaces");

    /// <summary>Refuses flags outside of those that a function knows.</summary>
    public static void Only(uint flags, uint known, string function)
    {
        if ((flags & ~known) is not 0 and var rest)
            throw VireoException.UnsupportedFlags(rest, function, ErrorDomain.Interface);
    }
}
