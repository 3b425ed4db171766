using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Monitor;

namespace Vireo.Drivers.Qemu.Agent.Commands;

/// <summary>A virtual CPU as the guest sees it.</summary>
/// <param name="Id">The guest's number.</param>
/// <param name="IsOnline">The guest uses it.</param>
/// <param name="CanGo">The guest could do without it.</param>
public sealed record GuestVcpu(long Id, bool IsOnline, bool CanGo);

/// <summary>Which virtual CPUs the guest sees.</summary>
public sealed record GuestGetVcpus : IQmpCommand<IReadOnlyList<GuestVcpu>>
{
    /// <inheritdoc/>
    public string Name => "guest-get-vcpus";

    /// <inheritdoc/>
    public IReadOnlyList<GuestVcpu> Read(JsonElement reply) =>
        [.. AgentRead.List(reply, Name).Select(v => new GuestVcpu(v.Number("logical-id") ?? throw AgentRead.Malformed(Name), v.Flag("online") ?? throw AgentRead.Malformed(Name), v.Flag("can-offline") ?? false))];
}

/// <summary>Has the guest use CPUs or do without them; answers how many of them it has done before it could not.</summary>
/// <param name="Vcpus">Those that change, as they shall be.</param>
public sealed record GuestSetVcpus(IReadOnlyList<GuestVcpu> Vcpus) : IQmpCommand<int>
{
    /// <inheritdoc/>
    public string Name => "guest-set-vcpus";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteStartArray("vcpus");
        foreach (GuestVcpu one in Vcpus)
        {
            json.WriteStartObject();
            json.WriteNumber("logical-id", one.Id);
            json.WriteBoolean("online", one.IsOnline);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public int Read(JsonElement reply) => AgentRead.Count(reply, Name);

    /// <summary>What is left to ask for after the guest has done some of it; null: nothing.</summary>
    /// <param name="done">Its answer.</param>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: it has done nothing, or more than it was asked for.</exception>
    public GuestSetVcpus? After(int done)
    {
        if (done < 1 || done > Vcpus.Count)
            throw VireoException.Internal(ErrorDomain.Qemu, "guest agent returned malformed or invalid return value");
        return done == Vcpus.Count ? null : new GuestSetVcpus([.. Vcpus.Skip(done)]);
    }

    /// <summary>Which CPUs have to change so that the guest uses a number of them: those that can go, the first of the list first.</summary>
    /// <param name="now">How they are.</param>
    /// <param name="wanted">How many shall be used.</param>
    /// <exception cref="VireoException">VIR_ERR_INVALID_ARG: the guest has not so many; VIR_ERR_OPERATION_INVALID: not so many can go.</exception>
    public static IReadOnlyList<GuestVcpu> Changes(IReadOnlyList<GuestVcpu> now, int wanted)
    {
        int online = now.Count(static v => v.IsOnline);
        bool adds = wanted > online;
        GuestVcpu[] some = [.. now.Where(v => adds ? !v.IsOnline : v.IsOnline && v.CanGo).Take(Math.Abs(wanted - online)).Select(v => v with { IsOnline = adds })];
        if (some.Length == Math.Abs(wanted - online))
            return some;
        throw adds ? VireoException.InvalidArgument(ErrorDomain.Qemu, "guest reports fewer vCPUs than wanted")
            : VireoException.InvalidArgument(ErrorDomain.Qemu, "Cannot offline enough CPUs");
    }
}
