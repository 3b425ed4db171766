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

    /// <summary>Refuses to be asked for both the running and the stored state, as libvirt's public function does.</summary>
    public static void NotBoth(DomainModificationImpact flags, string function) =>
        NotTogether(flags, DomainModificationImpact.Live, "VIR_DOMAIN_AFFECT_LIVE", DomainModificationImpact.Config, "VIR_DOMAIN_AFFECT_CONFIG", function);

    /// <summary>The same where libvirt finds it out later, among its own definitions of the domain.</summary>
    public static void NotBothDefinitions(DomainModificationImpact flags)
    {
        if (flags.HasFlag(DomainModificationImpact.Live | DomainModificationImpact.Config))
            throw Refused(ErrorDomain.Domain, "Flags 'VIR_DOMAIN_AFFECT_LIVE' and 'VIR_DOMAIN_AFFECT_CONFIG' are mutually exclusive", "virDomainObjGetOneDefState", "flags");
    }

    /// <summary>Refuses two flags that exclude each other.</summary>
    public static void NotTogether<T>(T flags, T one, string oneName, T other, string otherName, string function, ErrorDomain from = ErrorDomain.Domain)
        where T : struct, Enum
    {
        if (flags.HasFlag(one) && flags.HasFlag(other))
            throw Refused(from, $"Flags '{oneName}' and '{otherName}' are mutually exclusive", function);
    }

    /// <summary>Refuses a flag without another one that it needs.</summary>
    public static void Needs<T>(T flags, T one, string oneName, T other, string otherName, string function, ErrorDomain from = ErrorDomain.Domain)
        where T : struct, Enum
    {
        if (flags.HasFlag(one) && !flags.HasFlag(other))
            throw Refused(from, $"Flag '{otherName}' is required by flag '{oneName}'", function);
    }

    /// <summary>An argument that libvirt's public function refuses in words of its own.</summary>
    public static VireoException Refused(ErrorDomain from, string message, string function, string argument = "ctl") =>
        new(new VirError(ErrorCode.InvalidArg, from, message, Str1: function, Str2: argument, Int1: 0, Int2: 0));
}
