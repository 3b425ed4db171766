namespace Vireo.Driver;

/// <summary>A DHCP lease; <see cref="ExpiryTime"/> in seconds since 1970.</summary>
public readonly record struct DhcpLease(
    string Interface, long ExpiryTime, IPAddressType Type, string? Mac, string? Iaid, string Address, uint Prefix,
    string? Hostname, string? ClientId);

/// <summary>A pool's state and its space in bytes.</summary>
public readonly record struct StoragePoolInfo(
    [Wire(WireType.UChar)] StoragePoolState State, ulong Capacity, ulong Allocation, ulong Available);

/// <summary>A volume's kind and its space in bytes.</summary>
public readonly record struct StorageVolumeInfo([Wire(WireType.Char)] StorageVolumeType Type, ulong Capacity, ulong Allocation);
