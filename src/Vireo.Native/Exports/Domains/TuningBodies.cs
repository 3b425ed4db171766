using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports.Domains;

/// <summary>Limits of disks, which are named only where they are read, not where they are counted.</summary>
static unsafe class TuningBodies
{
    [CBody("virDomainGetBlockIoTune")]
    internal static int GetBlockIoTune(Handle* domain, byte* disk, CTypedParameter* to, int* count, uint flags)
    {
        const string me = "virDomainGetBlockIoTune";
        const ErrorDomain from = ErrorDomain.Domain;
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, from);
        NotNull(count, "nparams", me, from);
        NotNegative(*count, "*nparams", me, from);
        if (*count != 0)
        {
            NotNull(to, "params", me, from);
            NotNull(disk, "disk", me, from);
        }
        return Parameters.Give(Sync.Of(connection.Require<IDomainBlockIoTune>(me, from).GetBlockIoTuneAsync(
            Refs.ToDomainRef(domain), CMemory.Read(disk), (DomainModificationImpact)(flags & ~4u), default)), to, count);
    }
}
