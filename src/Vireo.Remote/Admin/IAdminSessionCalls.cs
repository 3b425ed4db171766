using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Remote;

/// <summary>Opening and closing, which the session itself answers.</summary>
[Capability(ErrorDomain.Admin, Program = WireProgram.Admin)]
interface IAdminSessionCalls
{
    [Procedure(1, Inline = true), CExport("virAdmConnectOpen")]
    ValueTask OpenAsync(uint flags, CancellationToken cancel);

    [Procedure(2, Inline = true), CExport("virAdmConnectClose")]
    ValueTask CloseAsync(CancellationToken cancel);
}
