using Vireo.Core.Errors;

namespace Vireo.Drivers.Test.Host;

/// <summary>What there is none of, in libvirt's wording.</summary>
static class ObjectErrors
{
    const ErrorDomain Here = ErrorDomain.Test;

    public static VireoException NoNetwork(string by, string value) => None(ErrorCode.NoNetwork, "network", by, value);

    public static VireoException NoPool(string by, string value) => None(ErrorCode.NoStoragePool, "storage pool", by, value);

    public static VireoException NoVolume(string by, string value) => None(ErrorCode.NoStorageVol, "storage vol", by, value);

    public static VireoException NoInterface(string by, string value) => None(ErrorCode.NoInterface, "interface", by, value);

    public static VireoException NoNodeDevice(string name) => None(ErrorCode.NoNodeDevice, "node device", "name", name);

    static VireoException None(ErrorCode code, string what, string by, string value) => new(code, Here, $"no {what} with matching {by} '{value}'");
}
