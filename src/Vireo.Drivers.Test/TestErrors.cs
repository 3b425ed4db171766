using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Drivers.Test;

/// <summary>The errors of this driver, in libvirt's wording.</summary>
static class TestErrors
{
    const ErrorDomain Here = ErrorDomain.Test;

    public static VireoException NoDomain() => new(ErrorCode.NoDomain, Here);

    public static VireoException NoDomain(DomainRef domain) =>
        new(ErrorCode.NoDomain, Here, $"no domain with matching uuid '{domain.Uuid}' ({domain.Name})");

    public static VireoException NotRunning() => VireoException.OperationInvalid(ErrorDomain.Domain, "domain is not running");

    public static VireoException NotPersistent() =>
        VireoException.OperationInvalid(ErrorDomain.Domain, "transient domains do not have any persistent config");

    /// <summary>Refuses flags outside of those that a function knows; the message names libvirt's function.</summary>
    public static void Only<T>(this T flags, T known, string function) where T : unmanaged, Enum
    {
        uint rest = System.Runtime.CompilerServices.Unsafe.BitCast<T, uint>(flags) & ~System.Runtime.CompilerServices.Unsafe.BitCast<T, uint>(known);
        rest.None(function);
    }

    /// <summary>Refuses any flag.</summary>
    public static void None(this uint flags, string function)
    {
        if (flags is not 0)
        {
            throw new VireoException(new VirError(ErrorCode.InvalidArg, Here, $"unsupported flags (0x{flags:x}) in function {function}",
                Str1: function, Str2: "flags", Int1: 0, Int2: 0));
        }
    }

    /// <summary>Refuses to be asked for both the running and the stored state.</summary>
    public static void NotBoth(bool live, bool config, string function)
    {
        if (live && config)
        {
            throw new VireoException(new VirError(ErrorCode.InvalidArg, ErrorDomain.Domain,
                "Flags 'VIR_DOMAIN_AFFECT_LIVE' and 'VIR_DOMAIN_AFFECT_CONFIG' are mutually exclusive", Str1: function, Str2: "ctl", Int1: 0, Int2: 0));
        }
    }
}
