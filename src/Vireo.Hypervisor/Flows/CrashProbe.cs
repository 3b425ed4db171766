namespace Vireo.Hypervisor.Flows;

/// <summary>
/// Ends the process, as kill -9 does, at one moment of one step. Only tests set it:
/// VIREO_CRASH_AT=FLOW:STEP:before, :after, :undo or :undone; or @FILE, a file that says so while the process runs already.
/// </summary>
public sealed class CrashProbe : IFlowProbe
{
    /// <summary>The variable that sets it.</summary>
    public const string Variable = "VIREO_CRASH_AT";

    readonly Func<(string Flow, string Step, FlowMoment Moment)?> when;
    readonly Action die;

    CrashProbe(Func<(string Flow, string Step, FlowMoment Moment)?> when, Action die) => (this.when, this.die) = (when, die);

    /// <summary>The probe of a setting; null if it is unset.</summary>
    /// <exception cref="FormatException">It is set to something else than a moment or a file.</exception>
    public static CrashProbe? Parse(string? setting, Action die)
    {
        if (string.IsNullOrEmpty(setting))
            return null;
        if (setting is ['@', .. var file])
            return new CrashProbe(() => File.Exists(file) && File.ReadAllText(file) is { Length: > 0 } text ? Moment(text) : null, die);
        var fixedMoment = Moment(setting);
        return new CrashProbe(() => fixedMoment, die);
    }

    static (string, string, FlowMoment) Moment(string text)
    {
        FlowMoment? at = text[(text.LastIndexOf(':') + 1)..] switch
        {
            "before" => FlowMoment.Before,
            "after" => FlowMoment.After,
            "undo" => FlowMoment.BeforeUndo,
            "undone" => FlowMoment.AfterUndo,
            _ => null,
        };
        return at is { } moment && text.Split(':') is [var flow, var step, _]
            ? (flow, step, moment)
            : throw new FormatException($"{Variable} must be FLOW:STEP:before, :after, :undo or :undone, not '{text}'");
    }

    /// <inheritdoc/>
    public void At(string flow, string step, FlowMoment moment)
    {
        if (when() == (flow, step, moment))
            die();
    }
}
