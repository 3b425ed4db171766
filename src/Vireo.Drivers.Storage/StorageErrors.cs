using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Drivers.Storage;

/// <summary>The errors of this driver, in libvirt's wording.</summary>
static class StorageErrors
{
    const ErrorDomain Here = ErrorDomain.Storage;

    public static VireoException NoPoolNamed(string name) => NoPool($"no storage pool with matching name '{name}'");

    public static VireoException NoPoolOf(Uuid uuid) => NoPool($"no storage pool with matching uuid '{uuid}'");

    public static VireoException NoPool(StoragePoolRef pool) => NoPool($"no storage pool with matching uuid '{pool.Uuid}' ({pool.Name})");

    public static VireoException NoPool(string text) => new(ErrorCode.NoStoragePool, Here, text);

    public static VireoException NoVolumeNamed(string name) => NoVolume($"no storage vol with matching name '{name}'");

    public static VireoException NoVolumeAt(string path) => NoVolume($"no storage vol with matching path '{path}'");

    public static VireoException NoVolume(string text) => new(ErrorCode.NoStorageVol, Here, text);

    public static VireoException Invalid(string text) => VireoException.OperationInvalid(Here, text);

    public static VireoException Failed(string text) => new(ErrorCode.OperationFailed, Here, text);

    public static VireoException Unsupported(string text) => new(ErrorCode.ConfigUnsupported, Here, text);

    public static VireoException Internal(string text) => VireoException.Internal(Here, text);

    /// <summary>A system call of the backend's that failed.</summary>
    public static VireoException System(int errno, string text) => VireoException.System(Here, errno, text);

    /// <summary>A system call of a helper's, which libvirt reports from nowhere in particular.</summary>
    public static VireoException SystemAnywhere(int errno, string text) => VireoException.System(ErrorDomain.None, errno, text);

    /// <summary>Refuses flags outside of those that a function knows; the message names libvirt's function.</summary>
    public static void Only<T>(this T flags, T known, string function) where T : unmanaged, Enum
    {
        uint rest = global::System.Runtime.CompilerServices.Unsafe.BitCast<T, uint>(flags) & ~global::System.Runtime.CompilerServices.Unsafe.BitCast<T, uint>(known);
        rest.None(function);
    }

    /// <summary>Refuses any flag.</summary>
    public static void None(this uint flags, string function)
    {
        if (flags is not 0)
            throw VireoException.UnsupportedFlags(flags, function, Here);
    }

    /// <summary>Refuses two flags that exclude each other.</summary>
    public static void NotTogether<T>(this T flags, T one, string oneName, T other, string otherName, string function) where T : struct, Enum
    {
        if (flags.HasFlag(one) && flags.HasFlag(other))
        {
            throw new VireoException(new VirError(ErrorCode.InvalidArg, Here, $"Flags '{oneName}' and '{otherName}' are mutually exclusive",
                Str1: function, Str2: "ctl", Int1: 0, Int2: 0));
        }
    }
}
