using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor;

/// <summary>Which QEMU it is, as its greeting and query-version say.</summary>
public sealed record QmpGreeting(int Major, int Minor, int Micro, string Package)
{
    /// <summary>The version as libvirt counts it: 7.2.22 is 7002022.</summary>
    public uint Version => (uint)(Major * 1_000_000 + Minor * 1000 + Micro);

    internal static QmpGreeting Read(JsonElement greeting) => ReadVersion(greeting.Member("version") ?? default);

    internal static QmpGreeting ReadVersion(JsonElement version)
    {
        var qemu = version.Member("qemu") ?? throw QmpErrors.Malformed("no version");
        return new((int)(qemu.Number("major") ?? 0), (int)(qemu.Number("minor") ?? 0), (int)(qemu.Number("micro") ?? 0),
            version.Text("package") ?? "");
    }
}
