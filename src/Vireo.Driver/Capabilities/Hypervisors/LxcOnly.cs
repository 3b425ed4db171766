using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Namespaces of containers.</summary>
[Capability(ErrorDomain.None, Program = WireProgram.Lxc)]
public interface ILxcNamespaces
{
    /// <summary>A descriptor of each namespace that the container has.</summary>
    [Procedure(1, Write = true), CExport("virDomainLxcOpenNamespace")]
    [Acl(DomainRight.OpenNamespace)]
    ValueTask<SafeFileHandle[]> OpenNamespacesAsync(DomainRef domain, uint flags, CancellationToken cancel);
}
