using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>A trusted platform module.</summary>
[Element("tpm")]
public sealed partial record Tpm : Device
{
    [Attr("model")] [Abi(Text = "Target TPM device model doesn't match source")] public TpmModel? Model { get; init; }
    [Child("backend", Missing = "xml|missing TPM device backend")] [Abi] public required TpmBackend Backend { get; init; }
}

[WireNames] public enum TpmModel { [Wire("tpm-tis")] Tis, [Wire("tpm-crb")] Crb, [Wire("tpm-spapr")] Spapr, [Wire("spapr-tpm-proxy")] SpaprProxy }

/// <summary>What is behind it.</summary>
[Union]
[Abi(Text = "Target TPM device type doesn't match source")]
public abstract partial record TpmBackend
{
    /// <summary>The host's own.</summary>
    [Case("passthrough")]
    public sealed partial record OfPassthrough : TpmBackend
    {
        [Attr("path", In = "device")] public string? Path { get; init; }
    }

    /// <summary>A program, one for each machine.</summary>
    [Case("emulator")]
    public sealed partial record OfEmulator : TpmBackend
    {
        [Attr("version")] [Abi(Text = "Target TPM version doesn't match source")] public TpmVersion? Version { get; init; }
        [Attr("persistent_state", Since = "7.0.0")] public bool? PersistentState { get; init; }
        [Attr("secret", In = "encryption", Since = "5.6.0")] public Uuid? EncryptionSecret { get; init; }
        [Child("active_pcr_banks", Since = "7.10.0")] [Abi(Text = "Target active PCR banks doesn't match source")] public TpmPcrBanks? ActivePcrBanks { get; init; }
    }

    /// <summary>A program that somebody else runs.</summary>
    [Case("external")]
    public sealed partial record OfExternal : TpmBackend
    {
        [Attr("type", In = "source")] public string? SourceType { get; init; }
        [Attr("mode", In = "source")] public ChardevMode? Mode { get; init; }
        [Attr("path", In = "source")] public string? Path { get; init; }
    }
}

[WireNames] public enum TpmVersion { [Wire("default")] Default, [Wire("1.2")] V1_2, [Wire("2.0")] V2_0 }

/// <summary>Which digests are kept.</summary>
[Element("active_pcr_banks", OmitEmpty = true)]
public sealed partial record TpmPcrBanks
{
    [Flag("sha1")] public bool Sha1 { get; init; }
    [Flag("sha256")] public bool Sha256 { get; init; }
    [Flag("sha384")] public bool Sha384 { get; init; }
    [Flag("sha512")] public bool Sha512 { get; init; }
}
