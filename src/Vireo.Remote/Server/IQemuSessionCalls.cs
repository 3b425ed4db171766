using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Remote;

/// <summary>Registrations for events of QEMU's monitor, which the session itself answers.</summary>
[Capability(ErrorDomain.None, Program = WireProgram.Qemu)]
interface IQemuSessionCalls
{
    [Procedure(4, Priority.High, Inline = true, Write = true), CExport("virConnectDomainQemuMonitorEventRegister")]
    [Acl(ConnectRight.SearchDomains), Acl(ConnectRight.Write), Acl(DomainRight.GetAttributes, Filter = true)]
    ValueTask<int> RegisterMonitorAsync(DomainRef? only, string? name, QemuMonitorEventFlags flags, CancellationToken cancel);

    [Procedure(5, Priority.High, Inline = true), CExport("virConnectDomainQemuMonitorEventDeregister")]
    [Acl(ConnectRight.Write)]
    ValueTask DeregisterMonitorAsync(int callback, CancellationToken cancel);
}
