namespace Vireo.Host.Processes;

/// <summary>How a process ended. Of one that is not our child only that it ended is known.</summary>
/// <param name="Code">Its exit code, if it exited.</param>
/// <param name="Signal">The signal that killed it, if one did.</param>
public readonly record struct ExitStatus(int? Code, int? Signal)
{
    /// <summary>It ended, and nobody told us how.</summary>
    public static ExitStatus Unknown => default;

    /// <summary>It exited with 0.</summary>
    public bool IsSuccess => Code == 0;

    /// <summary>For messages.</summary>
    public override string ToString() =>
        Code is { } code ? $"exit status {code}" : Signal is { } signal ? $"fatal signal {signal}" : "ended";
}
