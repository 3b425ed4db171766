using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Vireo.EndToEnd.Harness;

/// <summary>A span as a collector gets it.</summary>
public sealed record OtlpSpan(string Trace, string Id, string? Parent, string Name, int Kind, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A collector of OTLP over HTTP, as JSON, on loopback: takes what is posted and understands it.</summary>
public sealed class OtlpCollector : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly ConcurrentQueue<(string Path, JsonElement Body)> posted = [];

    /// <summary>Listens on a port of its own.</summary>
    public OtlpCollector()
    {
        listener.Start();
        _ = TakeAllAsync();
    }

    /// <summary>Where it is.</summary>
    public string Endpoint => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>All spans so far.</summary>
    public IReadOnlyList<OtlpSpan> Spans => [.. posted.Where(one => one.Path is "/v1/traces")
        .SelectMany(one => Each(one.Body, "resourceSpans", "scopeSpans", "spans")).Select(span => new OtlpSpan(
            Text(span, "traceId")!, Text(span, "spanId")!, Text(span, "parentSpanId"), Text(span, "name")!, span.GetProperty("kind").GetInt32(), Attributes(span)))];

    /// <summary>The last counts of a histogram, by the attributes of each.</summary>
    public IReadOnlyList<(IReadOnlyDictionary<string, string> Attributes, long Count)> Histogram(string name) => posted.LastOrDefault(one => one.Path is "/v1/metrics") is { Body: { ValueKind: JsonValueKind.Object } body }
        ? [.. Each(body, "resourceMetrics", "scopeMetrics", "metrics").Where(metric => Text(metric, "name") == name)
            .SelectMany(metric => metric.GetProperty("histogram").GetProperty("dataPoints").EnumerateArray())
            .Select(point => (Attributes(point), long.Parse(Text(point, "count")!, CultureInfo.InvariantCulture)))]
        : [];

    static IEnumerable<JsonElement> Each(JsonElement body, string first, string second, string third) =>
        from one in body.GetProperty(first).EnumerateArray()
        from two in one.GetProperty(second).EnumerateArray()
        from three in two.GetProperty(third).EnumerateArray()
        select three;

    static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    static Dictionary<string, string> Attributes(JsonElement element) => element.GetProperty("attributes").EnumerateArray()
        .ToDictionary(one => Text(one, "key")!, one => Text(one.GetProperty("value"), "stringValue")!);

    async Task TakeAllAsync()
    {
        while (true)
        {
            try
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                await TakeAsync(client.GetStream());
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                return;
            }
            catch (IOException)
            {
                // Who posted is gone.
            }
        }
    }

    async Task TakeAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) is 0)
                return;
            head.Append((char)one[0]);
        }
        string[] lines = head.ToString().Split("\r\n");
        string length = lines.Single(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
        byte[] body = new byte[int.Parse(length[16..], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body);
        posted.Enqueue((lines[0].Split(' ')[1], JsonDocument.Parse(body).RootElement));
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}"u8.ToArray());
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();
}
