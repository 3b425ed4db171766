using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote.Access;

namespace Vireo.Remote;

public sealed partial class RemoteSession
{
    /// <summary>Opening, closing, login and features.</summary>
    sealed partial class SessionCalls(RemoteSession session) : ISessionCalls, IQemuSessionCalls, IConnectionIdentity
    {
        public async ValueTask OpenAsync(string? name, uint flags, CancellationToken cancel)
        {
            if (Interlocked.Exchange(ref session.opened, null) is { } before)
            {
                // A second open also drops the first one: clients of libvirt see it so.
                Drop(before);
                throw new VireoException(RpcErrors.AlreadyOpen);
            }
            Caller caller = session.MakeCaller(session.Peer.ReadOnly || (flags & (uint)ConnectFlags.Ro) is not 0);
            OpenedConnection made = await session.services.Drivers.OpenAsync(name, caller, cancel).ConfigureAwait(false);
            var connection = new Opened(
                made.DriverType, made.Connection, caller, new SessionObjects(made.Connection.Capabilities, session.Ended));
            try
            {
                session.AskToOpen(connection);
            }
            catch
            {
                Drop(connection);
                throw;
            }
            session.opened = connection;
            if (session.Ended.IsCancellationRequested)
                Drop(Interlocked.Exchange(ref session.opened, null));
        }

        public ValueTask CloseAsync(CancellationToken cancel)
        {
            session.CloseAfterAnswer();
            return default;
        }

        public ValueTask<bool> SupportsFeatureAsync(DriverFeature feature, CancellationToken cancel)
        {
            switch (feature)
            {
                case DriverFeature.ProgramKeepalive:
                    session.Peer.StartKeepalive();
                    return new(true);
                case DriverFeature.FdPassing or DriverFeature.RemoteEventCallback or DriverFeature.RemoteCloseCallback:
                    return new(true);
                default:
                    return session.Require<IConnectionInfo>("virConnectSupportsFeature", ErrorDomain.None)
                        .SupportsFeatureAsync(feature, cancel);
            }
        }

        public ValueTask<int[]> ListLoginMethodsAsync(CancellationToken cancel)
        {
            LoginMethod method = session.services.Login(session.Peer);
            // root is let in where polkit would be asked; asking for the methods is what logs it in.
            if (method is LoginMethod.Polkit && session.Peer.Identity.Uid is 0)
                method = LoginMethod.None;
            if (method is LoginMethod.None)
                session.Peer.LoggedIn = true;
            return new([(int)method]);
        }
    }
}
