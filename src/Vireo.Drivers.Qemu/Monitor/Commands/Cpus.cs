using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>One virtual CPU: its number, the host's thread and its place in QEMU's object tree.</summary>
public sealed record CpuThread(int Index, int ThreadId, string QomPath);

/// <summary>Asks for the threads of the virtual CPUs, without stopping them.</summary>
public sealed record QueryCpusFast : IQmpCommand<IReadOnlyList<CpuThread>>
{
    /// <inheritdoc/>
    public string Name => "query-cpus-fast";

    /// <inheritdoc/>
    public IReadOnlyList<CpuThread> Read(JsonElement reply) =>
        [.. reply.Items().Select(c => new CpuThread(
            (int)(c.Number("cpu-index") ?? 0), (int)(c.Number("thread-id") ?? 0), c.Text("qom-path") ?? ""))];
}

/// <summary>One I/O thread: its object's id and the host's thread.</summary>
public sealed record IoThread(string Id, int ThreadId);

/// <summary>Asks for the threads of the iothread objects.</summary>
public sealed record QueryIoThreads : IQmpCommand<IReadOnlyList<IoThread>>
{
    /// <inheritdoc/>
    public string Name => "query-iothreads";

    /// <inheritdoc/>
    public IReadOnlyList<IoThread> Read(JsonElement reply) =>
        [.. reply.Items().Select(t => new IoThread(t.Needed("id"), (int)(t.Number("thread-id") ?? 0)))];
}

/// <summary>One 32-bit word of CPUID: which leaf and subleaf, which register, its bits.</summary>
public sealed record CpuidWord(uint Leaf, uint? Subleaf, string Register, uint Bits);

/// <summary>Reads all feature words of a CPU at once: <c>feature-words</c> or <c>filtered-features</c>.</summary>
public sealed record QomGetCpuid(string Path, string Property) : IQmpCommand<IReadOnlyList<CpuidWord>>
{
    /// <inheritdoc/>
    public string Name => "qom-get";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => Qom.WriteProperty(json, Path, Property);

    /// <inheritdoc/>
    public IReadOnlyList<CpuidWord> Read(JsonElement reply) =>
        [.. reply.Items().Select(w => new CpuidWord(
            (uint)(w.Number("cpuid-input-eax") ?? 0), (uint?)w.Number("cpuid-input-ecx"),
            w.Needed("cpuid-register").ToLowerInvariant(), (uint)(w.Number("features") ?? 0)))];
}
