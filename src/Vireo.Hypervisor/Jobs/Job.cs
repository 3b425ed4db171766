namespace Vireo.Hypervisor.Jobs;

/// <summary>What is done to a machine; at most one at a time (libvirt's kinds, in its order).</summary>
public enum Job
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>Asks the machine something that its snapshot does not know.</summary>
    Query,
    /// <summary>Ends it. Goes before all others that wait, and asks who holds the machine to stop.</summary>
    Destroy,
    /// <summary>Stops its processors.</summary>
    Suspend,
    /// <summary>Changes it.</summary>
    Modify,
    /// <summary>Aborts the long job that is under way.</summary>
    Abort,
    /// <summary>A step of a migration.</summary>
    MigrationOperation,
    /// <summary>A change that does not harm a migration.</summary>
    ModifyMigrationSafe,
    /// <summary>The start of a long job.</summary>
    Async,
    /// <summary>A step of the long job, by whom it belongs to.</summary>
    AsyncNested,
}

/// <summary>A long job: others may do beside it what it allows.</summary>
public enum AsyncJob
{
#pragma warning disable CS1591
    None, MigrationOut, MigrationIn, Save, Dump, Snapshot, Start, Backup,
#pragma warning restore CS1591
}

/// <summary>What a long job allows others to do beside it.</summary>
[Flags]
public enum JobMask
{
#pragma warning disable CS1591
    None = 0,
    Query = 1 << Job.Query,
    Destroy = 1 << Job.Destroy,
    Suspend = 1 << Job.Suspend,
    Modify = 1 << Job.Modify,
    Abort = 1 << Job.Abort,
    MigrationOperation = 1 << Job.MigrationOperation,
    ModifyMigrationSafe = 1 << Job.ModifyMigrationSafe,
#pragma warning restore CS1591
    /// <summary>What every long job should allow.</summary>
    Default = Query | Destroy | Abort,
}

/// <summary>Who asks for a job: shown to whoever waits for it.</summary>
/// <param name="Api">The operation, as libvirt shows it: "remoteDispatchDomainSuspend".</param>
/// <param name="Who">The client: "client 7 (uid 0, pid 4711)"; null: the daemon itself.</param>
public readonly record struct JobCaller(string Api, string? Who = null)
{
    /// <summary>A caller within the daemon.</summary>
    public static implicit operator JobCaller(string api) => new(api);
}

/// <summary>The job that holds a machine.</summary>
/// <param name="Job">Its kind.</param>
/// <param name="Async">Which long job; none if it is none.</param>
/// <param name="Caller">For whom.</param>
/// <param name="Since">Since when.</param>
public sealed record JobHolder(Job Job, AsyncJob Async, JobCaller Caller, DateTimeOffset Since)
{
    /// <summary>Its words in status files and messages.</summary>
    public string Word => Async != AsyncJob.None ? Words.Of(Async) : Words.Of(Job);
}

/// <summary>One that waits for a machine.</summary>
/// <param name="Job">Its kind.</param>
/// <param name="Async">Which long job; none if it is none.</param>
/// <param name="Caller">For whom.</param>
/// <param name="Since">Since when.</param>
public sealed record JobWaiter(Job Job, AsyncJob Async, JobCaller Caller, DateTimeOffset Since)
{
    /// <summary>Its word.</summary>
    public string Word => Async != AsyncJob.None ? Words.Of(Async) : Words.Of(Job);
}

/// <summary>Jobs in libvirt's words.</summary>
public static class Words
{
    static readonly string[] Jobs =
        ["none", "query", "destroy", "suspend", "modify", "abort", "migration operation", "modify migration safe", "none", "async nested"];
    static readonly string[] AsyncJobs =
        ["none", "migration out", "migration in", "save", "dump", "snapshot", "start", "backup"];

    /// <summary>The word of a job.</summary>
    public static string Of(Job job) => Jobs[(int)job];

    /// <summary>The word of a long job.</summary>
    public static string Of(AsyncJob job) => AsyncJobs[(int)job];

    /// <summary>The job of a word; none if there is no such word.</summary>
    public static Job JobOf(string? word) => (Job)Math.Max(0, Array.IndexOf(Jobs, word));

    /// <summary>The long job of a word; none if there is no such word.</summary>
    public static AsyncJob AsyncJobOf(string? word) => (AsyncJob)Math.Max(0, Array.IndexOf(AsyncJobs, word));
}
