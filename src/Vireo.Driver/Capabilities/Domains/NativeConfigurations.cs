using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Reading configurations of hypervisors.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainXmlFromNative
{
    /// <summary>A document that means the same as a native configuration.</summary>
    [Procedure(135, Write = true), CExport("virConnectDomainXMLFromNative")]
    [Acl(ConnectRight.Write)]
    ValueTask<string> ConvertFromNativeAsync(string format, string configuration, uint flags, CancellationToken cancel);
}

/// <summary>Writing configurations of hypervisors.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainXmlToNative
{
    /// <summary>The native configuration that means the same as a document.</summary>
    [Procedure(136, Write = true), CExport("virConnectDomainXMLToNative")]
    [Acl(ConnectRight.Write)]
    ValueTask<string> ConvertToNativeAsync(string format, string xml, uint flags, CancellationToken cancel);
}
