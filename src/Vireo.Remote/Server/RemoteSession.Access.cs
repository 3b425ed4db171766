using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote.Access;
using Vireo.Rpc.Server;

namespace Vireo.Remote;

public sealed partial class RemoteSession
{
    internal void Demand(ConnectRight right, object? subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, subject);
    }

    internal void Demand(DomainRight right, DomainRef? subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, subject);
    }

    internal void Demand(NetworkRight right, NetworkRef? subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, subject);
    }

    internal void Demand(NetworkPortRight right, NetworkPortRef? subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, subject);
    }

    internal void Demand(StoragePoolRight right, StoragePoolRef? subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, subject);
    }

    internal void Demand(StorageVolumeRight right, StorageVolumeRef? subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, subject);
    }

    internal void Demand(InterfaceRight right, InterfaceRef? subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, subject);
    }

    internal void Demand(NodeDeviceRight right, NodeDeviceRef? subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, subject);
    }

    internal void Demand(SecretRight right, SecretRef? subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, subject);
    }

    internal void Demand(NwFilterRight right, NwFilterRef? subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, subject);
    }

    internal void Demand(NwFilterBindingRight right, NwFilterBindingRef? subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, subject);
    }

    void Ask(IAccessPolicy policy, Enum right, object? subject)
    {
        if (!policy.Allows(Question(right, subject)))
            throw new VireoException(ErrorCode.AccessDenied, ErrorDomain.Access, $"'{policy.Name}' denied access");
    }

    AccessQuestion Question(Enum right, object? subject)
    {
        Opened? connection = opened;
        return new(connection?.Caller ?? MakeCaller(Peer.ReadOnly), connection?.DriverType ?? "", right, subject);
    }

    Caller MakeCaller(bool readOnly) =>
        new(readOnly, Peer.Identity.Uid, Peer.Identity.Gid, Peer.Identity.Pid);

    /// <summary>Answers with the items that the caller may see.</summary>
    internal void AnswerFiltered<T, TRight>(
        RpcCall call, ValueTask<T[]> task, TRight right, ReplyWriter<T[]> writer, AnswerContext context)
        where TRight : struct, Enum
    {
        if (services.Access is { } policy)
            Answer(call, FilterAsync(policy, task, right), writer, context);
        else
            Answer(call, task, writer, context);
    }

    async ValueTask<T[]> FilterAsync<T, TRight>(IAccessPolicy policy, ValueTask<T[]> task, TRight right) where TRight : struct, Enum =>
        Array.FindAll(await task.ConfigureAwait(false), item => policy.Allows(Question(right, item)));
}
