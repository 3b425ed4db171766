using System.Text.Json;
using Vireo.Drivers.Qemu.Monitor;

namespace Vireo.Drivers.Qemu.Agent.Commands;

/// <summary>A disk, or a part of one, as the guest sees it.</summary>
/// <param name="Name">The guest's path of it.</param>
/// <param name="IsPartition">It is a part of another.</param>
/// <param name="DependsOn">What it is made of.</param>
/// <param name="Address">Where it is in the machine; null: nowhere by itself.</param>
/// <param name="Alias">What the guest calls it besides; null: nothing.</param>
public sealed record GuestBlockDevice(string Name, bool IsPartition, IReadOnlyList<string> DependsOn, GuestDisk? Address, string? Alias);

/// <summary>Which disks the guest sees.</summary>
public sealed record GuestGetDisks : IQmpCommand<IReadOnlyList<GuestBlockDevice>>
{
    /// <inheritdoc/>
    public string Name => "guest-get-disks";

    /// <inheritdoc/>
    public IReadOnlyList<GuestBlockDevice> Read(JsonElement reply) => [.. AgentRead.List(reply, Name).Select(one => new GuestBlockDevice(
        one.Text("name") ?? throw AgentRead.Malformed(Name), one.Flag("partition") ?? throw AgentRead.Malformed(Name),
        [.. one.Items("dependencies").Take(AgentRead.Most).Select(static d => d.ValueKind is JsonValueKind.String ? d.GetString()! : throw AgentRead.Malformed("guest-get-disks"))],
        one.Member("address") is { } address ? GuestGetFsInfo.Disk(address) : null, one.Text("alias")))];
}
