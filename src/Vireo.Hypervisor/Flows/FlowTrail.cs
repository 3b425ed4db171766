namespace Vireo.Hypervisor.Flows;

/// <summary>What one run has done so far, and how to undo it.</summary>
sealed class FlowTrail(string flow, FlowHost host)
{
    readonly Stack<(string Step, Func<ValueTask> Undo)> done = [];

    public List<FlowFault> Faults { get; } = [];

    public async ValueTask DoAsync(string step, Func<CancellationToken, ValueTask> run, Func<ValueTask>? undo, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        At(step, FlowMoment.Before);
        await run(cancel).ConfigureAwait(false);
        if (undo is not null)
            done.Push((step, undo));
        At(step, FlowMoment.After);
    }

    public async ValueTask TryAsync(string step, Func<ValueTask> run)
    {
        At(step, FlowMoment.Before);
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            Faults.Add(new FlowFault(flow, step, false, fault));
        }
        At(step, FlowMoment.After);
    }

    public async ValueTask UndoAsync()
    {
        while (done.TryPop(out var last))
        {
            At(last.Step, FlowMoment.BeforeUndo);
            try
            {
                await last.Undo().ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                Faults.Add(new FlowFault(flow, last.Step, true, fault));
            }
            At(last.Step, FlowMoment.AfterUndo);
        }
    }

    void At(string step, FlowMoment moment) => host.Probe?.At(flow, step, moment);
}
