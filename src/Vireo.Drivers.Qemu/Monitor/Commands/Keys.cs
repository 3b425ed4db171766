using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>Presses keys together and lets them go.</summary>
/// <param name="Keys">Their numbers in QEMU's own set.</param>
/// <param name="HoldTime">For how many milliseconds; 0: as QEMU likes.</param>
public sealed record SendKey(IReadOnlyList<int> Keys, uint HoldTime) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "send-key";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteStartArray("keys");
        foreach (int key in Keys)
        {
            json.WriteStartObject();
            json.WriteString("type", "number");
            json.WriteNumber("data", key);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteGiven("hold-time", HoldTime);
    }
}

/// <summary>Begins to measure how fast the guest writes its memory.</summary>
/// <param name="Seconds">For how long.</param>
/// <param name="Mode">"page-sampling", "dirty-bitmap" or "dirty-ring"; null: QEMU's usual.</param>
public sealed record CalcDirtyRate(int Seconds, string? Mode) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "calc-dirty-rate";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteNumber("calc-time", Seconds);
        json.WriteGiven("mode", Mode);
    }
}

/// <summary>Which formats of memory dumps this QEMU can write.</summary>
public sealed record QueryDumpGuestMemoryCapability : IQmpCommand<IReadOnlyList<string>>
{
    /// <inheritdoc/>
    public string Name => "query-dump-guest-memory-capability";

    /// <inheritdoc/>
    public IReadOnlyList<string> Read(JsonElement reply) => [.. reply.Items("formats").Select(static one => one.GetString() ?? "")];
}

/// <summary>How far a memory dump is.</summary>
/// <param name="Status">"none", "active", "completed" or "failed".</param>
/// <param name="Completed">Bytes that are written.</param>
/// <param name="Total">Bytes in all.</param>
public sealed record DumpState(string Status, ulong Completed, ulong Total);

/// <summary>Asks how far a memory dump is.</summary>
public sealed record QueryDump : IQmpCommand<DumpState>
{
    /// <inheritdoc/>
    public string Name => "query-dump";

    /// <inheritdoc/>
    public DumpState Read(JsonElement reply) => new(reply.Text("status") ?? "", reply.Unsigned("completed") ?? 0, reply.Unsigned("total") ?? 0);
}
