using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;

namespace Vireo.Remote;

public sealed partial class RemoteSession
{
    /// <content>A daemon between a client and this one says who the client is.</content>
    sealed partial class SessionCalls
    {
        public ValueTask SetIdentityAsync(TypedParameter[] identity, uint flags, CancellationToken cancel)
        {
            if (flags is not 0)
                throw VireoException.InvalidArgument(ErrorDomain.Rpc, $"unsupported flags (0x{flags:x}) in function virConnectSetIdentity");
            Opened connection = session.opened ?? throw new VireoException(RpcErrors.NotOpen);
            // Whoever may say who calls may be anybody: that is for those who could do as much without asking.
            if (session.Peer.Identity.Uid is not { } uid || (uid is not 0 && uid != session.services.OwnUser))
                throw new VireoException(ErrorCode.AccessDenied, ErrorDomain.Access, "only root and the daemon's own user may say for whom they call");
            Caller told = Told(identity, session.Peer.ReadOnly || connection.Caller.ReadOnly);
            told = session.services.Identify?.Invoke(told) ?? told;
            if (Interlocked.CompareExchange(ref session.opened, connection with { Caller = told }, connection) != connection)
                throw new VireoException(RpcErrors.NotOpen);
            return default;
        }

        // What is not told is unknown: nothing of the one in between is lent to the client behind it.
        static Caller Told(TypedParameter[] identity, bool readOnly)
        {
            var caller = new Caller(readOnly);
            var seen = new HashSet<string>();
            foreach (TypedParameter one in identity)
            {
                if (!seen.Add(one.Name))
                    throw VireoException.InvalidArgument(ErrorDomain.Rpc, $"parameter '{one.Name}' occurs multiple times");
                caller = (one.Name, one.Type) switch
                {
                    ("user-name", ParameterType.String) => caller with { UserName = one.AsString },
                    ("unix-user-id", ParameterType.ULong) => caller with { UserId = Id(one) },
                    ("group-name", ParameterType.String) => caller with { Groups = [one.AsString] },
                    ("unix-group-id", ParameterType.ULong) => caller with { GroupId = Id(one) },
                    ("process-id", ParameterType.Long) => caller with { ProcessId = Process(one) },
                    ("process-time", ParameterType.ULong) => caller with { ProcessStart = one.AsULong },
                    ("sasl-user-name", ParameterType.String) => caller with { SaslName = one.AsString },
                    ("x509-distinguished-name", ParameterType.String) => caller with { TlsName = one.AsString },
                    ("selinux-context", ParameterType.String) => caller with { SecurityLabel = one.AsString },
                    ("user-name" or "unix-user-id" or "group-name" or "unix-group-id" or "process-id" or "process-time" or "sasl-user-name"
                        or "x509-distinguished-name" or "selinux-context", _) =>
                        throw VireoException.InvalidArgument(ErrorDomain.Rpc, $"invalid type for parameter '{one.Name}'"),
                    _ => throw VireoException.InvalidArgument(ErrorDomain.Rpc, $"parameter '{one.Name}' not supported"),
                };
            }
            return caller;
        }

        static uint Id(TypedParameter parameter) => parameter.AsULong is <= uint.MaxValue and var id
            ? (uint)id
            : throw VireoException.InvalidArgument(ErrorDomain.Rpc, $"value {parameter.AsULong} of '{parameter.Name}' is too large");

        static int Process(TypedParameter parameter) => parameter.AsLong is > 0 and <= int.MaxValue and var id
            ? (int)id
            : throw VireoException.InvalidArgument(ErrorDomain.Rpc, $"value {parameter.AsLong} of '{parameter.Name}' is no process");
    }
}
