using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;
using Vireo.Shell.Text;

namespace Vireo.Shell.Jobs;

/// <summary><c>vireo jobs</c>: who holds machines and who waits for them. virsh does not have it.</summary>
static class JobsCommand
{
    const string Usage = "usage: vireo jobs [DOMAIN] [-c URI]";

    /// <summary>Whether these are its arguments.</summary>
    public static bool Knows(IReadOnlyList<string> arguments) => arguments is ["jobs", ..];

    /// <summary>Runs it; the result is the exit code.</summary>
    public static async ValueTask<int> RunAsync(ShellProgram.Surroundings here)
    {
        (string? uri, string? domain) = (null, null);
        for (int i = 1; i < here.Arguments.Count; i++)
        {
            if (here.Arguments[i] is "-c" or "--connect" && i + 1 < here.Arguments.Count)
                uri = here.Arguments[++i];
            else if (here.Arguments[i] is not ['-', ..] and var word && domain is null)
                domain = word;
            else
            {
                here.Errors.WriteLine(Usage);
                return 1;
            }
        }
        try
        {
            await using IDriverConnection connection = await here.Open(uri, readOnly: true, TimeSpan.Zero, 0);
            if (connection.Capabilities.Find<IMachineJobs>() is not { } jobs)
                throw VireoException.NoSupport("vireoListMachineJobs", ErrorDomain.Domain);
            MachineJobs[] all = await jobs.ListJobsAsync(0, default);
            here.Output.Write(Render(domain is null ? all : Array.FindAll(all, one => one.Domain.Name == domain)));
            return 0;
        }
        catch (Exception failure) when (failure is VireoException or CommandFailure)
        {
            here.Errors.WriteLine($"vireo: {failure.Message}");
            return 1;
        }
    }

    /// <summary>A row for each job: those that hold a machine above those that wait for it.</summary>
    internal static string Render(IReadOnlyList<MachineJobs> all)
    {
        var table = new TextTable("Domain", "Job", "", "For", "Operation", "By");
        foreach (MachineJobs machine in all)
            foreach (MachineJobNote job in machine.Jobs)
                table.Add(machine.Domain.Name, job.Kind, job.Holds ? "runs" : "waits", Seconds(job.Milliseconds), job.Operation, job.Who ?? "the daemon itself");
        return table.Render(withHeader: true);
    }

    static string Seconds(ulong milliseconds) => (milliseconds / 1000.0).ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
