using System.Globalization;
using System.Text;

namespace Vireo.Daemon.Diagnostics;

/// <summary>Metrics in Prometheus' text format, version 0.0.4.</summary>
static class PrometheusText
{
    internal const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    internal static string Write(MetricStore store)
    {
        var text = new StringBuilder();
        foreach (Gauge gauge in store.Gauges)
        {
            string name = Name(gauge.Name, "");
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {gauge.Help}\n# TYPE {name} gauge\n{name} {gauge.Value()}\n");
        }
        foreach (HistogramData histogram in store.Histograms)
        {
            string name = Name(histogram.Name, histogram.Unit);
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {histogram.Help}\n# TYPE {name} histogram\n");
            foreach (HistogramCell cell in histogram.Cells)
            {
                (long[] buckets, double sum) = cell.Read();
                string tags = string.Join(',', cell.Tags.Select(tag => $"{tag.Key}=\"{Escape(tag.Value)}\""));
                long count = 0;
                for (int i = 0; i < buckets.Length; i++)
                {
                    count += buckets[i];
                    string bound = i < HistogramCell.Bounds.Length ? HistogramCell.Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{tags},le=\"{bound}\"}} {count}\n");
                }
                text.Append(CultureInfo.InvariantCulture, $"{name}_sum{{{tags}}} {sum}\n{name}_count{{{tags}}} {count}\n");
            }
        }
        return text.ToString();
    }

    static string Name(string name, string unit) => name.Replace('.', '_') + (unit is "s" ? "_seconds" : "");

    static string Escape(string value) => value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");
}
