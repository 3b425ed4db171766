using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

static class BlockJobs
{
    // What every job on blocks says first. A persistent one stays when it is done, so that a daemon that was away can ask how it ended.
    internal static void Begin(Utf8JsonWriter json, string job, string device, ulong speed, bool isPersistent, bool? autoFinalize = true)
    {
        json.WriteString("job-id", job);
        json.WriteString("device", device);
        json.WriteGiven("speed", speed);
        if (!isPersistent)
            return;
        if (autoFinalize is { } finalizes)
            json.WriteBoolean("auto-finalize", finalizes);
        json.WriteBoolean("auto-dismiss", false);
    }
}

/// <summary>A job of QEMU's.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Type">What it does: commit, stream, mirror, backup, create, amend ...</param>
/// <param name="Status">Where it stands: created, running, paused, ready, standby, waiting, pending, aborting, concluded, null.</param>
/// <param name="Error">Why it failed; null: it did not.</param>
/// <param name="Done">How far it is, in units of its own.</param>
/// <param name="Whole">How far it has to go.</param>
public sealed record JobReport(string Id, string Type, string Status, string? Error, ulong Done, ulong Whole);

/// <summary>Asks for the jobs.</summary>
public sealed record QueryJobs : IQmpCommand<IReadOnlyList<JobReport>>
{
    /// <inheritdoc/>
    public string Name => "query-jobs";

    /// <inheritdoc/>
    public IReadOnlyList<JobReport> Read(JsonElement reply) =>
        [.. reply.Items().Select(static j => new JobReport(j.Needed("id"), j.Needed("type"), j.Needed("status"), j.Text("error"),
            j.Unsigned("current-progress") ?? 0, j.Unsigned("total-progress") ?? 0))];
}

/// <summary>Takes note of a job's end, so that it goes.</summary>
/// <param name="Id">The job.</param>
public sealed record JobDismiss(string Id) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "job-dismiss";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("id", Id);
}

/// <summary>Lets a job that is ready come to its end.</summary>
/// <param name="Id">The job.</param>
public sealed record JobComplete(string Id) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "job-complete";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("id", Id);
}

/// <summary>Ends a job on blocks before its time.</summary>
/// <param name="Job">The job.</param>
/// <param name="Force">Though it is ready: a copy is then given up rather than finished.</param>
public sealed record BlockJobCancel(string Job, bool Force) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "block-job-cancel";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("device", Job);
        if (Force)
            json.WriteBoolean("force", true);
    }
}

/// <summary>Lets a job that waits for its graph to be changed go on.</summary>
/// <param name="Id">The job.</param>
public sealed record JobFinalize(string Id) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "job-finalize";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("id", Id);
}

/// <summary>Limits a job on blocks.</summary>
/// <param name="Job">The job.</param>
/// <param name="Speed">Bytes a second; 0: no limit.</param>
public sealed record BlockJobSetSpeed(string Job, ulong Speed) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "block-job-set-speed";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("device", Job);
        json.WriteNumber("speed", Speed);
    }
}

/// <summary>A job on blocks in numbers.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Speed">Its limit in bytes a second; 0: none.</param>
/// <param name="Done">How far it is.</param>
/// <param name="Whole">How far it has to go.</param>
/// <param name="IsReady">It can be completed.</param>
public sealed record BlockJobProgress(string Id, ulong Speed, ulong Done, ulong Whole, bool IsReady);

/// <summary>Asks how far the jobs on blocks are.</summary>
public sealed record QueryBlockJobs : IQmpCommand<IReadOnlyList<BlockJobProgress>>
{
    /// <inheritdoc/>
    public string Name => "query-block-jobs";

    /// <inheritdoc/>
    public IReadOnlyList<BlockJobProgress> Read(JsonElement reply) =>
        [.. reply.Items().Select(static j => new BlockJobProgress(j.Needed("device"), j.Unsigned("speed") ?? 0, j.Unsigned("offset") ?? 0, j.Unsigned("len") ?? 0, j.Flag("ready") ?? false))];
}

/// <summary>Gives a job up.</summary>
/// <param name="Id">The job.</param>
public sealed record JobCancel(string Id) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "job-cancel";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("id", Id);
}
