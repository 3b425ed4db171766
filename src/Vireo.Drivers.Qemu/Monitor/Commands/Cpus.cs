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

/// <summary>A place for a CPU on the board: one vCPU on a PC, a core with all its threads on POWER.</summary>
/// <param name="Type">What is plugged there.</param>
/// <param name="Vcpus">How many virtual CPUs it holds.</param>
/// <param name="QomPath">Who is there now; null: nobody.</param>
/// <param name="Props">Where the place is, as the plug has to say it.</param>
public sealed record CpuSlot(string Type, int Vcpus, string? QomPath, CpuPlace Props);

/// <summary>Where a CPU is on the board; null: the machine does not count that.</summary>
public readonly record struct CpuPlace(int? Node, int? Socket, int? Die, int? Core, int? Thread);

/// <summary>Asks for the places of CPUs on the board, those that are taken and those that are free. The last comes first.</summary>
public sealed record QueryHotpluggableCpus : IQmpCommand<IReadOnlyList<CpuSlot>>
{
    /// <inheritdoc/>
    public string Name => "query-hotpluggable-cpus";

    /// <inheritdoc/>
    public IReadOnlyList<CpuSlot> Read(JsonElement reply) =>
        [.. reply.Items().Select(static c => new CpuSlot(c.Needed("type"), (int)Math.Clamp(c.Number("vcpus-count") ?? 0, 0, short.MaxValue), c.Text("qom-path"),
            PlaceOf(c.Member("props") ?? default)))];

    static CpuPlace PlaceOf(JsonElement props)
    {
        int? Of(string name) => props.Number(name) is { } number and >= 0 and <= int.MaxValue ? (int)number : null;
        return new(Of("node-id"), Of("socket-id"), Of("die-id"), Of("core-id"), Of("thread-id"));
    }
}

/// <summary>One I/O thread: its object's id and the host's thread.</summary>
/// <param name="Id">Its object.</param>
/// <param name="ThreadId">The host's thread.</param>
/// <param name="PollMax">Nanoseconds that it polls at most.</param>
/// <param name="PollGrow">How that grows.</param>
/// <param name="PollShrink">How it shrinks.</param>
public sealed record IoThread(string Id, int ThreadId, ulong PollMax = 0, ulong PollGrow = 0, ulong PollShrink = 0);

/// <summary>Asks for the threads of the iothread objects.</summary>
public sealed record QueryIoThreads : IQmpCommand<IReadOnlyList<IoThread>>
{
    /// <inheritdoc/>
    public string Name => "query-iothreads";

    /// <inheritdoc/>
    public IReadOnlyList<IoThread> Read(JsonElement reply) =>
        [.. reply.Items().Select(t => new IoThread(
            t.Needed("id"), (int)(t.Number("thread-id") ?? 0), t.Unsigned("poll-max-ns") ?? 0, t.Unsigned("poll-grow") ?? 0, t.Unsigned("poll-shrink") ?? 0))];
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
