using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>Memory that is plugged in.</summary>
[Element("memory")]
public sealed partial record MemoryDevice : Device
{
    [Attr("model")] [Abi(Text = "Target memory device model '{0}' doesn't match source model '{1}'")] public required MemoryModel Model { get; init; }
    [Attr("access", Since = "3.2.0")] public MemoryAccess? Access { get; init; }
    [Attr("discard", Since = "4.4.0")] public bool? Discard { get; init; }
    [Text("uuid", Since = "6.2.0")] [Abi(Text = "Target NVDIMM UUID doesn't match source NVDIMM")] public Uuid? Uuid { get; init; }
    [Child("source")] [Abi] public MemoryDeviceSource? Source { get; init; }
    [Child] [Abi] public required MemoryTarget Target { get; init; }
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
    [Text("alignsize", Since = "5.0.0")] [Abi(Text = "Target NVDIMM alignment '{0}' doesn't match source NVDIMM alignment '{1}'")] public MemorySize? AlignSize { get; init; }
    [Flag("pmem", Since = "5.0.0")] [Abi(Text = "Target NVDIMM pmem flag doesn't match source NVDIMM pmem flag")] public bool PersistentMemory { get; init; }
}

/// <summary>What the guest sees.</summary>
[Element("target")]
public sealed partial record MemoryTarget
{
    [Text("size")] [Abi(Text = "Target memory device size '{0}' doesn't match source memory device size '{1}'")] public required MemorySize Size { get; init; }
    [Text("node")] [Abi(Text = "Target memory device targetNode '{0}' doesn't match source targetNode '{1}'")] public uint? Node { get; init; }
    [Text("label/size")] [Abi(Text = "Target NVDIMM label size '{0}' doesn't match source NVDIMM label size '{1}'")] public MemorySize? LabelSize { get; init; }
    [Flag("readonly", Since = "5.0.0")] [Abi(Text = "Target NVDIMM readonly flag doesn't match source NVDIMM readonly flag")] public bool ReadOnly { get; init; }
    [Text("block", Since = "7.9.0")] [Abi(Text = "Target memory device block size '{0}' doesn't match source memory device block size '{1}'")] public MemorySize? Block { get; init; }
    [Text("requested", Since = "7.9.0")] public MemorySize? Requested { get; init; }
    [Text("current", Live = true, Since = "7.9.0")] public MemorySize? Current { get; init; }
}

/// <summary>Memory shared between guests.</summary>
[Element("shmem")]
public sealed partial record SharedMemory : Device
{
    [Attr("name")] public required string Name { get; init; }
    [Attr("role", Since = "6.6.0")] [Abi(Text = "Target shared memory role '{0}' does not match source role '{1}'")] public SharedMemoryRole? Role { get; init; }
    [Attr("type", In = "model")] [Abi(Text = "Target shared memory model '{0}' does not match source model '{1}'")] public SharedMemoryModel? Model { get; init; }
    [Text("size", Unit = "M")] [Abi(Text = "Target shared memory size '{0}' does not match source size '{1}'")] public MemorySize? Size { get; init; }
    [Child] [Abi(Text = "Target shared memory server usage doesn't match source")] public SharedMemoryServer? Server { get; init; }
    [Child] [Abi(Text = "Target shared memory MSI configuration doesn't match source")] public MessageInterrupts? Msi { get; init; }
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
