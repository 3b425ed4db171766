using Vireo.Drivers.Qemu.Status;

namespace Vireo.Drivers.Qemu.Blocks.Jobs;

/// <summary>The jobs on blocks of one run; at most one a disk. Any thread.</summary>
sealed class BlockJobTable
{
    readonly Lock gate = new();
    readonly List<BlockJob> jobs = [];

    internal IReadOnlyList<BlockJob> All
    {
        get
        {
            lock (gate)
                return [.. jobs];
        }
    }

    /// <summary>The job of a disk.</summary>
    internal BlockJob? OfDisk(string target) => All.FirstOrDefault(j => j.Disk == target);

    /// <summary>The job of a name.</summary>
    internal BlockJob? Find(string name) => All.FirstOrDefault(j => j.Name == name);

    internal void Add(BlockJob job)
    {
        lock (gate)
            jobs.Add(job);
    }

    internal bool Remove(BlockJob job)
    {
        lock (gate)
            return jobs.Remove(job);
    }

    /// <summary>As a status file has them. What is only being prepared is nobody's job yet.</summary>
    internal StatusBlockJobs ToStatus()
    {
        var now = All;
        return new StatusBlockJobs { Active = now.Count > 0, All = [.. now.Select(static j => j.ToStatus())] };
    }
}
