using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain;

/// <summary>The guest's clocks.</summary>
[Element("clock")]
public sealed partial record ClockDef
{
    [Attr("offset", Bad = "unsupported|unknown clock offset '{0}'")] public ClockOffset? Offset { get; init; }
    /// <summary>Seconds, or <c>reset</c>.</summary>
    [Attr("adjustment")] public string? Adjustment { get; init; }
    [Attr("basis")] public ClockBasis? Basis { get; init; }
    [Attr("timezone")] public string? TimeZone { get; init; }
    [Attr("start", Since = "8.4.0")] public ulong? Start { get; init; }
    [Child("timer", Since = "0.8.0")] [Abi(Text = "Target domain timers do not match source")] public ValueList<TimerDef> Timers { get; init; }
}

[WireNames] public enum ClockOffset { Utc, [Wire("localtime")] LocalTime, Variable, [Wire("timezone")] TimeZone, Absolute }
[WireNames] public enum ClockBasis { Utc, [Wire("localtime")] LocalTime }

/// <summary>One time source.</summary>
[Element("timer")]
public sealed partial record TimerDef
{
    [Attr("name")] [Abi("timer")] public required TimerName Name { get; init; }
    [Attr("present")] [Abi("timer presence", Quoted = true)] public bool? Present { get; init; }
    [Attr("tickpolicy")] public TickPolicy? TickPolicy { get; init; }
    [Attr("track")] public TimerTrack? Track { get; init; }
    [Attr("frequency")] [Abi("TSC frequency")] public ulong? Frequency { get; init; }
    [Attr("mode")] [Abi("TSC mode")] public TimerMode? Mode { get; init; }
    [Child] public TimerCatchup? Catchup { get; init; }
}

[WireNames]
public enum TimerName { Platform, Pit, Rtc, Hpet, Tsc, KvmClock, HypervClock, [Wire("armvtimer")] ArmVTimer }
[WireNames] public enum TickPolicy { Delay, Catchup, Merge, Discard }
[WireNames] public enum TimerTrack { Boot, Guest, Wall, Realtime }
[WireNames] public enum TimerMode { Auto, Native, Emulate, Paravirt, SmpSafe }

/// <summary>How lost ticks are made up for.</summary>
[Element("catchup")]
public sealed partial record TimerCatchup
{
    [Attr("threshold")] public ulong? Threshold { get; init; }
    [Attr("slew")] public ulong? Slew { get; init; }
    [Attr("limit")] public ulong? Limit { get; init; }
}
