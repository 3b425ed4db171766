using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>Which architecture it emulates, in QEMU's naming.</summary>
public sealed record QueryTarget : IQmpCommand<string>
{
    /// <inheritdoc/>
    public string Name => "query-target";

    /// <inheritdoc/>
    public string Read(JsonElement reply) => reply.Needed("arch");
}

/// <summary>Whether KVM is in use.</summary>
public sealed record QueryKvm : IQmpCommand<bool>
{
    /// <inheritdoc/>
    public string Name => "query-kvm";

    /// <inheritdoc/>
    public bool Read(JsonElement reply) => reply.Flag("enabled") is true && reply.Flag("present") is true;
}

/// <summary>The names of its commands.</summary>
public sealed record QueryCommands : IQmpCommand<IReadOnlyList<string>>
{
    /// <inheritdoc/>
    public string Name => "query-commands";

    /// <inheritdoc/>
    public IReadOnlyList<string> Read(JsonElement reply) => [.. reply.Items().Select(c => c.Needed("name"))];
}

/// <summary>The whole QMP schema.</summary>
public sealed record QueryQmpSchema : IQmpCommand<JsonElement>
{
    /// <inheritdoc/>
    public string Name => "query-qmp-schema";

    /// <inheritdoc/>
    public JsonElement Read(JsonElement reply) => reply.Clone();
}

/// <summary>One machine type as QEMU tells it.</summary>
public sealed record MachineAnswer(string Name)
{
    /// <summary>The short name.</summary>
    public string? Alias { get; init; }

    /// <summary>Taken when none is named.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Most CPUs.</summary>
    public int MaxCpus { get; init; }

    /// <summary>CPUs can be plugged.</summary>
    public bool HotplugCpus { get; init; }

    /// <summary>The type of its CPU when none is named.</summary>
    public string? DefaultCpu { get; init; }

    /// <summary>The id of its memory.</summary>
    public string? DefaultRamId { get; init; }

    /// <summary>Old NUMA syntax works.</summary>
    public bool NumaMem { get; init; }

    /// <summary>Will go away.</summary>
    public bool Deprecated { get; init; }
}

/// <summary>Asks for the machine types.</summary>
public sealed record QueryMachines : IQmpCommand<IReadOnlyList<MachineAnswer>>
{
    /// <inheritdoc/>
    public string Name => "query-machines";

    /// <inheritdoc/>
    public IReadOnlyList<MachineAnswer> Read(JsonElement reply) =>
        [.. reply.Items().Select(m => new MachineAnswer(m.Needed("name"))
        {
            Alias = m.Text("alias"),
            IsDefault = m.Flag("is-default") ?? false,
            MaxCpus = (int)Math.Clamp(m.Number("cpu-max") ?? 0, 0, int.MaxValue),
            HotplugCpus = m.Flag("hotpluggable-cpus") ?? false,
            DefaultCpu = m.Text("default-cpu-type"),
            DefaultRamId = m.Text("default-ram-id"),
            NumaMem = m.Flag("numa-mem-supported") ?? false,
            Deprecated = m.Flag("deprecated") ?? false,
        })];
}

/// <summary>One CPU model as QEMU tells it; <paramref name="Missing"/> is null when it does not say.</summary>
public sealed record CpuModelAnswer(string Name, string? Type, IReadOnlyList<string>? Missing, bool Deprecated);

/// <summary>Asks for the CPU models.</summary>
public sealed record QueryCpuDefinitions : IQmpCommand<IReadOnlyList<CpuModelAnswer>>
{
    /// <inheritdoc/>
    public string Name => "query-cpu-definitions";

    /// <inheritdoc/>
    public IReadOnlyList<CpuModelAnswer> Read(JsonElement reply) =>
        [.. reply.Items().Select(c => new CpuModelAnswer(
            c.Needed("name"), c.Text("typename"),
            c.Member("unavailable-features") is { ValueKind: JsonValueKind.Array } missing
                ? [.. missing.EnumerateArray().Select(f => f.GetString() ?? "")] : null,
            c.Flag("deprecated") ?? false))];
}

/// <summary>A CPU model written out: the model it stands on and its properties in QEMU's order.</summary>
public sealed record ExpandedCpu(string Model, IReadOnlyList<KeyValuePair<string, JsonElement>> Properties)
{
    internal static ExpandedCpu Of(JsonElement reply)
    {
        var model = reply.Member("model") ?? throw QmpErrors.Malformed("no 'model'");
        return new(model.Needed("name"),
            model.Member("props") is { ValueKind: JsonValueKind.Object } props
                ? [.. props.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.Clone()))] : []);
    }
}

/// <summary>Asks QEMU to write a CPU model out.</summary>
public sealed record QueryCpuModelExpansion(string Kind, string Model, bool? Migratable = null) : IQmpCommand<ExpandedCpu>
{
    /// <summary>With all of Hyper-V's enlightenments that the accelerator knows.</summary>
    public bool HypervPassthrough { get; init; }

    /// <summary>Further properties of the model, as another expansion gave them.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Properties { get; init; } = [];

    /// <summary>Switches of the model, set before it is written out.</summary>
    public IReadOnlyList<KeyValuePair<string, bool>> Switches { get; init; } = [];

    /// <inheritdoc/>
    public string Name => "query-cpu-model-expansion";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("type", Kind);
        json.WriteStartObject("model");
        json.WriteString("name", Model);
        if (Migratable is not null || Properties.Count > 0 || Switches.Count > 0)
        {
            json.WriteStartObject("props");
            if (Migratable is { } migratable) json.WriteBoolean("migratable", migratable);
            if (HypervPassthrough) json.WriteBoolean("hv-passthrough", true);
            foreach (var (name, value) in Properties)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
            foreach (var (name, on) in Switches)
                json.WriteBoolean(name, on);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public ExpandedCpu Read(JsonElement reply) => ExpandedCpu.Of(reply);
}

/// <summary>A command line option and its parameters.</summary>
public sealed record OptionAnswer(string Option, IReadOnlyList<string> Parameters);

/// <summary>Asks for the command line's options.</summary>
public sealed record QueryCommandLineOptions : IQmpCommand<IReadOnlyList<OptionAnswer>>
{
    /// <inheritdoc/>
    public string Name => "query-command-line-options";

    /// <inheritdoc/>
    public IReadOnlyList<OptionAnswer> Read(JsonElement reply) =>
        [.. reply.Items().Select(o => new OptionAnswer(o.Needed("option"), [.. o.Items("parameters").Select(p => p.Needed("name"))]))];
}

/// <summary>Asks for the front ends of trusted platform modules.</summary>
public sealed record QueryTpmModels : IQmpCommand<IReadOnlyList<string>>
{
    /// <inheritdoc/>
    public string Name => "query-tpm-models";

    /// <inheritdoc/>
    public IReadOnlyList<string> Read(JsonElement reply) => [.. reply.Items().Select(m => m.GetString() ?? "")];
}

/// <summary>Asks for the back ends of trusted platform modules.</summary>
public sealed record QueryTpmTypes : IQmpCommand<IReadOnlyList<string>>
{
    /// <inheritdoc/>
    public string Name => "query-tpm-types";

    /// <inheritdoc/>
    public IReadOnlyList<string> Read(JsonElement reply) => [.. reply.Items().Select(t => t.GetString() ?? "")];
}
