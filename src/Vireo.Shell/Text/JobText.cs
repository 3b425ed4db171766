using System.Globalization;
using System.Text;
using Vireo.Core.TypedParameters;
using Vireo.Driver;

namespace Vireo.Shell.Text;

/// <summary>A job's numbers as virsh prints them.</summary>
static class JobText
{
    static readonly string[] Operations =
    [
        "Unknown", "Start", "Save", "Restore", "Incoming migration", "Outgoing migration", "Snapshot", "Snapshot revert", "Dump",
        "Backup", "Snapshot delete",
    ];

    /// <summary>The parameters that an older answer stands for.</summary>
    public static TypedParameter[] Parameters(DomainJobInfo info) =>
    [
        new("time_elapsed", info.TimeElapsed), new("time_remaining", info.TimeRemaining),
        new("data_total", info.DataTotal), new("data_processed", info.DataProcessed), new("data_remaining", info.DataRemaining),
        new("memory_total", info.MemoryTotal), new("memory_processed", info.MemoryProcessed), new("memory_remaining", info.MemoryRemaining),
        new("disk_total", info.FileTotal), new("disk_processed", info.FileProcessed), new("disk_remaining", info.FileRemaining),
    ];

    public static string Of(DomainJobStatistics job)
    {
        var text = new StringBuilder();
        int operation = job.Parameters.FirstOrDefault(p => p.Name is "operation") is { Name: not null } known ? known.AsInt : 0;
        Line(text, "Operation:", $"{(operation >= 0 && operation < Operations.Length ? Operations[operation] : "Unknown"),-12}");
        Line(text, "Time elapsed:", $"{Number(job, "time_elapsed") ?? 0,-12} ms");
        if (job.Type is DomainJobType.Bounded && Number(job, "time_remaining") is { } remaining)
            Line(text, "Time remaining:", $"{remaining,-12} ms");
        foreach (var (what, label) in new[] { ("data", "Data"), ("memory", "Memory"), ("disk", "File") })
        {
            if (Number(job, $"{what}_total") is not (> 0 and { } total))
                continue;
            Line(text, $"{label} processed:", Size(Number(job, $"{what}_processed") ?? 0));
            Line(text, $"{label} remaining:", Size(Number(job, $"{what}_remaining") ?? 0));
            Line(text, $"{label} total:", Size(total));
            if (Number(job, $"{what}_bps") is > 0 and { } speed)
                Line(text, $"{label} bandwidth:", Size(speed) + "/s");
        }
        if (Number(job, "memory_dirty_rate") is { } dirty)
            Line(text, "Dirty rate:", $"{dirty,-12} pages/s");
        if (Number(job, "memory_iteration") is { } iteration)
            Line(text, "Iteration:", $"{iteration,-12}");
        if (Number(job, "downtime") is { } downtime)
            Line(text, job.Type is DomainJobType.Completed ? "Total downtime:" : "Expected downtime:", $"{downtime,-12} ms");
        return text.ToString();
    }

    static void Line(StringBuilder text, string label, string value) => text.Append($"{label,-17} {value}\n");

    static ulong? Number(DomainJobStatistics job, string name)
    {
        foreach (TypedParameter parameter in job.Parameters)
        {
            if (parameter.Name == name && parameter.Boxed is IConvertible value)
                return value.ToUInt64(CultureInfo.InvariantCulture);
        }
        return null;
    }

    static string Size(ulong bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        double value = bytes;
        int unit = 0;
        for (; value >= 1024 && unit < units.Length - 1; unit++)
            value /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{value:F3} {units[unit]}");
    }
}
