using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Drivers.Secret;

/// <summary>The errors of this driver, in libvirt's wording.</summary>
static class SecretErrors
{
    public static VireoException NoSecretOf(Uuid uuid) => NoSecret($"no secret with matching uuid '{uuid}'");

    public static VireoException NoSecretFor(string usage) => NoSecret($"no secret with matching usage '{usage}'");

    public static VireoException NoValue(Uuid uuid) => NoSecret($"secret '{uuid}' does not have a value");

    public static VireoException WrongUsage(Uuid uuid, SecretUsageType own, SecretUsageType wanted) => VireoException.InvalidArgument(
        ErrorDomain.Secret, $"secret with uuid {uuid} is of type '{Name(own)}' not expected '{Name(wanted)}' type");

    static string Name(SecretUsageType usage) => usage switch
    {
        SecretUsageType.Volume => "volume",
        SecretUsageType.Ceph => "ceph",
        SecretUsageType.Iscsi => "iscsi",
        SecretUsageType.Tls => "tls",
        SecretUsageType.Vtpm => "vtpm",
        _ => "none",
    };

    static VireoException NoSecret(string text) => new(ErrorCode.NoSecret, ErrorDomain.Secret, text);

    /// <summary>Nothing is no value: libvirt's daemon finds no pointer to it.</summary>
    public static VireoException Empty() => new(new VirError(ErrorCode.InvalidArg, ErrorDomain.Secret, "value in virSecretSetValue must not be NULL",
        Str1: "virSecretSetValue", Str2: "value", Int1: 0, Int2: 0));

    public static VireoException IsPrivate() => new(ErrorCode.InvalidSecret, ErrorDomain.Secret, "secret is private");

    public static VireoException Taken(Uuid uuid, string usage, bool bySame) =>
        VireoException.Internal(ErrorDomain.Secret, $"a secret with UUID {uuid} {(bySame ? "is already" : "already")} defined for use with {usage}");

    /// <summary>Refuses flags outside of those that a function knows.</summary>
    public static void Only(uint flags, uint known, string function)
    {
        if ((flags & ~known) is not 0 and var rest)
            throw VireoException.UnsupportedFlags(rest, function, ErrorDomain.Secret);
    }
}
