using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>Memory that is plugged in.</summary>
[Element("memory")]
public sealed partial record MemoryDevice : Device
{
    [Attr("model")] public required MemoryModel Model { get; init; }
    [Attr("access")] public MemoryAccess? Access { get; init; }
    [Attr("discard")] public bool? Discard { get; init; }
    [Text("uuid")] public Uuid? Uuid { get; init; }
    [Child("source")] public MemoryDeviceSource? Source { get; init; }
    [Child] public required MemoryTarget Target { get; init; }
}

[WireNames]
public enum MemoryModel { Dimm, NvDimm, [Wire("virtio-pmem")] VirtioPmem, [Wire("virtio-mem")] VirtioMem, [Wire("sgx-epc")] SgxEpc }

/// <summary>What it is made of.</summary>
[Element("source", OmitEmpty = true)]
public sealed partial record MemoryDeviceSource
{
    [Text("nodemask")] public CpuSet? NodeMask { get; init; }
    [Text("pagesize")] public MemorySize? PageSize { get; init; }
    [Text("path")] public string? Path { get; init; }
    [Text("alignsize")] public MemorySize? AlignSize { get; init; }
    [Flag("pmem")] public bool PersistentMemory { get; init; }
}

/// <summary>What the guest sees.</summary>
[Element("target")]
public sealed partial record MemoryTarget
{
    [Text("size")] public required MemorySize Size { get; init; }
    [Text("node")] public uint? Node { get; init; }
    [Text("label/size")] public MemorySize? LabelSize { get; init; }
    [Flag("readonly")] public bool ReadOnly { get; init; }
    [Text("block")] public MemorySize? Block { get; init; }
    [Text("requested")] public MemorySize? Requested { get; init; }
    [Text("current", Live = true)] public MemorySize? Current { get; init; }
}

/// <summary>Memory shared between guests.</summary>
[Element("shmem")]
public sealed partial record SharedMemory : Device
{
    [Attr("name")] public required string Name { get; init; }
    [Attr("role")] public SharedMemoryRole? Role { get; init; }
    [Attr("type", In = "model")] public SharedMemoryModel? Model { get; init; }
    [Text("size", Unit = "M")] public MemorySize? Size { get; init; }
    [Child] public SharedMemoryServer? Server { get; init; }
    [Child] public MessageInterrupts? Msi { get; init; }
}

[WireNames] public enum SharedMemoryRole { Master, Peer }
[WireNames] public enum SharedMemoryModel { IvShmem, [Wire("ivshmem-plain")] IvShmemPlain, [Wire("ivshmem-doorbell")] IvShmemDoorbell }

/// <summary>The server of doorbells.</summary>
[Element("server")]
public sealed partial record SharedMemoryServer
{
    [Attr("path")] public string? Path { get; init; }
}

/// <summary>Message-signalled interrupts.</summary>
[Element("msi")]
public sealed partial record MessageInterrupts
{
    [Attr("vectors")] public uint? Vectors { get; init; }
    [Attr("ioeventfd", OnOff = true)] public bool? IoEventFd { get; init; }
}
