using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote.Access;
using Vireo.Rpc.Server;

namespace Vireo.Remote;

/// <content>Rights: what the generated dispatch asks before a call, of a lookup's result, and of each item of a list.</content>
public sealed partial class RemoteSession
{
    /// <summary>Somebody decides what callers may do.</summary>
    internal bool Guarded => services.Access is not null;

    /// <summary>A right on the connection. Before it is open there is nothing to guard: opening asks when it knows the driver.</summary>
    internal void Demand(ConnectRight right)
    {
        if (services.Access is { } policy && opened is not null)
            Ask(policy, right, new Found(AccessSubject.Connection));
    }

    internal void Demand(DomainRight right, DomainRef subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, Objects.Find(subject));
    }

    internal void Demand(NetworkRight right, NetworkRef subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, Objects.Find(subject));
    }

    internal void Demand(NetworkPortRight right, NetworkPortRef subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, Objects.Find(subject));
    }

    internal void Demand(StoragePoolRight right, StoragePoolRef subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, Objects.Find(subject));
    }

    internal void Demand(StorageVolumeRight right, StorageVolumeRef subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, Objects.Find(subject));
    }

    internal void Demand(InterfaceRight right, InterfaceRef subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, Objects.Find(subject));
    }

    internal void Demand(NodeDeviceRight right, string name)
    {
        if (services.Access is { } policy)
            Ask(policy, right, new Found(new AccessSubject(AccessObject.NodeDevice, name)));
    }

    internal void Demand(SecretRight right, SecretRef subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, Objects.Find(subject));
    }

    internal void Demand(NwFilterRight right, NwFilterRef subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, Objects.Find(subject));
    }

    internal void Demand(NwFilterBindingRight right, NwFilterBindingRef subject)
    {
        if (services.Access is { } policy)
            Ask(policy, right, Objects.Find(subject));
    }

    /// <summary>A right on what a document describes; and, where that exists already, on the object that it would change.</summary>
    internal void DemandOn(AccessRight right, string document, NetworkRef? network = null, StoragePoolRef? pool = null)
    {
        if (services.Access is not { } policy)
            return;
        AccessSubject described = DocumentSubject.Read(document, right.Object);
        if (network is { } net)
            described = Objects.Within(described, net);
        if (pool is { } holder)
            described = Objects.Within(described, holder);
        if (Objects.Existing(described) is { } there)
            Ask(policy, right, new Found(there));
        Ask(policy, right, new Found(described));
    }

    /// <summary>A right on a domain that comes from another host: its document may come with another name. Null: nobody said.</summary>
    internal void DemandOnIncoming(AccessRight right, string? document, string? name)
    {
        if (services.Access is not { } policy)
            return;
        AccessSubject described = document is null ? new(AccessObject.Domain) { Vague = true } : DocumentSubject.Read(document, AccessObject.Domain);
        if (name is not null)
            described = described with { Name = name };
        if (Objects.Existing(described) is { } there)
            Ask(policy, right, new Found(there));
        Ask(policy, right, new Found(described));
    }

    /// <summary>A right on the domain of this name.</summary>
    internal void DemandOnNamed(AccessRight right, string? name)
    {
        if (services.Access is { } policy)
            Ask(policy, right, name is null ? new Found(new AccessSubject(right.Object) { Vague = true }) : Objects.FindDomain(name));
    }

    /// <summary>A right on the domain in a file of a saved machine.</summary>
    internal void DemandOnImage(AccessRight right, string? file)
    {
        if (services.Access is { } policy)
            Ask(policy, right, file is null ? new Found(new AccessSubject(right.Object) { Vague = true }) : Objects.InImage(file));
    }

    /// <summary>A right on something that the call does not tell: held by who has it on everything of the kind.</summary>
    internal void DemandOnUnknown(AccessRight right)
    {
        if (services.Access is { } policy)
            Ask(policy, right, new Found(new AccessSubject(right.Object) { Vague = true }));
    }

    /// <summary>A lookup's result, if the caller holds the right on it.</summary>
    internal ValueTask<T> FoundBy<T>(ValueTask<T> task, AccessRight right, Func<SessionObjects, T, AccessSubject> subject)
    {
        if (services.Access is not { } policy)
            return task;
        if (!task.IsCompletedSuccessfully)
            return FoundLaterAsync(policy, task, right, subject);
        T found = task.Result;
        Ask(policy, right, new Found(subject(Objects, found)));
        return new(found);
    }

    async ValueTask<T> FoundLaterAsync<T>(
        IAccessPolicy policy, ValueTask<T> task, AccessRight right, Func<SessionObjects, T, AccessSubject> subject)
    {
        T found = await task.ConfigureAwait(false);
        Ask(policy, right, new Found(subject(Objects, found)));
        return found;
    }

    /// <summary>The items of a list that the caller may see.</summary>
    internal ValueTask<T[]> Visible<T>(ValueTask<T[]> task, AccessRight right, Func<SessionObjects, T, AccessSubject> subject) =>
        services.Access is { } policy ? FilterAsync(policy, task, right, subject) : task;

    async ValueTask<T[]> FilterAsync<T>(
        IAccessPolicy policy, ValueTask<T[]> task, AccessRight right, Func<SessionObjects, T, AccessSubject> subject)
    {
        T[] all = await task.ConfigureAwait(false);
        return Array.FindAll(all, item => policy.Allows(Question(right, subject(Objects, item))));
    }

    /// <summary>Whether the caller may know of an object; of one that a driver told, an event's.</summary>
    internal bool MaySee(AccessRight right, in AccessSubject subject) =>
        services.Access is not { } policy || policy.Allows(Question(right, subject));

    /// <summary>An open connection is handed to the caller only if it may have one.</summary>
    void AskToOpen(Opened made)
    {
        if (services.Access is { } policy
            && !policy.Allows(new(made.Caller, made.DriverType, ConnectRight.GetAttributes, AccessSubject.Connection)))
            throw Denied(made.DriverType);
    }

    void Ask(IAccessPolicy policy, AccessRight right, in Found found)
    {
        AccessQuestion question = Question(right, found.Subject);
        if (!policy.Allows(question))
            throw found.Missing ?? Denied(question.Driver);
    }

    // libvirt names the hypervisor driver here, not the one that decided.
    static VireoException Denied(string driver) => new(ErrorCode.AccessDenied, ErrorDomain.Access, $"'{driver}' denied access");

    AccessQuestion Question(AccessRight right, in AccessSubject subject)
    {
        Opened connection = opened ?? throw new VireoException(RpcErrors.NotOpen);
        return new(connection.Caller, connection.DriverType, right, subject, connection.Objects);
    }

    SessionObjects Objects => (opened ?? throw new VireoException(RpcErrors.NotOpen)).Objects;

    Caller MakeCaller(bool readOnly)
    {
        PeerIdentity peer = Peer.Identity;
        var caller = new Caller(readOnly, peer.Uid, peer.Gid, peer.Pid) 
        {
            TlsName = Peer.Tls?.Name,
            SaslName = Peer.SaslName,
            SecurityLabel = peer.SecurityLabel,
            Logins = services.Logins,
        };
        return services.Identify?.Invoke(caller) ?? caller;
    }
}
