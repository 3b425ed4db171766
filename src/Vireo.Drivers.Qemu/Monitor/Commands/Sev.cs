using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>The firmware that encrypts a guest's memory.</summary>
/// <param name="ApiMajor">Its interface.</param>
/// <param name="ApiMinor">Its interface, more exactly.</param>
/// <param name="BuildId">Its build.</param>
/// <param name="Policy">What may be done to the guest.</param>
public sealed record SevState(uint ApiMajor, uint ApiMinor, uint BuildId, uint Policy);

/// <summary>Asks how a guest's memory is encrypted.</summary>
public sealed record QuerySev : IQmpCommand<SevState>
{
    /// <inheritdoc/>
    public string Name => "query-sev";

    /// <inheritdoc/>
    public SevState Read(JsonElement reply)
    {
        uint Of(string name) => reply.Number(name) is { } value and >= 0 and <= uint.MaxValue ? (uint)value : 0;
        return new(Of("api-major"), Of("api-minor"), Of("build-id"), Of("policy"));
    }
}

/// <summary>Asks for the measure of what a guest was started with; null: there is none.</summary>
public sealed record QuerySevLaunchMeasure : IQmpCommand<string?>
{
    /// <inheritdoc/>
    public string Name => "query-sev-launch-measure";

    /// <inheritdoc/>
    public string? Read(JsonElement reply) => reply.Text("data");
}
