namespace Vireo.Driver;

/// <summary>What one may do with a connection.</summary>
public enum ConnectRight
{
    /// <summary>org.libvirt.api.connect.getattr; for anybody who may connect.</summary>
    GetAttributes = 0,
    /// <summary>org.libvirt.api.connect.read; for anybody who may connect.</summary>
    Read = 1,
    /// <summary>org.libvirt.api.connect.write.</summary>
    Write = 2,
    /// <summary>org.libvirt.api.connect.search-domains; for anybody who may connect.</summary>
    SearchDomains = 3,
    /// <summary>org.libvirt.api.connect.search-networks; for anybody who may connect.</summary>
    SearchNetworks = 4,
    /// <summary>org.libvirt.api.connect.search-storage-pools; for anybody who may connect.</summary>
    SearchStoragePools = 5,
    /// <summary>org.libvirt.api.connect.search-node-devices; for anybody who may connect.</summary>
    SearchNodeDevices = 6,
    /// <summary>org.libvirt.api.connect.search-interfaces; for anybody who may connect.</summary>
    SearchInterfaces = 7,
    /// <summary>org.libvirt.api.connect.search-secrets; for anybody who may connect.</summary>
    SearchSecrets = 8,
    /// <summary>org.libvirt.api.connect.search-nwfilters; for anybody who may connect.</summary>
    SearchNwfilters = 9,
    /// <summary>org.libvirt.api.connect.search-nwfilter-bindings; for anybody who may connect.</summary>
    SearchNwfilterBindings = 10,
    /// <summary>org.libvirt.api.connect.detect-storage-pools.</summary>
    DetectStoragePools = 11,
    /// <summary>org.libvirt.api.connect.pm-control.</summary>
    PmControl = 12,
    /// <summary>org.libvirt.api.connect.interface-transaction.</summary>
    InterfaceTransaction = 13,
}

/// <summary>What one may do with a domain.</summary>
public enum DomainRight
{
    /// <summary>org.libvirt.api.domain.getattr; for anybody who may connect.</summary>
    GetAttributes = 0,
    /// <summary>org.libvirt.api.domain.read; for anybody who may connect.</summary>
    Read = 1,
    /// <summary>org.libvirt.api.domain.write.</summary>
    Write = 2,
    /// <summary>org.libvirt.api.domain.read-secure.</summary>
    ReadSecure = 3,
    /// <summary>org.libvirt.api.domain.start.</summary>
    Start = 4,
    /// <summary>org.libvirt.api.domain.stop.</summary>
    Stop = 5,
    /// <summary>org.libvirt.api.domain.reset.</summary>
    Reset = 6,
    /// <summary>org.libvirt.api.domain.save.</summary>
    Save = 7,
    /// <summary>org.libvirt.api.domain.delete.</summary>
    Delete = 8,
    /// <summary>org.libvirt.api.domain.migrate.</summary>
    Migrate = 9,
    /// <summary>org.libvirt.api.domain.checkpoint.</summary>
    Checkpoint = 10,
    /// <summary>org.libvirt.api.domain.snapshot.</summary>
    Snapshot = 11,
    /// <summary>org.libvirt.api.domain.suspend.</summary>
    Suspend = 12,
    /// <summary>org.libvirt.api.domain.hibernate.</summary>
    Hibernate = 13,
    /// <summary>org.libvirt.api.domain.core-dump.</summary>
    CoreDump = 14,
    /// <summary>org.libvirt.api.domain.pm-control.</summary>
    PmControl = 15,
    /// <summary>org.libvirt.api.domain.init-control.</summary>
    InitControl = 16,
    /// <summary>org.libvirt.api.domain.inject-nmi.</summary>
    InjectNmi = 17,
    /// <summary>org.libvirt.api.domain.send-input.</summary>
    SendInput = 18,
    /// <summary>org.libvirt.api.domain.send-signal.</summary>
    SendSignal = 19,
    /// <summary>org.libvirt.api.domain.fs-trim.</summary>
    FsTrim = 20,
    /// <summary>org.libvirt.api.domain.fs-freeze.</summary>
    FsFreeze = 21,
    /// <summary>org.libvirt.api.domain.block-read.</summary>
    BlockRead = 22,
    /// <summary>org.libvirt.api.domain.block-write.</summary>
    BlockWrite = 23,
    /// <summary>org.libvirt.api.domain.mem-read.</summary>
    MemRead = 24,
    /// <summary>org.libvirt.api.domain.open-graphics.</summary>
    OpenGraphics = 25,
    /// <summary>org.libvirt.api.domain.open-device.</summary>
    OpenDevice = 26,
    /// <summary>org.libvirt.api.domain.screenshot.</summary>
    Screenshot = 27,
    /// <summary>org.libvirt.api.domain.open-namespace.</summary>
    OpenNamespace = 28,
    /// <summary>org.libvirt.api.domain.set-time.</summary>
    SetTime = 29,
    /// <summary>org.libvirt.api.domain.set-password.</summary>
    SetPassword = 30,
}

/// <summary>What one may do with an interface.</summary>
public enum InterfaceRight
{
    /// <summary>org.libvirt.api.interface.getattr; for anybody who may connect.</summary>
    GetAttributes = 0,
    /// <summary>org.libvirt.api.interface.read; for anybody who may connect.</summary>
    Read = 1,
    /// <summary>org.libvirt.api.interface.write.</summary>
    Write = 2,
    /// <summary>org.libvirt.api.interface.save.</summary>
    Save = 3,
    /// <summary>org.libvirt.api.interface.delete.</summary>
    Delete = 4,
    /// <summary>org.libvirt.api.interface.start.</summary>
    Start = 5,
    /// <summary>org.libvirt.api.interface.stop.</summary>
    Stop = 6,
}

/// <summary>What one may do with a network.</summary>
public enum NetworkRight
{
    /// <summary>org.libvirt.api.network.getattr; for anybody who may connect.</summary>
    GetAttributes = 0,
    /// <summary>org.libvirt.api.network.read; for anybody who may connect.</summary>
    Read = 1,
    /// <summary>org.libvirt.api.network.write.</summary>
    Write = 2,
    /// <summary>org.libvirt.api.network.save.</summary>
    Save = 3,
    /// <summary>org.libvirt.api.network.delete.</summary>
    Delete = 4,
    /// <summary>org.libvirt.api.network.start.</summary>
    Start = 5,
    /// <summary>org.libvirt.api.network.stop.</summary>
    Stop = 6,
    /// <summary>org.libvirt.api.network.search-ports.</summary>
    SearchPorts = 7,
}

/// <summary>What one may do with a network port.</summary>
public enum NetworkPortRight
{
    /// <summary>org.libvirt.api.network-port.getattr; for anybody who may connect.</summary>
    GetAttributes = 0,
    /// <summary>org.libvirt.api.network-port.read; for anybody who may connect.</summary>
    Read = 1,
    /// <summary>org.libvirt.api.network-port.write.</summary>
    Write = 2,
    /// <summary>org.libvirt.api.network-port.create.</summary>
    Create = 3,
    /// <summary>org.libvirt.api.network-port.delete.</summary>
    Delete = 4,
}

/// <summary>What one may do with a node device.</summary>
public enum NodeDeviceRight
{
    /// <summary>org.libvirt.api.node-device.getattr; for anybody who may connect.</summary>
    GetAttributes = 0,
    /// <summary>org.libvirt.api.node-device.read.</summary>
    Read = 1,
    /// <summary>org.libvirt.api.node-device.write.</summary>
    Write = 2,
    /// <summary>org.libvirt.api.node-device.start.</summary>
    Start = 3,
    /// <summary>org.libvirt.api.node-device.stop.</summary>
    Stop = 4,
    /// <summary>org.libvirt.api.node-device.detach.</summary>
    Detach = 5,
    /// <summary>org.libvirt.api.node-device.delete.</summary>
    Delete = 6,
}

/// <summary>What one may do with a network filter.</summary>
public enum NwFilterRight
{
    /// <summary>org.libvirt.api.nwfilter.getattr; for anybody who may connect.</summary>
    GetAttributes = 0,
    /// <summary>org.libvirt.api.nwfilter.read; for anybody who may connect.</summary>
    Read = 1,
    /// <summary>org.libvirt.api.nwfilter.write.</summary>
    Write = 2,
    /// <summary>org.libvirt.api.nwfilter.save.</summary>
    Save = 3,
    /// <summary>org.libvirt.api.nwfilter.delete.</summary>
    Delete = 4,
}

/// <summary>What one may do with a filter binding.</summary>
public enum NwFilterBindingRight
{
    /// <summary>org.libvirt.api.nwfilter-binding.getattr; for anybody who may connect.</summary>
    GetAttributes = 0,
    /// <summary>org.libvirt.api.nwfilter-binding.read; for anybody who may connect.</summary>
    Read = 1,
    /// <summary>org.libvirt.api.nwfilter-binding.create.</summary>
    Create = 2,
    /// <summary>org.libvirt.api.nwfilter-binding.delete.</summary>
    Delete = 3,
}

/// <summary>What one may do with a secret.</summary>
public enum SecretRight
{
    /// <summary>org.libvirt.api.secret.getattr; for anybody who may connect.</summary>
    GetAttributes = 0,
    /// <summary>org.libvirt.api.secret.read; for anybody who may connect.</summary>
    Read = 1,
    /// <summary>org.libvirt.api.secret.write.</summary>
    Write = 2,
    /// <summary>org.libvirt.api.secret.read-secure.</summary>
    ReadSecure = 3,
    /// <summary>org.libvirt.api.secret.save.</summary>
    Save = 4,
    /// <summary>org.libvirt.api.secret.delete.</summary>
    Delete = 5,
}

/// <summary>What one may do with a storage pool.</summary>
public enum StoragePoolRight
{
    /// <summary>org.libvirt.api.storage-pool.getattr; for anybody who may connect.</summary>
    GetAttributes = 0,
    /// <summary>org.libvirt.api.storage-pool.read; for anybody who may connect.</summary>
    Read = 1,
    /// <summary>org.libvirt.api.storage-pool.write.</summary>
    Write = 2,
    /// <summary>org.libvirt.api.storage-pool.save.</summary>
    Save = 3,
    /// <summary>org.libvirt.api.storage-pool.delete.</summary>
    Delete = 4,
    /// <summary>org.libvirt.api.storage-pool.start.</summary>
    Start = 5,
    /// <summary>org.libvirt.api.storage-pool.stop.</summary>
    Stop = 6,
    /// <summary>org.libvirt.api.storage-pool.refresh.</summary>
    Refresh = 7,
    /// <summary>org.libvirt.api.storage-pool.search-storage-vols.</summary>
    SearchVolumes = 8,
    /// <summary>org.libvirt.api.storage-pool.format.</summary>
    Format = 9,
}

/// <summary>What one may do with a storage volume.</summary>
public enum StorageVolumeRight
{
    /// <summary>org.libvirt.api.storage-vol.getattr; for anybody who may connect.</summary>
    GetAttributes = 0,
    /// <summary>org.libvirt.api.storage-vol.read; for anybody who may connect.</summary>
    Read = 1,
    /// <summary>org.libvirt.api.storage-vol.create.</summary>
    Create = 2,
    /// <summary>org.libvirt.api.storage-vol.delete.</summary>
    Delete = 3,
    /// <summary>org.libvirt.api.storage-vol.format.</summary>
    Format = 4,
    /// <summary>org.libvirt.api.storage-vol.resize.</summary>
    Resize = 5,
    /// <summary>org.libvirt.api.storage-vol.data-read.</summary>
    DataRead = 6,
    /// <summary>org.libvirt.api.storage-vol.data-write.</summary>
    DataWrite = 7,
}
