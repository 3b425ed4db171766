using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;

namespace Vireo.Driver;

/// <summary>What the connection itself is.</summary>
[Capability(ErrorDomain.Domain)]
public interface IConnectionInfo
{
    /// <summary>The hypervisor's name, such as "QEMU".</summary>
    [Procedure(3, Priority.High, Inline = true), CExport("virConnectGetType")]
    [Acl(ConnectRight.GetAttributes)]
    ValueTask<string> GetTypeAsync(CancellationToken cancel);

    /// <summary>The hypervisor's version: major * 1,000,000 + minor * 1,000 + release.</summary>
    [Procedure(4, Priority.High, Inline = true), CExport("virConnectGetVersion")]
    [Acl(ConnectRight.GetAttributes)]
    ValueTask<ulong> GetVersionAsync(CancellationToken cancel);

    /// <summary>The daemon's library version.</summary>
    [Procedure(157, Priority.High, Inline = true), CExport("virConnectGetLibVersion")]
    [Acl(ConnectRight.GetAttributes)]
    ValueTask<ulong> GetLibraryVersionAsync(CancellationToken cancel);

    /// <summary>The name of the host.</summary>
    [Procedure(59, Priority.High, Inline = true), CExport("virConnectGetHostname")]
    [Acl(ConnectRight.GetAttributes)]
    ValueTask<string> GetHostnameAsync(CancellationToken cancel);

    /// <summary>The canonical URI of the connection.</summary>
    [Procedure(110, Priority.High, Inline = true), CExport("virConnectGetURI")]
    [Acl(ConnectRight.GetAttributes)]
    ValueTask<string> GetUriAsync(CancellationToken cancel);

    /// <summary>Whether nobody can listen to or change what is said.</summary>
    [Procedure(149, Priority.High, Inline = true), CExport("virConnectIsSecure")]
    ValueTask<bool> IsSecureAsync(CancellationToken cancel);

    /// <summary>Whether the driver has a feature. Those of the transport are answered by the daemon before this is asked.</summary>
    ValueTask<bool> SupportsFeatureAsync(DriverFeature feature, CancellationToken cancel);
}

/// <summary>The capabilities document.</summary>
[Capability(ErrorDomain.Domain)]
public interface IHostCapabilities
{
    /// <summary>What host and hypervisor can do, as a document.</summary>
    [Procedure(7, Inline = true), CExport("virConnectGetCapabilities")]
    [Acl(ConnectRight.Read)]
    ValueTask<string> GetCapabilitiesAsync(CancellationToken cancel);

    /// <summary>The most vCPUs a guest of a virtualisation type may have.</summary>
    [Procedure(5, Priority.High, Inline = true), CExport("virConnectGetMaxVcpus")]
    [Acl(ConnectRight.Read)]
    ValueTask<int> GetMaxVcpusAsync(string? type, CancellationToken cancel);
}

/// <summary>What guests may have.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainCapabilities
{
    /// <summary>What a guest of this emulator, architecture and machine may have, as a document.</summary>
    [Procedure(342, Inline = true, Write = true), CExport("virConnectGetDomainCapabilities")]
    [Acl(ConnectRight.Write)]
    ValueTask<string> GetDomainCapabilitiesAsync(
        string? emulator, string? arch, string? machine, string? virtType, uint flags, CancellationToken cancel);
}

/// <summary>Who the real caller is, told by a forwarding daemon.</summary>
[Capability(ErrorDomain.Domain)]
public interface IConnectionIdentity
{
    /// <summary>Replaces the caller's identity.</summary>
    [Procedure(419), CExport("virConnectSetIdentity")]
    [Acl(ConnectRight.Write)]
    ValueTask SetIdentityAsync([Bound(20)] TypedParameter[] identity, uint flags, CancellationToken cancel);
}
