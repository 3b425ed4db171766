using Vireo.Core.Errors;
using Vireo.Host.Files;

namespace Vireo.Hypervisor.Security;

/// <summary>
/// While this is there, sockets that the thread makes are born with a label. It is the thread's, so nothing is awaited meanwhile: the compiler refuses it.
/// </summary>
public readonly ref struct SocketLabel : IDisposable
{
    readonly FileSystemRoot? root;
    readonly bool isEnforcing;

    SocketLabel(FileSystemRoot root, bool isEnforcing) => (this.root, this.isEnforcing) = (root, isEnforcing);

    /// <summary>Labels the sockets that come.</summary>
    /// <exception cref="VireoException">The kernel refuses it though the policy is enforced.</exception>
    internal static SocketLabel Use(FileSystemRoot root, bool isEnforcing, string label)
    {
        int errno = ThreadLabel.Set(root, ThreadLabel.OfSockets, label);
        if (errno != 0 && isEnforcing)
            throw VireoException.System(ErrorDomain.Security, errno, $"unable to set socket security context '{label}'");
        return new SocketLabel(root, isEnforcing);
    }

    /// <summary>Sockets are born as ever.</summary>
    /// <exception cref="VireoException">The kernel refuses it though the policy is enforced: the thread would go on labelling what is none of the guest's.</exception>
    public void Dispose()
    {
        if (root is not null && ThreadLabel.Set(root, ThreadLabel.OfSockets, null) is not 0 and var errno && isEnforcing)
            throw VireoException.System(ErrorDomain.Security, errno, "unable to clear socket security context '(null)'");
    }
}
