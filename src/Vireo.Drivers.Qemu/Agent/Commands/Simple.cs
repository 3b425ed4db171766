using System.Text.Json;
using Vireo.Drivers.Qemu.Monitor;

namespace Vireo.Drivers.Qemu.Agent.Commands;

/// <summary>Whether anybody is there.</summary>
public sealed record GuestPing : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "guest-ping";
}

/// <summary>Asks the guest to end. The agent may be gone before it can answer.</summary>
/// <param name="Mode">"powerdown", "reboot" or "halt".</param>
public sealed record GuestShutdown(string Mode) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "guest-shutdown";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("mode", Mode);
}

/// <summary>Asks the guest to sleep; success is that it sleeps.</summary>
/// <param name="To">"ram", "disk" or "hybrid".</param>
public sealed record GuestSuspend(string To) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => $"guest-suspend-{To}";
}

/// <summary>Stops writing to file systems until they are thawed; answers how many.</summary>
/// <param name="MountPoints">Which; null: all.</param>
public sealed record GuestFreeze(IReadOnlyList<string>? MountPoints) : IQmpCommand<int>
{
    /// <inheritdoc/>
    public string Name => MountPoints is null ? "guest-fsfreeze-freeze" : "guest-fsfreeze-freeze-list";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        if (MountPoints is null)
            return;
        json.WriteStartArray("mountpoints");
        foreach (string one in MountPoints)
            json.WriteStringValue(one);
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public int Read(JsonElement reply) => AgentRead.Count(reply, Name);
}

/// <summary>Lets file systems be written to again; answers how many.</summary>
public sealed record GuestThaw : IQmpCommand<int>
{
    /// <inheritdoc/>
    public string Name => "guest-fsfreeze-thaw";

    /// <inheritdoc/>
    public int Read(JsonElement reply) => AgentRead.Count(reply, Name);
}

/// <summary>Gives unused blocks of file systems back.</summary>
/// <param name="Minimum">Runs of fewer bytes are left alone; 0: none are.</param>
public sealed record GuestTrim(ulong Minimum) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "guest-fstrim";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteNumber("minimum", Minimum);
}

/// <summary>The guest's clock, in nanoseconds since 1970.</summary>
public sealed record GuestGetTime : IQmpCommand<ulong>
{
    /// <inheritdoc/>
    public string Name => "guest-get-time";

    /// <inheritdoc/>
    public ulong Read(JsonElement reply) => AgentRead.Unsigned(reply, Name);
}

/// <summary>Sets the guest's clock.</summary>
/// <param name="Nanoseconds">Since 1970; null: from its hardware clock.</param>
public sealed record GuestSetTime(ulong? Nanoseconds) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "guest-set-time";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        if (Nanoseconds is { } time)
            json.WriteNumber("time", time);
    }
}

/// <summary>Gives a user of the guest another password.</summary>
/// <param name="User">The user.</param>
/// <param name="Password">The password, in base 64.</param>
/// <param name="IsCrypted">It is what the guest stores, not what a user types.</param>
public sealed record GuestSetUserPassword(string User, string Password, bool IsCrypted) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "guest-set-user-password";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteBoolean("crypted", IsCrypted);
        json.WriteString("username", User);
        json.WriteString("password", Password);
    }
}

/// <summary>The keys by which a user of the guest may log in.</summary>
/// <param name="User">The user.</param>
public sealed record GuestSshGetAuthorizedKeys(string User) : IQmpCommand<IReadOnlyList<string>>
{
    /// <inheritdoc/>
    public string Name => "guest-ssh-get-authorized-keys";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("username", User);

    /// <inheritdoc/>
    public IReadOnlyList<string> Read(JsonElement reply) => [.. reply.Items("keys").Select(static k => k.GetString() ?? throw AgentRead.Malformed("guest-ssh-get-authorized-keys"))];
}

/// <summary>Lets a user of the guest log in by more keys.</summary>
/// <param name="User">The user.</param>
/// <param name="Keys">The keys.</param>
/// <param name="Reset">By no others any more.</param>
public sealed record GuestSshAddAuthorizedKeys(string User, IReadOnlyList<string> Keys, bool Reset) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "guest-ssh-add-authorized-keys";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        AgentRead.WriteKeys(json, User, Keys);
        json.WriteBoolean("reset", Reset);
    }
}

/// <summary>Lets a user of the guest no longer log in by some keys.</summary>
/// <param name="User">The user.</param>
/// <param name="Keys">The keys.</param>
public sealed record GuestSshRemoveAuthorizedKeys(string User, IReadOnlyList<string> Keys) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "guest-ssh-remove-authorized-keys";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => AgentRead.WriteKeys(json, User, Keys);
}
