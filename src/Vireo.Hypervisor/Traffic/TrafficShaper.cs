using Vireo.Core.Errors;
using Vireo.Host.Processes;
using Vireo.Model.Shared;

namespace Vireo.Hypervisor.Traffic;

/// <summary>Gives devices their limits by running tc.</summary>
/// <param name="processes">Starts it.</param>
/// <param name="notice">Hears of what the kernel cannot do where a rate is kept without it.</param>
public sealed class TrafficShaper(ProcessHost processes, Action<string> notice)
{
    const string Name = "tc";

    /// <summary>Sets a device's limits in the place of those it has. What fails leaves none.</summary>
    /// <param name="device">The device on the host.</param>
    /// <param name="limits">As its guest or network has them; null: nothing is touched.</param>
    /// <param name="isShared">It is a network's bridge.</param>
    /// <param name="isSwapped">It is the guest's own end.</param>
    /// <param name="cancel">Ends the program.</param>
    /// <exception cref="VireoException">There is no tc, or it failed; with its own words.</exception>
    public async ValueTask SetAsync(string device, Bandwidth? limits, bool isShared = false, bool isSwapped = false, CancellationToken cancel = default)
    {
        if (limits is null)
            return;
        string program = ProgramOutput.Find(Name) ?? throw VireoException.Internal(ErrorDomain.None, $"Cannot find '{Name}' in path");
        foreach (IReadOnlyList<string> arguments in TrafficLimits.Set(device, limits, isShared, isSwapped))
        {
            FinishedProgram run = await RunAsync(program, arguments, cancel).ConfigureAwait(false);
            if (run.Status.IsSuccess || arguments is ["qdisc", "del", ..])
                continue;
            if (!IsRefinement(arguments))
            {
                await ClearAsync(device).ConfigureAwait(false);
                throw run.Failure();
            }
            notice($"the kernel cannot do 'tc {string.Join(' ', arguments)}': the rate is kept without it");
        }
    }

    /// <summary>Takes all limits away; what is not there is fine.</summary>
    public async ValueTask ClearAsync(string device)
    {
        if (ProgramOutput.Find(Name) is not { } program)
            return;
        foreach (IReadOnlyList<string> arguments in TrafficLimits.Clear(device))
            await RunAsync(program, arguments, CancellationToken.None).ConfigureAwait(false);
    }

    // The queue below a class only says who is next, and marks of packets only who needs no class; the rate is kept without either.
    static bool IsRefinement(IReadOnlyList<string> arguments) => arguments.Contains("sfq") || arguments.Contains("fw");

    Task<FinishedProgram> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancel) => processes.FinishAsync(new ProcessPlan
    {
        Program = program,
        ShownName = Name,
        Arguments = arguments,
        Environment = ProgramEnvironment.Plain,
    }, cancel: cancel);
}
