using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>How large an image is for the guest, and what it takes on the host.</summary>
public sealed record BlockNode(string Name, long VirtualSize, long ActualSize);

/// <summary>Asks for the images behind the disks.</summary>
public sealed record QueryNamedBlockNodes : IQmpCommand<IReadOnlyList<BlockNode>>
{
    /// <inheritdoc/>
    public string Name => "query-named-block-nodes";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteBoolean("flat", true);

    /// <inheritdoc/>
    public IReadOnlyList<BlockNode> Read(JsonElement reply) =>
    [
        .. reply.Items().Select(n => (Name: n.Text("node-name"), Image: n.Member("image") ?? default)).Where(n => n.Name is not null)
            .Select(n => new BlockNode(n.Name!, n.Image.Number("virtual-size") ?? 0, n.Image.Number("actual-size") ?? 0)),
    ];
}

/// <summary>How fast a guest writes to its memory, as it was measured last.</summary>
public sealed record DirtyRate(int Status, long Start, int Seconds, string? Mode, long? MegabytesPerSecond)
{
    /// <summary>The <see cref="Status"/> of a measurement under way.</summary>
    public const int Measuring = 1;
}

/// <summary>Asks for the last measurement.</summary>
public sealed record QueryDirtyRate : IQmpCommand<DirtyRate>
{
    static readonly string[] states = ["unstarted", "measuring", "measured"];

    /// <inheritdoc/>
    public string Name => "query-dirty-rate";

    /// <inheritdoc/>
    public DirtyRate Read(JsonElement reply) => new(
        Math.Max(0, Array.IndexOf(states, reply.Text("status"))), reply.Number("start-time") ?? 0, (int)(reply.Number("calc-time") ?? 0),
        reply.Text("mode"), reply.Number("dirty-rate"));
}

/// <summary>How a statistic of an accelerator is counted: <c>cumulative</c>, <c>instant</c>, <c>peak</c> or a histogram.</summary>
public sealed record StatisticKind(string Target, string Name, string Type);

/// <summary>Asks which statistics the accelerator keeps.</summary>
public sealed record QueryStatsSchemas : IQmpCommand<IReadOnlyList<StatisticKind>>
{
    /// <inheritdoc/>
    public string Name => "query-stats-schemas";

    /// <inheritdoc/>
    public IReadOnlyList<StatisticKind> Read(JsonElement reply) =>
    [
        .. reply.Items().SelectMany(s => s.Items("stats").Select(one => new StatisticKind(s.Text("target") ?? "", one.Needed("name"), one.Text("type") ?? ""))),
    ];
}

/// <summary>A statistic: a number, or yes and no.</summary>
public sealed record StatisticValue(string Name, ulong? Number, bool? Flag);

/// <summary>Asks for the accelerator's statistics of the guest (<c>vm</c>) or of each of its CPUs in their order (<c>vcpu</c>).</summary>
public sealed record QueryStats(string Target) : IQmpCommand<IReadOnlyList<IReadOnlyList<StatisticValue>>>
{
    /// <inheritdoc/>
    public string Name => "query-stats";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("target", Target);

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<StatisticValue>> Read(JsonElement reply) =>
    [
        .. reply.Items().Select(IReadOnlyList<StatisticValue> (of) =>
            [.. of.Items("stats").Select(s => new StatisticValue(s.Needed("name"), s.Unsigned("value"), s.Flag("value")))]),
    ];
}
