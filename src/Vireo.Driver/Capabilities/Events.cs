using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Events of domains. Subscribing never blocks; an <see cref="EventHub{T}"/> does the work.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainEvents
{
    /// <summary>Calls <paramref name="sink"/> for each event of one kind, of one domain or of all, until disposed.</summary>
    [Procedure(316, Priority.High, Inline = true, Custom = true), CExport("virConnectDomainEventRegisterAny")]
    [Acl(ConnectRight.SearchDomains), Acl(DomainRight.GetAttributes, Filter = true)]
    IDisposable Subscribe(DomainEventId kind, DomainRef? only, Action<DomainEvent> sink);
}

/// <summary>Events of networks.</summary>
[Capability(ErrorDomain.Network)]
public interface INetworkEvents
{
    /// <summary>Calls <paramref name="sink"/> for each event of one kind, of one network or of all, until disposed.</summary>
    [Procedure(313, Priority.High, Inline = true, Custom = true), CExport("virConnectNetworkEventRegisterAny")]
    [Acl(ConnectRight.SearchNetworks), Acl(NetworkRight.GetAttributes, Filter = true)]
    IDisposable Subscribe(NetworkEventId kind, NetworkRef? only, Action<NetworkEvent> sink);
}

/// <summary>Events of storage pools.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStoragePoolEvents
{
    /// <summary>Calls <paramref name="sink"/> for each event of one kind, of one pool or of all, until disposed.</summary>
    [Procedure(368, Priority.High, Inline = true, Custom = true), CExport("virConnectStoragePoolEventRegisterAny")]
    [Acl(ConnectRight.SearchStoragePools), Acl(StoragePoolRight.GetAttributes, Filter = true)]
    IDisposable Subscribe(StoragePoolEventId kind, StoragePoolRef? only, Action<StoragePoolEvent> sink);
}

/// <summary>Events of node devices.</summary>
[Capability(ErrorDomain.Nodedev)]
public interface INodeDeviceEvents
{
    /// <summary>Calls <paramref name="sink"/> for each event of one kind, of one device or of all, until disposed.</summary>
    [Procedure(374, Priority.High, Inline = true, Custom = true), CExport("virConnectNodeDeviceEventRegisterAny")]
    [Acl(ConnectRight.SearchNodeDevices), Acl(NodeDeviceRight.GetAttributes, Filter = true)]
    IDisposable Subscribe(NodeDeviceEventId kind, NodeDeviceRef? only, Action<NodeDeviceEvent> sink);
}

/// <summary>Events of secrets.</summary>
[Capability(ErrorDomain.Secret)]
public interface ISecretEvents
{
    /// <summary>Calls <paramref name="sink"/> for each event of one kind, of one secret or of all, until disposed.</summary>
    [Procedure(380, Priority.High, Inline = true, Custom = true), CExport("virConnectSecretEventRegisterAny")]
    [Acl(ConnectRight.SearchSecrets), Acl(SecretRight.GetAttributes, Filter = true)]
    IDisposable Subscribe(SecretEventId kind, SecretRef? only, Action<SecretEvent> sink);
}

/// <summary>A driver that can lose its hypervisor tells so.</summary>
[Capability(ErrorDomain.None)]
public interface ICloseNotification
{
    /// <summary>Calls <paramref name="sink"/> once when the hypervisor is lost.</summary>
    [Procedure(360, Priority.High, Inline = true, Custom = true), CExport("virConnectRegisterCloseCallback")]
    [Acl(ConnectRight.GetAttributes)]
    IDisposable OnClose(Action<ConnectCloseReason> sink);
}
