using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>Asks the guest to let a device go; that it has is an event.</summary>
/// <param name="Id">The device.</param>
public sealed record DeviceDel(string Id) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "device_del";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("id", Id);
}

/// <summary>Removes the host's end of an interface.</summary>
/// <param name="Id">The back end.</param>
public sealed record NetdevDel(string Id) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "netdev_del";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("id", Id);
}

/// <summary>Removes the host's end of a character device.</summary>
/// <param name="Id">The back end.</param>
public sealed record ChardevRemove(string Id) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "chardev-remove";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("id", Id);
}

/// <summary>Plugs an interface's cable in or out.</summary>
/// <param name="Device">The interface's front end.</param>
/// <param name="IsUp">Plugged in.</param>
public sealed record SetLink(string Device, bool IsUp) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "set_link";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("name", Device);
        json.WriteBoolean("up", IsUp);
    }
}
