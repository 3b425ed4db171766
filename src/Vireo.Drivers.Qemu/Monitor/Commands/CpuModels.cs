using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>A CPU as QEMU is asked about it: a model and switches on top.</summary>
public sealed record AskedCpu(string Model, IReadOnlyList<KeyValuePair<string, bool>> Switches)
{
    internal void Write(Utf8JsonWriter json, string member)
    {
        json.WriteStartObject(member);
        json.WriteString("name", Model);
        if (Switches.Count > 0)
        {
            json.WriteStartObject("props");
            foreach ((string name, bool on) in Switches)
                json.WriteBoolean(name, on);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}

/// <summary>Asks QEMU how one CPU relates to another: identical, superset, subset or incompatible.</summary>
public sealed record QueryCpuModelComparison(AskedCpu One, AskedCpu Other) : IQmpCommand<string>
{
    /// <inheritdoc/>
    public string Name => "query-cpu-model-comparison";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        One.Write(json, "modela");
        Other.Write(json, "modelb");
    }

    /// <inheritdoc/>
    public string Read(JsonElement reply) => reply.Needed("result");
}

/// <summary>Asks QEMU for the best CPU that runs wherever either of two does.</summary>
public sealed record QueryCpuModelBaseline(AskedCpu One, AskedCpu Other) : IQmpCommand<ExpandedCpu>
{
    /// <inheritdoc/>
    public string Name => "query-cpu-model-baseline";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        One.Write(json, "modela");
        Other.Write(json, "modelb");
    }

    /// <inheritdoc/>
    public ExpandedCpu Read(JsonElement reply) => ExpandedCpu.Of(reply);
}
