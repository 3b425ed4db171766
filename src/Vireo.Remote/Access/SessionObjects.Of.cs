using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Remote.Access;

/// <content>From what a driver says of its objects to subjects, and their labels.</content>
sealed partial class SessionObjects : ILabelSource
{
    internal static AccessSubject Of(DomainRef domain) => new(AccessObject.Domain, domain.Name, domain.Uuid);

    internal static AccessSubject Of(NetworkRef network) => new(AccessObject.Network, network.Name, network.Uuid);

    internal static AccessSubject Of(NetworkPortRef port) =>
        new(AccessObject.NetworkPort, null, port.Uuid) { Parent = port.Network.Name, ParentUuid = port.Network.Uuid };

    internal static AccessSubject Of(StoragePoolRef pool) => new(AccessObject.StoragePool, pool.Name, pool.Uuid);

    internal static AccessSubject OfVolume(StorageVolumeRef volume) =>
        new(AccessObject.StorageVolume, volume.Name) { Parent = volume.Pool, Detail = volume.Key };

    /// <summary>With its pool's uuid, which a volume's ref does not have.</summary>
    internal AccessSubject Of(StorageVolumeRef volume) => OfVolume(volume) with { ParentUuid = FindPool(volume.Pool).Subject.Uuid };

    internal static AccessSubject Of(InterfaceRef nic) => new(AccessObject.Interface, nic.Name) { Detail = nic.Mac };

    internal static AccessSubject Of(NodeDeviceRef device) => new(AccessObject.NodeDevice, device.Name);

    internal static AccessSubject Of(SecretRef secret) => new(AccessObject.Secret, secret.UsageId, secret.Uuid) { Usage = secret.UsageType };

    internal static AccessSubject Of(NwFilterRef filter) => new(AccessObject.NwFilter, filter.Name, filter.Uuid);

    internal static AccessSubject Of(NwFilterBindingRef binding) =>
        new(AccessObject.NwFilterBinding, binding.PortDevice) { Detail = binding.FilterName };

    internal static AccessSubject Of(MachineJobs jobs) => Of(jobs.Domain);

    internal static AccessSubject Of(DomainStatistics statistics) => Of(statistics.Domain);

    /// <inheritdoc/>
    public ObjectLabels LabelsOf(in AccessSubject subject)
    {
        if (subject.Labels is { } known)
            return known;
        if (subject is not { Name: { } name, Uuid: { } uuid })
            return ObjectLabels.None;
        try
        {
            return subject.Kind switch
            {
                AccessObject.Domain when capabilities.Find<IDomainLabels>() is { } labels => Wait(labels.FindAsync(new(name, uuid, -1), ended)),
                AccessObject.Domain when capabilities.Find<IDomainInfo>() is { } info =>
                    DocumentSubject.Read(Wait(info.GetXmlAsync(new(name, uuid, -1), default(DomainXmlFlags), ended)), AccessObject.Domain).Labels!,
                AccessObject.Network when capabilities.Find<INetworkInfo>() is { } info =>
                    DocumentSubject.Read(Wait(info.GetXmlAsync(new(name, uuid), default, ended)), AccessObject.Network).Labels!,
                _ => ObjectLabels.None,
            };
        }
        catch (VireoException)
        {
            return ObjectLabels.None; // gone meanwhile
        }
    }
}
