using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

static class Qom
{
    internal static void WriteProperty(Utf8JsonWriter json, string path, string property)
    {
        json.WriteString("path", path);
        json.WriteString("property", property);
    }
}

/// <summary>Reads a property of an object as the JSON it is.</summary>
public sealed record QomGet(string Path, string Property) : IQmpCommand<JsonElement>
{
    /// <inheritdoc/>
    public string Name => "qom-get";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => Qom.WriteProperty(json, Path, Property);

    /// <inheritdoc/>
    public JsonElement Read(JsonElement reply) => reply.Clone();
}

/// <summary>Sets a numeric property of an object.</summary>
public sealed record QomSetNumber(string Path, string Property, long Value) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "qom-set";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        Qom.WriteProperty(json, Path, Property);
        json.WriteNumber("value", Value);
    }
}

/// <summary>A property as QOM lists it.</summary>
public sealed record QomProperty(string Name, string Type);

/// <summary>Lists the properties and children of an object.</summary>
public sealed record QomList(string Path) : IQmpCommand<IReadOnlyList<QomProperty>>
{
    /// <inheritdoc/>
    public string Name => "qom-list";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("path", Path);

    /// <inheritdoc/>
    public IReadOnlyList<QomProperty> Read(JsonElement reply) => ReadAll(reply);

    internal static IReadOnlyList<QomProperty> ReadAll(JsonElement reply) =>
        [.. reply.Items().Select(p => new QomProperty(p.Needed("name"), p.Text("type") ?? ""))];
}

/// <summary>Lists the types that QEMU knows.</summary>
public sealed record QomListTypes : IQmpCommand<IReadOnlyList<string>>
{
    /// <inheritdoc/>
    public string Name => "qom-list-types";

    /// <inheritdoc/>
    public IReadOnlyList<string> Read(JsonElement reply) => [.. reply.Items().Select(t => t.Needed("name"))];
}

/// <summary>Lists the properties of a type of object.</summary>
public sealed record QomListProperties(string Type) : IQmpCommand<IReadOnlyList<QomProperty>>
{
    /// <inheritdoc/>
    public string Name => "qom-list-properties";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("typename", Type);

    /// <inheritdoc/>
    public IReadOnlyList<QomProperty> Read(JsonElement reply) => QomList.ReadAll(reply);
}

/// <summary>Lists the properties of a type of device.</summary>
public sealed record DeviceListProperties(string Type) : IQmpCommand<IReadOnlyList<QomProperty>>
{
    /// <inheritdoc/>
    public string Name => "device-list-properties";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("typename", Type);

    /// <inheritdoc/>
    public IReadOnlyList<QomProperty> Read(JsonElement reply) => QomList.ReadAll(reply);
}
