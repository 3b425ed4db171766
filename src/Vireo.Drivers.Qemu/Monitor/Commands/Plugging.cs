using System.Text.Json;
using Vireo.Drivers.Qemu.CommandLine;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>Makes a part of a device in a running machine: device_add, object-add, netdev_add, blockdev-add.</summary>
/// <param name="Name">The command.</param>
/// <param name="Properties">What it is made with.</param>
public sealed record MakePart(string Name, QemuProperties Properties) : IQmpAction
{
    /// <summary>The object's properties stand apart from its type and id, as QEMU wanted it before 6.0.</summary>
    public bool IsNested { get; init; }

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        bool opened = false;
        foreach (var (name, value) in Properties)
        {
            if (IsNested && !opened && name is not ("qom-type" or "id"))
            {
                json.WriteStartObject("props");
                opened = true;
            }
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
        if (opened)
            json.WriteEndObject();
    }
}

/// <summary>Removes an object.</summary>
/// <param name="Id">The object.</param>
public sealed record ObjectDel(string Id) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "object-del";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("id", Id);
}

/// <summary>Removes a node of the block graph.</summary>
/// <param name="Node">The node.</param>
public sealed record BlockdevDel(string Node) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "blockdev-del";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("node-name", Node);
}

/// <summary>Gives the descriptor that comes with the command a name.</summary>
/// <param name="Descriptor">The name.</param>
public sealed record GetFd(string Descriptor) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "getfd";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("fdname", Descriptor);
}

/// <summary>Closes a named descriptor that nothing has taken.</summary>
/// <param name="Descriptor">The name.</param>
public sealed record CloseFd(string Descriptor) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "closefd";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("fdname", Descriptor);
}

/// <summary>Adds the descriptor that comes with the command to a set.</summary>
/// <param name="Set">The set's number.</param>
/// <param name="Opaque">Whose it is.</param>
public sealed record AddFd(int Set, string? Opaque) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "add-fd";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteNumber("fdset-id", Set);
        json.WriteGiven("opaque", Opaque);
    }
}

/// <summary>Closes the descriptors of a set that nobody uses.</summary>
/// <param name="Set">The set's number.</param>
public sealed record RemoveFd(int Set) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "remove-fd";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteNumber("fdset-id", Set);
}

/// <summary>A set of descriptors, and whose they are.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Owners">What was said when they were added.</param>
public sealed record DescriptorSet(int Number, IReadOnlyList<string> Owners);

/// <summary>Asks for the sets of descriptors.</summary>
public sealed record QueryFdSets : IQmpCommand<IReadOnlyList<DescriptorSet>>
{
    /// <inheritdoc/>
    public string Name => "query-fdsets";

    /// <inheritdoc/>
    public IReadOnlyList<DescriptorSet> Read(JsonElement reply) => [.. reply.Items().Select(static s => new DescriptorSet(
        (int)(s.Number("fdset-id") ?? 0), [.. (s.Member("fds") ?? default).Items().Select(static f => f.Text("opaque") ?? "")]))];
}

/// <summary>Says what becomes of the machine when its watchdog barks.</summary>
/// <param name="Action">QEMU's word.</param>
public sealed record WatchdogSetAction(string Action) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "watchdog-set-action";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("action", Action);
}
