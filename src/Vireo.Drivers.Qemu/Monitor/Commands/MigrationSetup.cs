using System.Text.Json;
using Vireo.Core;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>A capability of migrations.</summary>
/// <param name="Name">QEMU's word.</param>
/// <param name="On">It is on.</param>
public readonly record struct MigrateCapability(string Name, bool On);

/// <summary>Switches capabilities of migrations, all or none.</summary>
public sealed record MigrateSetCapabilities(ValueList<MigrateCapability> Capabilities) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "migrate-set-capabilities";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteStartArray("capabilities");
        foreach (var (name, on) in Capabilities)
        {
            json.WriteStartObject();
            json.WriteString("capability", name);
            json.WriteBoolean("state", on);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}

/// <summary>Asks which capabilities of migrations there are, and which of them are on.</summary>
public sealed record QueryMigrateCapabilities : IQmpCommand<ValueList<MigrateCapability>>
{
    /// <inheritdoc/>
    public string Name => "query-migrate-capabilities";

    /// <inheritdoc/>
    public ValueList<MigrateCapability> Read(JsonElement reply) => [.. reply.Items().Select(static c => new MigrateCapability(c.Needed("capability"), c.Flag("state") ?? false))];
}

/// <summary>Lets a migration go on that waits, with its guest stopped, before the target gets it.</summary>
public sealed record MigrateContinue(string State = "pre-switchover") : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "migrate-continue";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("state", State);
}

/// <summary>Asks how a migration stands, in numbers.</summary>
public sealed record QueryMigration : IQmpCommand<MigrationProgress>
{
    /// <inheritdoc/>
    public string Name => "query-migrate";

    /// <inheritdoc/>
    public MigrationProgress Read(JsonElement reply)
    {
        JsonElement? ram = reply.Member("ram"), disk = reply.Member("disk"), cache = reply.Member("xbzrle-cache");
        return new MigrationProgress(reply.Text("status") ?? "none")
        {
            Error = reply.Text("error-desc"),
            Blockers = [.. reply.Items("blocked-reasons").Select(static one => one.GetString()).OfType<string>()],
            Downtime = reply.Unsigned("downtime") ?? reply.Unsigned("expected-downtime"),
            SetupTime = reply.Unsigned("setup-time"),
            Memory = ram is { } memory ? Part(memory) : null,
            Disk = disk is { } storage ? Part(storage) : null,
            Cache = cache is { } one ? new CompressionNumbers(one.Unsigned("cache-size") ?? 0, one.Unsigned("bytes") ?? 0, one.Unsigned("pages") ?? 0,
                one.Unsigned("cache-miss") ?? 0, one.Unsigned("overflow") ?? 0) : null,
            Throttle = (uint)(reply.Unsigned("cpu-throttle-percentage") ?? 0),
        };
    }

    static TransferNumbers Part(JsonElement of) => new(of.Unsigned("total") ?? 0, of.Unsigned("transferred") ?? 0, of.Unsigned("remaining") ?? 0)
    {
        BytesPerSecond = of.Member("mbps") is { ValueKind: JsonValueKind.Number } rate ? (ulong)(rate.GetDouble() * 1000 * 1000 / 8) : 0,
        Duplicate = of.Unsigned("duplicate") ?? 0,
        Normal = of.Unsigned("normal") ?? 0,
        NormalBytes = of.Unsigned("normal-bytes") ?? 0,
        DirtyRate = of.Unsigned("dirty-pages-rate") ?? 0,
        Iteration = of.Unsigned("dirty-sync-count") ?? 0,
        PostcopyRequests = of.Unsigned("postcopy-requests") ?? 0,
        PageSize = of.Unsigned("page-size") ?? 0,
    };
}

/// <summary>A migration in numbers.</summary>
/// <param name="Status">QEMU's word: active, pre-switchover, completed.</param>
public sealed record MigrationProgress(string Status)
{
    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>Why this machine cannot migrate, in QEMU's words.</summary>
    public ValueList<string> Blockers { get; init; }

    /// <summary>How long the guest stood still, or is expected to, in milliseconds.</summary>
    public ulong? Downtime { get; init; }

    /// <summary>In milliseconds.</summary>
    public ulong? SetupTime { get; init; }

    /// <summary>Memory.</summary>
    public TransferNumbers? Memory { get; init; }

    /// <summary>Disks, of the kind of copy that QEMU no longer has.</summary>
    public TransferNumbers? Disk { get; init; }

    /// <summary>The cache of compression, if it is on.</summary>
    public CompressionNumbers? Cache { get; init; }

    /// <summary>By how many percent the guest is slowed down.</summary>
    public uint Throttle { get; init; }
}

/// <summary>What is sent of memory or disks, in bytes.</summary>
public sealed record TransferNumbers(ulong Total, ulong Processed, ulong Remaining)
{
#pragma warning disable CS1591 // QEMU's numbers, in pages where the name does not say bytes
    public ulong BytesPerSecond { get; init; }
    public ulong Duplicate { get; init; }
    public ulong Normal { get; init; }
    public ulong NormalBytes { get; init; }
    public ulong DirtyRate { get; init; }
    public ulong Iteration { get; init; }
    public ulong PostcopyRequests { get; init; }
    public ulong PageSize { get; init; }
#pragma warning restore CS1591
}

/// <summary>What compression saved.</summary>
public sealed record CompressionNumbers(ulong Size, ulong Bytes, ulong Pages, ulong Misses, ulong Overflow);
