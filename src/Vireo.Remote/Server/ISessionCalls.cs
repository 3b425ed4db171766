using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Remote;

/// <summary>
/// The calls that the session itself answers: login, opening and closing, features, registrations for events. Defined as the
/// drivers' operations are, so that dispatch, stubs and checks are the same.
/// </summary>
[Capability(ErrorDomain.None)]
interface ISessionCalls
{
    [Procedure(1, Priority.High), CExport("virConnectOpen")]
    [Acl(ConnectRight.GetAttributes)]
    ValueTask OpenAsync(string? name, uint flags, CancellationToken cancel);

    [Procedure(2, Priority.High), CExport("virConnectClose")]
    ValueTask CloseAsync(CancellationToken cancel);

    [Procedure(60, Priority.High, Inline = true), CExport("virConnectSupportsFeature")]
    [Acl(ConnectRight.GetAttributes)]
    ValueTask<bool> SupportsFeatureAsync(DriverFeature feature, CancellationToken cancel);

    [Procedure(66, Priority.High, Inline = true, BeforeLogin = true), CExport("virConnectAuthList")]
    [return: Bound(20)]
    ValueTask<int[]> ListLoginMethodsAsync(CancellationToken cancel);

    [Procedure(67, Priority.High, BeforeLogin = true), CExport("virConnectAuthSaslInit")]
    ValueTask<string> BeginSaslAsync(CancellationToken cancel);

    [Procedure(68, Priority.High, BeforeLogin = true), CExport("virConnectAuthSaslStart")]
    ValueTask<SaslReply> StartSaslAsync(
        string mechanism, bool none, [Wire(WireType.CharBytes, 65536)] byte[] data, CancellationToken cancel);

    [Procedure(69, Priority.High, BeforeLogin = true), CExport("virConnectAuthSaslStep")]
    ValueTask<SaslReply> StepSaslAsync(bool none, [Wire(WireType.CharBytes, 65536)] byte[] data, CancellationToken cancel);

    [Procedure(70, Priority.High, BeforeLogin = true), CExport("virConnectAuthPolkit")]
    ValueTask<bool> LogInByPolkitAsync(CancellationToken cancel);

    [Procedure(105, Priority.High, Inline = true), CExport("virConnectDomainEventRegister")]
    [Acl(ConnectRight.SearchDomains), Acl(DomainRight.GetAttributes, Filter = true)]
    ValueTask<int> RegisterLifecycleAsync(CancellationToken cancel);

    [Procedure(106, Priority.High, Inline = true), CExport("virConnectDomainEventDeregister")]
    [Acl(ConnectRight.Read)]
    ValueTask<int> DeregisterLifecycleAsync(CancellationToken cancel);

    [Procedure(167, Priority.High, Inline = true), CExport("virConnectDomainEventRegisterAny")]
    [Acl(ConnectRight.SearchDomains), Acl(DomainRight.GetAttributes, Filter = true)]
    ValueTask RegisterOlderAsync(DomainEventId kind, CancellationToken cancel);

    [Procedure(168, Priority.High, Inline = true), CExport("virConnectDomainEventDeregisterAny")]
    [Acl(ConnectRight.Read)]
    ValueTask DeregisterOlderAsync(DomainEventId kind, CancellationToken cancel);

    [Procedure(316, Priority.High, Inline = true), CExport("virConnectDomainEventRegisterAny")]
    [Acl(ConnectRight.SearchDomains), Acl(DomainRight.GetAttributes, Filter = true)]
    ValueTask<int> RegisterDomainAsync(DomainEventId kind, DomainRef? only, CancellationToken cancel);

    [Procedure(317, Priority.High, Inline = true), CExport("virConnectDomainEventDeregisterAny")]
    [Acl(ConnectRight.Read)]
    ValueTask DeregisterDomainAsync(int callback, CancellationToken cancel);

    [Procedure(313, Priority.High, Inline = true), CExport("virConnectNetworkEventRegisterAny")]
    [Acl(ConnectRight.SearchNetworks), Acl(NetworkRight.GetAttributes, Filter = true)]
    ValueTask<int> RegisterNetworkAsync(NetworkEventId kind, NetworkRef? only, CancellationToken cancel);

    [Procedure(314, Priority.High, Inline = true), CExport("virConnectNetworkEventDeregisterAny")]
    [Acl(ConnectRight.Read)]
    ValueTask DeregisterNetworkAsync(int callback, CancellationToken cancel);

    [Procedure(368, Priority.High, Inline = true), CExport("virConnectStoragePoolEventRegisterAny")]
    [Acl(ConnectRight.SearchStoragePools), Acl(StoragePoolRight.GetAttributes, Filter = true)]
    ValueTask<int> RegisterStoragePoolAsync(StoragePoolEventId kind, StoragePoolRef? only, CancellationToken cancel);

    [Procedure(369, Priority.High, Inline = true), CExport("virConnectStoragePoolEventDeregisterAny")]
    [Acl(ConnectRight.Read)]
    ValueTask DeregisterStoragePoolAsync(int callback, CancellationToken cancel);

    [Procedure(374, Priority.High, Inline = true), CExport("virConnectNodeDeviceEventRegisterAny")]
    [Acl(ConnectRight.SearchNodeDevices), Acl(NodeDeviceRight.GetAttributes, Filter = true)]
    ValueTask<int> RegisterNodeDeviceAsync(NodeDeviceEventId kind, NodeDeviceRef? only, CancellationToken cancel);

    [Procedure(375, Priority.High, Inline = true), CExport("virConnectNodeDeviceEventDeregisterAny")]
    [Acl(ConnectRight.Read)]
    ValueTask DeregisterNodeDeviceAsync(int callback, CancellationToken cancel);

    [Procedure(380, Priority.High, Inline = true), CExport("virConnectSecretEventRegisterAny")]
    [Acl(ConnectRight.SearchSecrets), Acl(SecretRight.GetAttributes, Filter = true)]
    ValueTask<int> RegisterSecretAsync(SecretEventId kind, SecretRef? only, CancellationToken cancel);

    [Procedure(381, Priority.High, Inline = true), CExport("virConnectSecretEventDeregisterAny")]
    [Acl(ConnectRight.Read)]
    ValueTask DeregisterSecretAsync(int callback, CancellationToken cancel);

    [Procedure(360, Priority.High, Inline = true), CExport("virConnectRegisterCloseCallback")]
    [Acl(ConnectRight.GetAttributes)]
    ValueTask RegisterCloseAsync(CancellationToken cancel);

    [Procedure(361, Priority.High, Inline = true), CExport("virConnectUnregisterCloseCallback")]
    [Acl(ConnectRight.GetAttributes)]
    ValueTask DeregisterCloseAsync(CancellationToken cancel);
}

/// <summary>One step of a SASL login. No data at all is not the same as data of no bytes.</summary>
/// <param name="Complete">Whether the login is done.</param>
/// <param name="None">There is no data.</param>
/// <param name="Data">The server's word.</param>
readonly record struct SaslReply(bool Complete, bool None, [Wire(WireType.CharBytes, 65536)] byte[] Data);
