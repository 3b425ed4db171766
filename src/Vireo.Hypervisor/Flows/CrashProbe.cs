namespace Vireo.Hypervisor.Flows;

/// <summary>
/// Ends the process, as kill -9 does, at one moment of one step. Only tests set it:
/// VIREO_CRASH_AT=FLOW:STEP:before, :after, :undo or :undone.
/// </summary>
public sealed class CrashProbe : IFlowProbe
{
    /// <summary>The variable that sets it.</summary>
    public const string Variable = "VIREO_CRASH_AT";

    readonly string flow;
    readonly string step;
    readonly FlowMoment moment;
    readonly Action die;

    CrashProbe(string flow, string step, FlowMoment moment, Action die) =>
        (this.flow, this.step, this.moment, this.die) = (flow, step, moment, die);

    /// <summary>The probe of a setting; null if it is unset.</summary>
    /// <exception cref="FormatException">It is set to something else than a moment.</exception>
    public static CrashProbe? Parse(string? setting, Action die)
    {
        if (string.IsNullOrEmpty(setting))
            return null;
        FlowMoment? at = setting[(setting.LastIndexOf(':') + 1)..] switch
        {
            "before" => FlowMoment.Before,
            "after" => FlowMoment.After,
            "undo" => FlowMoment.BeforeUndo,
            "undone" => FlowMoment.AfterUndo,
            _ => null,
        };
        return at is { } moment && setting.Split(':') is [var flow, var step, _]
            ? new CrashProbe(flow, step, moment, die)
            : throw new FormatException($"{Variable} must be FLOW:STEP:before, :after, :undo or :undone, not '{setting}'");
    }

    /// <inheritdoc/>
    public void At(string flow, string step, FlowMoment moment)
    {
        if (this.flow == flow && this.step == step && this.moment == moment)
            die();
    }
}
