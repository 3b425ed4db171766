using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Vireo.Core.Diagnostics;

namespace Vireo.Daemon.Diagnostics;

/// <summary>Traces and metrics as OTLP's JSON (opentelemetry-proto 1.x: ids in hex, 64-bit numbers as text).</summary>
static class OtlpJson
{
    internal static byte[] Spans(IReadOnlyList<Activity> spans, string service)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceSpans");
            json.WriteStartObject();
            Resource(json, service);
            json.WriteStartArray("scopeSpans");
            json.WriteStartObject();
            Scope(json);
            json.WriteStartArray("spans");
            foreach (Activity span in spans)
                Span(json, span);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    static void Span(Utf8JsonWriter json, Activity span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", span.TraceId.ToHexString());
        json.WriteString("spanId", span.SpanId.ToHexString());
        if (span.ParentSpanId != default)
            json.WriteString("parentSpanId", span.ParentSpanId.ToHexString());
        json.WriteString("name", span.DisplayName);
        json.WriteNumber("kind", span.Kind switch { ActivityKind.Server => 2, ActivityKind.Client => 3, ActivityKind.Producer => 4, ActivityKind.Consumer => 5, _ => 1 });
        json.WriteString("startTimeUnixNano", Nanoseconds(span.StartTimeUtc));
        json.WriteString("endTimeUnixNano", Nanoseconds(span.StartTimeUtc + span.Duration));
        Attributes(json, span.TagObjects.Select(static tag => new KeyValuePair<string, string>(tag.Key, Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "")));
        if (span.Status is not ActivityStatusCode.Unset)
        {
            json.WriteStartObject("status");
            json.WriteNumber("code", span.Status is ActivityStatusCode.Ok ? 1 : 2);
            if (span.StatusDescription is { } why)
                json.WriteString("message", why);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    internal static byte[] Metrics(MetricStore store, string service, DateTime since, DateTime now)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceMetrics");
            json.WriteStartObject();
            Resource(json, service);
            json.WriteStartArray("scopeMetrics");
            json.WriteStartObject();
            Scope(json);
            json.WriteStartArray("metrics");
            foreach (Gauge gauge in store.Gauges)
                Write(json, gauge, now);
            foreach (HistogramData histogram in store.Histograms)
                Write(json, histogram, since, now);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    static void Write(Utf8JsonWriter json, Gauge gauge, DateTime now)
    {
        json.WriteStartObject();
        json.WriteString("name", gauge.Name);
        json.WriteString("description", gauge.Help);
        json.WriteStartObject("gauge");
        json.WriteStartArray("dataPoints");
        json.WriteStartObject();
        json.WriteString("timeUnixNano", Nanoseconds(now));
        json.WriteString("asInt", gauge.Value().ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, HistogramData histogram, DateTime since, DateTime now)
    {
        const int Cumulative = 2;
        json.WriteStartObject();
        json.WriteString("name", histogram.Name);
        json.WriteString("unit", histogram.Unit);
        json.WriteString("description", histogram.Help);
        json.WriteStartObject("histogram");
        json.WriteNumber("aggregationTemporality", Cumulative);
        json.WriteStartArray("dataPoints");
        foreach (HistogramCell cell in histogram.Cells)
        {
            (long[] buckets, double sum) = cell.Read();
            json.WriteStartObject();
            Attributes(json, cell.Tags);
            json.WriteString("startTimeUnixNano", Nanoseconds(since));
            json.WriteString("timeUnixNano", Nanoseconds(now));
            json.WriteString("count", buckets.Sum().ToString(CultureInfo.InvariantCulture));
            json.WriteNumber("sum", sum);
            json.WriteStartArray("bucketCounts");
            foreach (long bucket in buckets)
                json.WriteStringValue(bucket.ToString(CultureInfo.InvariantCulture));
            json.WriteEndArray();
            json.WriteStartArray("explicitBounds");
            foreach (double bound in HistogramCell.Bounds)
                json.WriteNumberValue(bound);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void Resource(Utf8JsonWriter json, string service)
    {
        json.WriteStartObject("resource");
        Attributes(json, [new("service.name", service), new("process.pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)), new("host.name", Environment.MachineName)]);
        json.WriteEndObject();
    }

    static void Scope(Utf8JsonWriter json)
    {
        json.WriteStartObject("scope");
        json.WriteString("name", Telemetry.Name);
        json.WriteEndObject();
    }

    static void Attributes(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> all)
    {
        json.WriteStartArray("attributes");
        foreach ((string key, string value) in all)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteStartObject("value");
            json.WriteString("stringValue", value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static string Nanoseconds(DateTime time) => ((time - DateTime.UnixEpoch).Ticks * 100).ToString(CultureInfo.InvariantCulture);
}
