using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Taking devices from the host for guests. Offered by hypervisors, not by the driver of node devices.</summary>
[Capability(ErrorDomain.Nodedev)]
public interface INodeDeviceDetach
{
    /// <summary>Takes a device from the host.</summary>
    [Procedure(118, Write = true), CExport("virNodeDeviceDettach")]
    [Acl(NodeDeviceRight.Detach)]
    ValueTask DetachAsync(string name, CancellationToken cancel) =>
        DetachAsync(name, null, 0, cancel);

    /// <summary>Takes a device from the host, for a driver.</summary>
    [Procedure(301, Write = true), CExport("virNodeDeviceDetachFlags")]
    [Acl(NodeDeviceRight.Detach)]
    ValueTask DetachAsync(string name, string? driver, uint flags, CancellationToken cancel);

    /// <summary>Gives it back.</summary>
    [Procedure(119, Write = true), CExport("virNodeDeviceReAttach")]
    [Acl(NodeDeviceRight.Detach)]
    ValueTask ReattachAsync(string name, CancellationToken cancel);

    /// <summary>Resets it.</summary>
    [Procedure(120, Write = true), CExport("virNodeDeviceReset")]
    [Acl(NodeDeviceRight.Detach)]
    ValueTask ResetAsync(string name, CancellationToken cancel);
}

/// <summary>Making and removing devices.</summary>
[Capability(ErrorDomain.Nodedev)]
public interface INodeDeviceLifecycle
{
    /// <summary>Makes a device of a document.</summary>
    [Procedure(123, Write = true), CExport("virNodeDeviceCreateXML")]
    [Acl(NodeDeviceRight.Write)]
    [Acl(NodeDeviceRight.Start)]
    ValueTask<NodeDeviceRef> CreateAsync(string xml, NodeDeviceCreateFlags flags, CancellationToken cancel);

    /// <summary>Removes a device.</summary>
    [Procedure(124, Priority.High, Write = true), CExport("virNodeDeviceDestroy")]
    [Acl(NodeDeviceRight.Stop)]
    ValueTask DestroyAsync(string name, CancellationToken cancel);
}

/// <summary>Devices that are kept.</summary>
[Capability(ErrorDomain.Nodedev)]
public interface INodeDeviceDefinitions
{
    /// <summary>Keeps a device of a document.</summary>
    [Procedure(428, Write = true), CExport("virNodeDeviceDefineXML")]
    [Acl(NodeDeviceRight.Write)]
    ValueTask<NodeDeviceRef> DefineAsync(string xml, NodeDeviceDefineFlags flags, CancellationToken cancel);

    /// <summary>Forgets it.</summary>
    [Procedure(429, Priority.High, Write = true), CExport("virNodeDeviceUndefine")]
    [Acl(NodeDeviceRight.Delete)]
    ValueTask UndefineAsync(string name, uint flags, CancellationToken cancel);

    /// <summary>Starts it.</summary>
    [Procedure(430, Priority.High, Write = true), CExport("virNodeDeviceCreate")]
    [Acl(NodeDeviceRight.Start)]
    ValueTask CreateAsync(string name, uint flags, CancellationToken cancel);

    /// <summary>Whether it starts with the host.</summary>
    [Procedure(433, Priority.High, Write = true), CExport("virNodeDeviceGetAutostart")]
    [Acl(NodeDeviceRight.Read)]
    ValueTask<bool> GetAutostartAsync(string name, CancellationToken cancel);

    /// <summary>Whether it shall start with the host.</summary>
    [Procedure(434, Priority.High, Write = true), CExport("virNodeDeviceSetAutostart")]
    [Acl(NodeDeviceRight.Write)]
    ValueTask SetAutostartAsync(string name, bool autostart, CancellationToken cancel);

    /// <summary>Whether it is kept.</summary>
    [Procedure(435, Priority.High), CExport("virNodeDeviceIsPersistent")]
    [Acl(NodeDeviceRight.Read)]
    ValueTask<bool> IsPersistentAsync(string name, CancellationToken cancel);

    /// <summary>Whether it is there.</summary>
    [Procedure(436, Priority.High), CExport("virNodeDeviceIsActive")]
    [Acl(NodeDeviceRight.Read)]
    ValueTask<bool> IsActiveAsync(string name, CancellationToken cancel);
}

/// <summary>Fibre channel hosts by their names in the world.</summary>
[Capability(ErrorDomain.Nodedev)]
public interface INodeDeviceWwn
{
    /// <summary>The host adapter with these names.</summary>
    [Procedure(297, Priority.High), CExport("virNodeDeviceLookupSCSIHostByWWN")]
    [Acl(NodeDeviceRight.GetAttributes)]
    ValueTask<NodeDeviceRef> LookupByWwnAsync(string nodeName, string portName, uint flags, CancellationToken cancel);
}

/// <summary>Changing devices.</summary>
[Capability(ErrorDomain.Nodedev, Since = "10.1.0")]
public interface INodeDeviceUpdate
{
    /// <summary>Changes a device to what a document says. Releases that have it also ask for node-device.save, a right that is not among those of 9.0.0.</summary>
    [Procedure(447, Priority.High, Write = true), CExport("virNodeDeviceUpdate")]
    [Acl(NodeDeviceRight.Write)]
    ValueTask UpdateAsync(string name, string xml, NodeDeviceUpdateFlags flags, CancellationToken cancel);
}
