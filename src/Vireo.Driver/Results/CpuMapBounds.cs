using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>What a caller may ask for of lists and maps whose size he names: looked at before anything of that size is made.</summary>
public static class CpuMapBounds
{
    const int MostInfos = 16384, MostMapBytes = 8388608;    // REMOTE_VCPUINFO_MAX, REMOTE_CPUMAPS_MAX

    /// <summary>Refuses more entries or longer maps than an answer can hold, as libvirtd does.</summary>
    /// <param name="count">Entries asked for, more than 0.</param>
    /// <param name="mapLength">Bytes of the map of each, at least 0.</param>
    /// <param name="symbol">The function of the C library, for the message.</param>
    /// <exception cref="VireoException">InternalError for what is too much, InvalidArg for what is too little.</exception>
    public static void Check(int count, int mapLength, string symbol)
    {
        if (count <= 0)
            throw VireoException.InvalidArgument(ErrorDomain.Domain, $"maxinfo in {symbol} must be greater than zero");
        if (mapLength < 0)
            throw VireoException.InvalidArgument(ErrorDomain.Domain, $"maplen in {symbol} must be zero or greater");
        if (count > MostInfos)
            throw VireoException.Internal(ErrorDomain.Rpc, "maxinfo > REMOTE_VCPUINFO_MAX");
        if ((long)count * mapLength > MostMapBytes)
            throw VireoException.Internal(ErrorDomain.Rpc, "maxinfo * maplen > REMOTE_CPUMAPS_MAX");
    }
}
