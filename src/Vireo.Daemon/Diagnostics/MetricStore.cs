using System.Diagnostics.Metrics;
using Vireo.Core.Diagnostics;

namespace Vireo.Daemon.Diagnostics;

/// <summary>What a histogram with certain tags has counted so far.</summary>
sealed class HistogramCell(IReadOnlyList<KeyValuePair<string, string>> tags)
{
    /// <summary>Upper bounds of the buckets, in seconds; one more bucket is without a bound.</summary>
    internal static readonly double[] Bounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    readonly long[] buckets = new long[Bounds.Length + 1];
    double sum;

    internal IReadOnlyList<KeyValuePair<string, string>> Tags => tags;

    internal void Add(double value)
    {
        int at = Array.BinarySearch(Bounds, value);
        lock (buckets)
        {
            buckets[at < 0 ? ~at : at]++;
            sum += value;
        }
    }

    /// <summary>Counts by bucket, and the sum of all values, at one instant.</summary>
    internal (long[] Buckets, double Sum) Read()
    {
        lock (buckets)
            return ([.. buckets], sum);
    }
}

/// <summary>A histogram: its name and its cells.</summary>
sealed record HistogramData(string Name, string Unit, string Help, IReadOnlyList<HistogramCell> Cells);

/// <summary>A value that is asked for when somebody wants it.</summary>
sealed record Gauge(string Name, string Help, Func<long> Value)
{
    /// <summary>Those of every daemon.</summary>
    internal static IReadOnlyList<Gauge> OfProcess(Func<int> clients) =>
    [
        new("vireo.clients", "Clients that are connected", () => clients()),
        new("process.memory.usage", "Memory that the process holds, in bytes", static () => Environment.WorkingSet),
        new("vireo.heap.size", "Managed memory in use, in bytes", static () => GC.GetTotalMemory(false)),
    ];
}

/// <summary>Collects what the meter says, for whoever asks: Prometheus or the sender.</summary>
sealed class MetricStore : IDisposable
{
    /// <summary>More combinations of tags than this are not kept apart.</summary>
    const int MostCells = 5000;

    readonly MeterListener listener = new();
    readonly Dictionary<string, (Instrument Instrument, Dictionary<(string, string), HistogramCell> Cells)> histograms = [];
    readonly Lock gate = new();

    internal MetricStore(IReadOnlyList<Gauge> gauges)
    {
        Gauges = gauges;
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name is Telemetry.Name)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>(Measured);
        listener.Start();
    }

    internal IReadOnlyList<Gauge> Gauges { get; }

    internal IReadOnlyList<HistogramData> Histograms
    {
        get
        {
            lock (gate)
                return [.. histograms.Values.Select(h => new HistogramData(h.Instrument.Name, h.Instrument.Unit ?? "", h.Instrument.Description ?? "", [.. h.Cells.Values]))];
        }
    }

    // Every instrument of ours has one or two tags.
    void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        (string, string) key = (Text(tags, 0), Text(tags, 1));
        HistogramCell? cell;
        lock (gate)
        {
            if (!histograms.TryGetValue(instrument.Name, out var histogram))
                histograms[instrument.Name] = histogram = (instrument, []);
            if (!histogram.Cells.TryGetValue(key, out cell))
            {
                if (histogram.Cells.Count >= MostCells)
                    return;
                var names = new List<KeyValuePair<string, string>>(tags.Length);
                foreach ((string name, object? tag) in tags)
                    names.Add(new(name, tag as string ?? ""));
                histogram.Cells[key] = cell = new HistogramCell(names);
            }
        }
        cell.Add(value);
    }

    static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags, int at) => at < tags.Length ? tags[at].Value as string ?? "" : "";

    public void Dispose() => listener.Dispose();
}
