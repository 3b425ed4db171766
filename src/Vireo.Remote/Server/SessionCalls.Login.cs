using Vireo.Core.Errors;
using Vireo.Rpc.Security;

namespace Vireo.Remote;

public sealed partial class RemoteSession
{
    SaslSession? sasl;

    /// <content>The methods of the login.</content>
    sealed partial class SessionCalls
    {
        bool Expects(LoginMethod method) => !session.Peer.LoggedIn && session.services.Login(session.Peer) == method;

        public ValueTask<string> BeginSaslAsync(CancellationToken cancel)
        {
            if (!Expects(LoginMethod.Sasl) || session.sasl is not null)
                throw Refused("client tried invalid SASL init request");
            try
            {
                session.sasl = SaslSession.Begin(session.Peer, session.services.Sasl.MinTcpStrength);
            }
            catch (VireoException e)
            {
                throw Refused(e.Message);
            }
            if (session.Ended.IsCancellationRequested)
                session.sasl.Dispose();
            return new(session.sasl.Mechanisms);
        }

        public ValueTask<SaslReply> StartSaslAsync(string mechanism, bool none, byte[] data, CancellationToken cancel) =>
            new(GoOn(sasl => sasl.Start(mechanism, none ? null : data), "start"));

        public ValueTask<SaslReply> StepSaslAsync(bool none, byte[] data, CancellationToken cancel) =>
            new(GoOn(sasl => sasl.Step(none ? null : data), "step"));

        SaslReply GoOn(Func<SaslSession, SaslAnswer> step, string what)
        {
            if (!Expects(LoginMethod.Sasl) || session.sasl is not { } sasl)
                throw Refused($"client tried invalid SASL {what} request");
            SaslAnswer answer;
            try
            {
                answer = step(sasl);
            }
            catch (VireoException e)
            {
                throw Refused(e.Message);
            }
            if (answer.Complete)
                Welcome(sasl);
            return new SaslReply(answer.Complete, answer.Data is null, answer.Data ?? []);
        }

        void Welcome(SaslSession sasl)
        {
            string name = sasl.Name!;
            if (session.services.Sasl.AllowedNames is { } allowed && !allowed.Any(pattern => DistinguishedName.Fits(pattern, name)))
            {
                sasl.Dispose();
                throw Refused($"SASL client identity '{name}' not allowed in allowlist");
            }
            session.Peer.SaslName = name;
            session.WrapAfterAnswer(sasl.Layer);
            session.Peer.LoggedIn = true;
        }

        public async ValueTask<bool> LogInByPolkitAsync(CancellationToken cancel)
        {
            if (!Expects(LoginMethod.Polkit) || session.services.Polkit is not { } polkit)
                throw Refused("client tried invalid polkit init request");
            try
            {
                if (!await polkit(session.Peer, cancel).ConfigureAwait(false))
                    throw Refused("access denied by policy");
            }
            catch (VireoException e)
            {
                session.services.LoginFailed?.Invoke(session.Peer, e.Message);
                throw;
            }
            session.Peer.LoggedIn = true;
            return true;
        }

        /// <summary>All that a client learns; why is for the log.</summary>
        VireoException Refused(string why)
        {
            session.services.LoginFailed?.Invoke(session.Peer, why);
            return new VireoException(ErrorCode.AuthFailed, ErrorDomain.Rpc, "authentication failed");
        }
    }
}
