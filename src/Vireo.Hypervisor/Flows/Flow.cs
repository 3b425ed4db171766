namespace Vireo.Hypervisor.Flows;

/// <summary>A flow as tests see it: its name and the names of its steps.</summary>
public interface IFlow
{
    /// <summary>Its name: "start".</summary>
    string Name { get; }
    /// <summary>The names of its steps, in their order.</summary>
    IReadOnlyList<string> Steps { get; }
    /// <summary>The names of those that are undone when a later one fails.</summary>
    IReadOnlyList<string> Undoable { get; }
}

/// <summary>
/// Something that takes several steps on the host. If a step fails, those before it are undone, in reverse; the steps have
/// names, at each of which a test can kill the daemon. A flow is written down once and keeps nothing between runs:
/// what a run needs is in its context.
/// </summary>
/// <typeparam name="TContext">What the steps of one run share.</typeparam>
public sealed class Flow<TContext>(string name) : IFlow
{
    readonly List<FlowStep> steps = [];

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Steps => steps.ConvertAll(static step => step.Name);

    /// <inheritdoc/>
    public IReadOnlyList<string> Undoable => [.. steps.Where(static step => step.Undo is not null).Select(static step => step.Name)];

    /// <summary>Adds a step, and what undoes it once it is done.</summary>
    public Flow<TContext> Step(string step, Func<TContext, CancellationToken, ValueTask> run, Func<TContext, ValueTask>? undo = null) =>
        Add(new FlowStep(step, (context, trail, cancel) => run(context, cancel), undo, false));

    /// <summary>Adds a step that does not wait for anything.</summary>
    public Flow<TContext> Step(string step, Action<TContext> run, Action<TContext>? undo = null) =>
        Step(step, (context, _) => { run(context); return ValueTask.CompletedTask; },
            undo is null ? null : context => { undo(context); return ValueTask.CompletedTask; });

    /// <summary>
    /// Adds a step whose parts are only known when it runs (the devices of a machine). Each part is a step of its own under
    /// this one's name, "devices/net0", with its own undo.
    /// </summary>
    public Flow<TContext> Each(string step, Func<TContext, IEnumerable<FlowPart>> parts) =>
        Add(new FlowStep(step, async (context, trail, cancel) =>
        {
            foreach (FlowPart part in parts(context))
                await trail.DoAsync($"{step}/{part.Name}", part.Run, part.Undo, cancel).ConfigureAwait(false);
        }, null, false));

    /// <summary>
    /// Adds a step that is tried whatever became of those before it, as when a machine is taken down: a failure is kept for the
    /// end of the flow. Such a step has no undo.
    /// </summary>
    public Flow<TContext> Always(string step, Func<TContext, ValueTask> run) =>
        Add(new FlowStep(step, (context, _, _) => run(context), null, true));

    /// <summary>Adds a step that is tried whatever became of those before it.</summary>
    public Flow<TContext> Always(string step, Action<TContext> run) =>
        Always(step, context => { run(context); return ValueTask.CompletedTask; });

    /// <summary>Adds a step of several parts, each of which is tried whatever became of the others.</summary>
    public Flow<TContext> AlwaysAll(string step, Func<TContext, IEnumerable<Func<ValueTask>>> parts) =>
        Always(step, async context =>
        {
            List<Exception> faults = [];
            foreach (Func<ValueTask> part in parts(context))
            {
                try
                {
                    await part().ConfigureAwait(false);
                }
                catch (Exception e)
                {
                    faults.Add(e);
                }
            }
            if (faults.Count > 0)
                throw faults.Count == 1 ? faults[0] : new AggregateException(faults);
        });

    /// <summary>Runs it.</summary>
    /// <returns>What went wrong in steps that are always tried; empty when all is well.</returns>
    /// <exception cref="Exception">Whatever the failing step threw, after everything was undone.</exception>
    public async ValueTask<IReadOnlyList<FlowFault>> RunAsync(TContext context, FlowHost host, CancellationToken cancel)
    {
        var trail = new FlowTrail(name, host);
        try
        {
            foreach (FlowStep step in steps)
            {
                if (step.IsAlways)
                    await trail.TryAsync(step.Name, () => step.Run(context, trail, cancel)).ConfigureAwait(false);
                else
                    await trail.DoAsync(step.Name, inner => step.Run(context, trail, inner),
                        step.Undo is { } undo ? () => undo(context) : null, cancel).ConfigureAwait(false);
            }
        }
        catch
        {
            await trail.UndoAsync().ConfigureAwait(false);
            foreach (FlowFault fault in trail.Faults)
                host.Report(fault);
            throw;
        }
        foreach (FlowFault fault in trail.Faults)
            host.Report(fault);
        return trail.Faults;
    }

    Flow<TContext> Add(FlowStep step)
    {
        if (step.Name.Contains(':', StringComparison.Ordinal) || steps.Exists(other => other.Name == step.Name))
            throw new ArgumentException($"step '{step.Name}' of flow '{name}' needs a name of its own, without a colon");
        steps.Add(step);
        return this;
    }

    sealed record FlowStep(
        string Name, Func<TContext, FlowTrail, CancellationToken, ValueTask> Run, Func<TContext, ValueTask>? Undo, bool IsAlways);
}

/// <summary>A part of a step, known only when it runs.</summary>
/// <param name="Name">Its name under the step's.</param>
/// <param name="Run">What it does.</param>
/// <param name="Undo">What undoes it.</param>
public sealed record FlowPart(string Name, Func<CancellationToken, ValueTask> Run, Func<ValueTask>? Undo = null);

/// <summary>A step, or its undoing, that failed while others went on.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Step">The step.</param>
/// <param name="IsUndo">It was being undone.</param>
/// <param name="Cause">Why.</param>
public sealed record FlowFault(string Flow, string Step, bool IsUndo, Exception Cause);

/// <summary>What a flow needs of the place it runs in.</summary>
/// <param name="Probe">Looks on at every step; null: nobody does.</param>
/// <param name="Report">Told of faults that did not end the flow, to be logged.</param>
public sealed record FlowHost(IFlowProbe? Probe, Action<FlowFault> Report)
{
    /// <summary>Nobody looks on.</summary>
    public static FlowHost Quiet { get; } = new(null, static _ => { });
}
