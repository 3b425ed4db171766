using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>Leaves negotiation mode.</summary>
public sealed record QmpCapabilities : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "qmp_capabilities";
}

/// <summary>QEMU ends at once.</summary>
public sealed record Quit : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "quit";
}

/// <summary>Which QEMU it is.</summary>
public sealed record QueryVersion : IQmpCommand<QmpGreeting>
{
    /// <inheritdoc/>
    public string Name => "query-version";

    /// <inheritdoc/>
    public QmpGreeting Read(JsonElement reply) => QmpGreeting.ReadVersion(reply);
}

/// <summary>Sets the password of a display.</summary>
public sealed record SetPassword(string Protocol, string Password) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "set_password";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("protocol", Protocol);
        json.WriteString("password", Password);
    }
}

/// <summary>What QEMU does when the guest resets the machine: "reset" or "shutdown".</summary>
public sealed record SetRebootAction(string Action) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "set-action";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("reboot", Action);
}

/// <summary>When the password of a display ends: "now", "never", "+seconds" or a time.</summary>
public sealed record ExpirePassword(string Protocol, string Time) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "expire_password";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("protocol", Protocol);
        json.WriteString("time", Time);
    }
}
