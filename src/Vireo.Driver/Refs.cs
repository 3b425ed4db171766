using Vireo.Core;

namespace Vireo.Driver;

/// <summary>Names a domain: resolved by <see cref="Uuid"/>, then checked. <see cref="Id"/> is -1 unless it runs.</summary>
public readonly record struct DomainRef(string Name, Uuid Uuid, int Id);

/// <summary>Names a network.</summary>
public readonly record struct NetworkRef(string Name, Uuid Uuid);

/// <summary>Names a port of a network.</summary>
public readonly record struct NetworkPortRef(NetworkRef Network, Uuid Uuid);

/// <summary>Names a network filter.</summary>
public readonly record struct NwFilterRef(string Name, Uuid Uuid);

/// <summary>Names a filter's binding to a port.</summary>
public readonly record struct NwFilterBindingRef(string PortDevice, string FilterName);

/// <summary>Names an interface of the host.</summary>
public readonly record struct InterfaceRef(string Name, string Mac);

/// <summary>Names a storage pool.</summary>
public readonly record struct StoragePoolRef(string Name, Uuid Uuid);

/// <summary>Names a volume: its pool, its name there, and a key that is unique on the host.</summary>
public readonly record struct StorageVolumeRef(string Pool, string Name, string Key);

/// <summary>Names a device of the host.</summary>
public readonly record struct NodeDeviceRef(string Name);

/// <summary>Names a secret.</summary>
public readonly record struct SecretRef(Uuid Uuid, SecretUsageType UsageType, string UsageId);

/// <summary>Names a snapshot of a domain.</summary>
public readonly record struct SnapshotRef(string Name, DomainRef Domain);

/// <summary>Names a checkpoint of a domain.</summary>
public readonly record struct CheckpointRef(string Name, DomainRef Domain);
