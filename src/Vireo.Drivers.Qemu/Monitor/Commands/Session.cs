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
    /// <summary>What becomes of who is connected: "keep", "disconnect" or "fail"; null: QEMU's rule.</summary>
    public string? Connected { get; init; }

    /// <inheritdoc/>
    public string Name => "set_password";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("protocol", Protocol);
        json.WriteString("password", Password);
        json.WriteGiven("connected", Connected);
    }
}

/// <summary>What QEMU does when something happens to the guest; what is null stays.</summary>
public sealed record SetAction : IQmpAction
{
    /// <summary>The guest resets the machine: "reset" or "shutdown".</summary>
    public string? Reboot { get; init; }

    /// <summary>It switches it off: "poweroff" or "pause".</summary>
    public string? Shutdown { get; init; }

    /// <summary>It no longer feeds its watchdog: "reset", "shutdown", "poweroff", "pause", "debug", "none" or "inject-nmi".</summary>
    public string? Watchdog { get; init; }

    /// <summary>It panics: "pause", "shutdown", "exit-failure" or "none".</summary>
    public string? Panic { get; init; }

    /// <inheritdoc/>
    public string Name => "set-action";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteGiven("panic", Panic);
        json.WriteGiven("reboot", Reboot);
        json.WriteGiven("shutdown", Shutdown);
        json.WriteGiven("watchdog", Watchdog);
    }
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
