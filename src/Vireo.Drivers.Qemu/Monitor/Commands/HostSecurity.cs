using System.Text.Json;
using Vireo.Drivers.Qemu.Facts;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>What AMD's processor offers to encrypted guests; refused where it offers nothing.</summary>
public sealed record QuerySevCapabilities : IQmpCommand<SevFacts>
{
    /// <inheritdoc/>
    public string Name => "query-sev-capabilities";

    /// <inheritdoc/>
    public SevFacts Read(JsonElement reply) => new(
        (uint)(reply.Number("cbitpos") ?? 0), (uint)(reply.Number("reduced-phys-bits") ?? 0),
        reply.Needed("pdh"), reply.Needed("cert-chain"), reply.Text("cpu0-id"));
}

/// <summary>What Intel's processor offers to enclaves; refused where it offers nothing. Sizes come in bytes.</summary>
public sealed record QuerySgxCapabilities : IQmpCommand<SgxFacts>
{
    const ulong BytesPerKiB = 1024;

    /// <inheritdoc/>
    public string Name => "query-sgx-capabilities";

    /// <inheritdoc/>
    public SgxFacts Read(JsonElement reply)
    {
        SgxSection[] sections =
        [
            .. reply.Items("sections").Select(static s => new SgxSection((int)(s.Number("node") ?? 0), (s.Unsigned("size") ?? 0) / BytesPerKiB)),
        ];
        ulong whole = reply.Unsigned("section-size") is { } bytes ? bytes / BytesPerKiB : sections.Aggregate(0ul, static (sum, s) => sum + s.SizeKiB);
        return new SgxFacts(reply.Flag("flc") is true, reply.Flag("sgx1") is true, reply.Flag("sgx2") is true, whole, [.. sections]);
    }
}

/// <summary>Interrupt controllers of Arm machines, and who can provide them.</summary>
public sealed record QueryGicCapabilities : IQmpCommand<IReadOnlyList<GicFacts>>
{
    /// <inheritdoc/>
    public string Name => "query-gic-capabilities";

    /// <inheritdoc/>
    public IReadOnlyList<GicFacts> Read(JsonElement reply) =>
        [.. reply.Items().Select(static g => new GicFacts((int)(g.Number("version") ?? 0), g.Flag("kernel") is true, g.Flag("emulated") is true))];
}
