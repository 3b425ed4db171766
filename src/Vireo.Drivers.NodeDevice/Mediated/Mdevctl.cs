using Vireo.Core.Errors;
using Vireo.Host.Processes;

namespace Vireo.Drivers.NodeDevice.Mediated;

/// <summary>Runs mdevctl.</summary>
sealed class Mdevctl(NodeDeviceDriverOptions options)
{
    const int NoFile = 2;

    string? Program => options.Mdevctl ?? ProgramOutput.Find("mdevctl");

    /// <summary>Runs it, and says what it wrote.</summary>
    /// <param name="command">What it is to do.</param>
    /// <param name="failing">What could not be done, if it fails.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="VireoException">It is not installed, or failed: its own words.</exception>
    public async Task<string> RunAsync(MdevctlCommand command, string failing, CancellationToken cancel)
    {
        string program = Program ?? throw VireoException.System(ErrorDomain.None, NoFile, "Cannot find 'mdevctl' in path");
        FinishedProgram done = await options.Processes.Value.FinishAsync(new ProcessPlan
        {
            Program = program,
            Arguments = command.Arguments,
            Environment = ProgramEnvironment.Plain,
            DiesWithDaemon = true,
        }, command.Input, cancel).ConfigureAwait(false);
        return done.Status.IsSuccess ? done.Output : throw VireoException.Internal(ErrorDomain.Nodedev, $"{failing}: {done.Error}");
    }

    /// <summary>What is defined; nothing where there is no mdevctl.</summary>
    public async Task<IReadOnlyList<KnownMdev>> DefinedAsync(Func<string, string?> parentOf, CancellationToken cancel) =>
        Program is null ? [] : MdevctlList.Parse(await RunAsync(MdevctlCommands.List(defined: true), "failed to query mdevs from mdevctl", cancel).ConfigureAwait(false), parentOf);
}
