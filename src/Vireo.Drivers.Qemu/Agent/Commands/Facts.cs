using System.Text.Json;
using Vireo.Core.TypedParameters;
using Vireo.Drivers.Qemu.Monitor;

namespace Vireo.Drivers.Qemu.Agent.Commands;

/// <summary>The guest's time zone, as parameters that callers get.</summary>
public sealed record GuestGetTimezone : IQmpCommand<IReadOnlyList<TypedParameter>>
{
    /// <inheritdoc/>
    public string Name => "guest-get-timezone";

    /// <inheritdoc/>
    public IReadOnlyList<TypedParameter> Read(JsonElement reply)
    {
        var all = new List<TypedParameter>();
        if (reply.Text("zone") is { } zone)
            all.Add(new TypedParameter("timezone.name", zone));
        all.Add(new TypedParameter("timezone.offset", reply.Number("offset") is { } offset and >= int.MinValue and <= int.MaxValue ? (int)offset : throw AgentRead.Malformed(Name)));
        return all;
    }
}

/// <summary>The guest's operating system, as parameters that callers get.</summary>
public sealed record GuestGetOsInfo : IQmpCommand<IReadOnlyList<TypedParameter>>
{
    static readonly string[] told = ["id", "name", "pretty-name", "version", "version-id", "machine", "variant", "variant-id", "kernel-release", "kernel-version"];

    /// <inheritdoc/>
    public string Name => "guest-get-osinfo";

    /// <inheritdoc/>
    public IReadOnlyList<TypedParameter> Read(JsonElement reply) =>
        [.. told.Where(name => reply.Text(name) is not null).Select(name => new TypedParameter($"os.{name}", reply.Text(name)!))];
}

/// <summary>Who is logged in, as parameters that callers get.</summary>
public sealed record GuestGetUsers : IQmpCommand<IReadOnlyList<TypedParameter>>
{
    /// <inheritdoc/>
    public string Name => "guest-get-users";

    /// <inheritdoc/>
    public IReadOnlyList<TypedParameter> Read(JsonElement reply)
    {
        JsonElement[] users = [.. AgentRead.List(reply, Name)];
        var all = new List<TypedParameter> { new("user.count", (uint)users.Length) };
        for (int i = 0; i < users.Length; i++)
        {
            all.Add(new TypedParameter($"user.{i}.name", users[i].Text("user") ?? throw AgentRead.Malformed(Name)));
            if (users[i].Text("domain") is { } domain)
                all.Add(new TypedParameter($"user.{i}.domain", domain));
            // Seconds with a fraction there, milliseconds here.
            double login = users[i].Member("login-time") is { ValueKind: JsonValueKind.Number } time ? time.GetDouble() : throw AgentRead.Malformed(Name);
            all.Add(new TypedParameter($"user.{i}.login-time", login is >= 0 and < ulong.MaxValue / 1000 ? (ulong)(login * 1000) : throw AgentRead.Malformed(Name)));
        }
        return all;
    }
}

/// <summary>The guest's name for itself.</summary>
public sealed record GuestGetHostName : IQmpCommand<string>
{
    /// <inheritdoc/>
    public string Name => "guest-get-host-name";

    /// <inheritdoc/>
    public string Read(JsonElement reply) => reply.Text("host-name") ?? throw AgentRead.Malformed(Name);
}
