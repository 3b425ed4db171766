using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Vireo.Core.Diagnostics;

/// <summary>
/// What the house tells of its work: spans and measurements. Off until somebody wants them; code on the way of a call looks at
/// <see cref="IsOn"/> first, so that nothing of it is even loaded.
/// </summary>
public static class Telemetry
{
    static volatile bool isOn;

    /// <summary>Somebody listens.</summary>
    public static bool IsOn => isOn;

    /// <summary>Begins to tell. There is no way back: what has begun is told to its end.</summary>
    public static void TurnOn() => isOn = true;

    /// <summary>Begins a span below the one under way; null: nobody listens. Call it only when <see cref="IsOn"/>.</summary>
    public static Activity? Begin(string name, ActivityKind kind = ActivityKind.Internal) => Instruments.Source.StartActivity(name, kind);

    /// <summary>Notes how long a call of a client took, in seconds. Outcome: "ok" or the error's number.</summary>
    public static void CallTook(double seconds, string procedure, string outcome) =>
        Instruments.Calls.Record(seconds, new("procedure", procedure), new("outcome", outcome));

    /// <summary>Notes how long a command of QEMU's monitor took, in seconds.</summary>
    public static void CommandTook(double seconds, string command, string outcome) =>
        Instruments.Commands.Record(seconds, new("command", command), new("outcome", outcome));

    /// <summary>Notes how long somebody waited for his turn with a machine, in seconds.</summary>
    public static void JobWaited(double seconds, string job) => Instruments.Waits.Record(seconds, new KeyValuePair<string, object?>("job", job));

    /// <summary>The source of spans, and the meter.</summary>
    public const string Name = "Vireo";

    /// <summary>Made when the first of them is used.</summary>
    static class Instruments
    {
        internal static readonly ActivitySource Source = new(Name);
        static readonly Meter meter = new(Name);
        internal static readonly Histogram<double> Calls = meter.CreateHistogram<double>("vireo.call.duration", "s", "How long calls of clients take");
        internal static readonly Histogram<double> Commands = meter.CreateHistogram<double>("vireo.qmp.duration", "s", "How long commands of QEMU's monitor take");
        internal static readonly Histogram<double> Waits = meter.CreateHistogram<double>("vireo.job.wait", "s", "How long changes of machines wait for their turn");
    }
}
