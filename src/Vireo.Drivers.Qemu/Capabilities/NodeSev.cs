using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Offers;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Memory encryption of the host: what its own kind of QEMU says of it.</summary>
sealed class NodeSev(QemuKeeper keeper) : INodeSev
{
    public async ValueTask<TypedParameter[]> GetSevInformationAsync(uint flags, CancellationToken cancel)
    {
        NodeNumbers.None(flags, "qemuNodeGetSEVInfo", ErrorDomain.Qemu);
        QemuFacts facts = await keeper.Node.DefaultAsync(cancel).ConfigureAwait(false);
        if (facts.Sev is not { } sev)
            throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, "QEMU does not support SEV guest");
        SevLimits limits = OfferedHost.Sev() ?? default;
        return
        [
            new("pdh", sev.Pdh),
            new("cert-chain", sev.CertChain),
            new("cbitpos", sev.CBitPos),
            new("reduced-phys-bits", sev.ReducedPhysBits),
            new("max-guests", limits.MaxGuests),
            new("max-es-guests", limits.MaxEsGuests),
            .. sev.Cpu0Id is { } id ? [new TypedParameter("cpu0-id", id)] : (TypedParameter[])[],
        ];
    }
}
