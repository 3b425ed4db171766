namespace Vireo.Drivers.Qemu.Settings;

/// <summary>Firmwares by the paths of their code, each with the store that its variables begin as: those of qemu.conf's nvram, else the usual ones.</summary>
static class FirmwarePairs
{
    static readonly Dictionary<string, string> usual = new(StringComparer.Ordinal)
    {
        ["/usr/share/OVMF/OVMF_CODE.fd"] = "/usr/share/OVMF/OVMF_VARS.fd",
        ["/usr/share/OVMF/OVMF_CODE.secboot.fd"] = "/usr/share/OVMF/OVMF_VARS.fd",
        ["/usr/share/AAVMF/AAVMF_CODE.fd"] = "/usr/share/AAVMF/AAVMF_VARS.fd",
        ["/usr/share/AAVMF/AAVMF32_CODE.fd"] = "/usr/share/AAVMF/AAVMF32_VARS.fd",
    };

    /// <summary>Code to variables.</summary>
    internal static IReadOnlyDictionary<string, string> Of(QemuConfig config)
    {
        if (config.Nvram is not { } written)
            return usual;
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in written)
            if (pair.Split(':') is [{ Length: > 0 } code, { Length: > 0 } variables])
                pairs.TryAdd(code, variables);
        return pairs;
    }
}
