using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;
using Vireo.Shell.Text;

namespace Vireo.Shell.Commands.Domains;

/// <summary>The long operation that runs on a domain.</summary>
static class JobCommand
{
    public static CommandDef[] All { get; } =
    [
        new("domjobinfo", "show the job that runs on a domain", Run, OptionDef.Domain,
            OptionDef.Flag("completed", "the job that ended last"),
            OptionDef.Flag("keep-completed", "and do not forget it"),
            OptionDef.Flag("anystats", "whatever kind of job it is"),
            OptionDef.Flag("rawstats", "names and numbers as they come"))
        {
            Description = "Prints what is known of the long operation that runs on the domain.",
            Requires = [("keep-completed", "completed")],
        },
    ];

    static readonly string[] Types = ["None", "Bounded", "Unbounded", "Completed", "Failed", "Cancelled"];

    static async ValueTask<bool> Run(ShellSession shell, CommandCall call)
    {
        DomainRef domain = await shell.FindDomainAsync(call);
        var flags = (call.Has("completed") ? DomainGetJobStatsFlags.Completed : 0)
            | (call.Has("keep-completed") ? DomainGetJobStatsFlags.KeepCompleted : 0);
        bool plain = flags is 0 && !call.Has("rawstats");
        DomainJobStatistics job;
        try
        {
            job = await shell.Calls.Read<IDomainJobs>("virDomainGetJobStats").GetJobStatisticsAsync(domain, flags, default);
        }
        catch (VireoException failure) when (failure.Code is ErrorCode.NoSupport)
        {
            if (!plain)
                throw new CommandFailure("Optional flags or --rawstats are not supported by the daemon", failure);
            DomainJobInfo info = await shell.Calls.Read<IDomainJobs>("virDomainGetJobInfo").GetJobInfoAsync(domain, default);
            job = new DomainJobStatistics(info.Type, JobText.Parameters(info));
        }
        if (call.Has("rawstats"))
        {
            shell.Out.Line($"Job type: {(int)job.Type}\n");
            foreach (var parameter in job.Parameters)
                shell.Out.Line($"{parameter.Name}: {parameter.Boxed}");
            return true;
        }
        shell.Out.Line($"{"Job type:",-17} {((int)job.Type < Types.Length ? Types[(int)job.Type] : "unknown"),-12}");
        if (job.Type is not DomainJobType.None)
            shell.Out.Print(JobText.Of(job));
        return true;
    }
}
