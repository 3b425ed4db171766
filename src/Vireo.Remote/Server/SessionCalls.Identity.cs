using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Remote.Forward;

namespace Vireo.Remote;

public sealed partial class RemoteSession
{
    /// <content>A daemon between a client and this one says who the client is.</content>
    sealed partial class SessionCalls
    {
        public async ValueTask SetIdentityAsync(TypedParameter[] identity, uint flags, CancellationToken cancel)
        {
            if (flags is not 0)
                throw VireoException.InvalidArgument(ErrorDomain.Rpc, $"unsupported flags (0x{flags:x}) in function virConnectSetIdentity");
            Opened connection = session.opened ?? throw new VireoException(RpcErrors.NotOpen);
            // Whoever may say who calls may be anybody: that is for those who could do as much without asking.
            if (session.Peer.Identity.Uid is not { } uid || (uid is not 0 && uid != session.services.OwnUser))
                throw new VireoException(ErrorCode.AccessDenied, ErrorDomain.Access, "only root and the daemon's own user may say for whom they call");
            Caller told = WireIdentity.Read(identity, session.Peer.ReadOnly || connection.Caller.ReadOnly);
            told = session.services.Identify?.Invoke(told) ?? told;
            if (connection.Connection is IFollowsIdentity follows)
                await follows.TellIdentityAsync(told, cancel).ConfigureAwait(false);
            if (Interlocked.CompareExchange(ref session.opened, connection with { Caller = told }, connection) != connection)
                throw new VireoException(RpcErrors.NotOpen);
        }
    }
}
