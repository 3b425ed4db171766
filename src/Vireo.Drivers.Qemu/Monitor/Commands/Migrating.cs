using System.Text.Json;
using Vireo.Core;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Drivers.Qemu.Status;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>Switches a capability of migrations.</summary>
public sealed record MigrateSetCapability(string Capability, bool On) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "migrate-set-capabilities";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteStartArray("capabilities");
        json.WriteStartObject();
        json.WriteString("capability", Capability);
        json.WriteBoolean("state", On);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}

/// <summary>Asks for the settings of migrations.</summary>
public sealed record QueryMigrateParameters : IQmpCommand<ValueList<StatusMigrationParameter>>
{
    /// <inheritdoc/>
    public string Name => "query-migrate-parameters";

    /// <inheritdoc/>
    public ValueList<StatusMigrationParameter> Read(JsonElement reply) => MigrationParameters.Read(reply);
}

/// <summary>Changes settings of migrations.</summary>
/// <param name="Parameters">Those that change, as <see cref="MigrationParameters.Checked"/> gives them.</param>
public sealed record MigrateSetParameters(ValueList<StatusMigrationParameter> Parameters) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "migrate-set-parameters";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => MigrationParameters.Write(json, Parameters);
}

/// <summary>How many bytes a second a migration may send.</summary>
public sealed record MigrateSetBandwidth(long Bytes) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "migrate-set-parameters";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteNumber("max-bandwidth", Bytes);
}

/// <summary>Begins to send the machine's state; that it is sent is an event.</summary>
/// <param name="Uri">Where to.</param>
/// <param name="Resume">The rest of a migration whose way broke.</param>
public sealed record MigrateTo(string Uri, bool Resume = false) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "migrate";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("uri", Uri);
        if (Resume)
            json.WriteBoolean("resume", true);
    }
}

/// <summary>Begins to take a machine's state; that it is taken is an event.</summary>
public sealed record MigrateIncoming(string Uri) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "migrate-incoming";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("uri", Uri);
}

/// <summary>Takes the rest of a broken post-copy migration from another place.</summary>
public sealed record MigrateRecover(string Uri) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "migrate-recover";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("uri", Uri);
}

/// <summary>Interrupts a post-copy migration, so that it can go on elsewhere.</summary>
public sealed record MigratePause : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "migrate-pause";
}

/// <summary>Lets the guest run on the other side before all of its memory is there.</summary>
public sealed record MigrateStartPostcopy : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "migrate-start-postcopy";
}

/// <summary>Stops sending.</summary>
public sealed record MigrateCancel : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "migrate_cancel";
}

/// <summary>How a migration stands, and why it failed if it did.</summary>
public sealed record MigrationStanding(string Status, string? Error);

/// <summary>Asks how a migration stands.</summary>
public sealed record QueryMigrate : IQmpCommand<MigrationStanding>
{
    /// <inheritdoc/>
    public string Name => "query-migrate";

    /// <inheritdoc/>
    public MigrationStanding Read(JsonElement reply) => new(reply.Text("status") ?? "none", reply.Text("error-desc"));
}
