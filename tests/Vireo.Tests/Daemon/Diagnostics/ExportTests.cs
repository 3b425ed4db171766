using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Vireo.Core.Diagnostics;
using Vireo.Daemon.Diagnostics;
using Vireo.Tests.Hypervisor;
using Xunit;

namespace Vireo.Tests.Daemon.Diagnostics;

/// <summary>What leaves the daemon: Prometheus' text, and OTLP to a collector.</summary>
public sealed class ExportTests
{
    static string Get(int port, string request)
    {
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, port);
        client.ReceiveTimeout = 20_000;
        client.Client.Send(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        return reader.ReadToEnd();
    }

    [Fact]
    public void Prometheus_finds_gauges_and_histograms_with_escaped_tags()
    {
        using var store = new MetricStore([new Gauge("vireo.clients", "Clients that are connected", static () => 7)]);
        using var endpoint = new PrometheusEndpoint(0, store);
        Telemetry.CallTook(0.004, "virPrometheusFindsIt", "ok");
        Telemetry.CallTook(40, "virPrometheusFindsIt", "ok");
        Telemetry.CallTook(0.0001, "virPrometheusFindsIt", "quo\"te");
        string page = Get(endpoint.Port, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n", page, StringComparison.Ordinal);
        Assert.Contains("# TYPE vireo_clients gauge\nvireo_clients 7\n", page, StringComparison.Ordinal);
        Assert.Contains("# TYPE vireo_call_duration_seconds histogram\n", page, StringComparison.Ordinal);
        const string ok = "{procedure=\"virPrometheusFindsIt\",outcome=\"ok\"";
        Assert.Contains($"vireo_call_duration_seconds_bucket{ok},le=\"0.0025\"}} 0\n", page, StringComparison.Ordinal);
        Assert.Contains($"vireo_call_duration_seconds_bucket{ok},le=\"0.005\"}} 1\n", page, StringComparison.Ordinal);
        Assert.Contains($"vireo_call_duration_seconds_bucket{ok},le=\"30\"}} 1\n", page, StringComparison.Ordinal);
        Assert.Contains($"vireo_call_duration_seconds_bucket{ok},le=\"+Inf\"}} 2\n", page, StringComparison.Ordinal);
        Assert.Contains($"vireo_call_duration_seconds_sum{ok}}} 40.004\n", page, StringComparison.Ordinal);
        Assert.Contains($"vireo_call_duration_seconds_count{ok}}} 2\n", page, StringComparison.Ordinal);
        Assert.Contains("outcome=\"quo\\\"te\",le=\"0.0001\"} 1\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 404 Not Found")]
    [InlineData("POST /metrics HTTP/1.1\r\n\r\n", "HTTP/1.1 405 Method Not Allowed")]
    public void Nothing_else_is_there(string request, string answer)
    {
        using var store = new MetricStore([]);
        using var endpoint = new PrometheusEndpoint(0, store);
        Assert.StartsWith(answer, Get(endpoint.Port, request), StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_without_an_end_is_let_go_and_the_next_is_answered()
    {
        using var store = new MetricStore([]);
        using var endpoint = new PrometheusEndpoint(0, store);
        Assert.Empty(Get(endpoint.Port, "GET /metrics HTTP/1.1\r\n" + new string('x', 8192 - 23)));
        Assert.StartsWith("HTTP/1.1 200", Get(endpoint.Port, "GET /metrics HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
    }

    /// <summary>Takes what is posted, and answers as it is told.</summary>
    sealed class Collector : IDisposable
    {
        readonly TcpListener listener = new(IPAddress.Loopback, 0);

        internal Collector(string answer)
        {
            listener.Start();
            _ = Task.Run(async () =>
            {
                while (true)
                {
                    using TcpClient client = await listener.AcceptTcpClientAsync();
                    using NetworkStream stream = client.GetStream();
                    using var reader = new StreamReader(stream, leaveOpen: true);
                    string path = (await reader.ReadLineAsync())!.Split(' ')[1];
                    int length = 0;
                    while (await reader.ReadLineAsync() is { Length: > 0 } line)
                        if (line.StartsWith("Content-Length: ", StringComparison.Ordinal))
                            length = int.Parse(line[16..], System.Globalization.CultureInfo.InvariantCulture);
                    char[] body = new char[length]; // what these tests send is ASCII
                    await reader.ReadBlockAsync(body);
                    Posted.Enqueue((path, new string(body)));
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n"));
                }
            });
        }

        internal ConcurrentQueue<(string Path, string Body)> Posted { get; } = [];
        internal Uri Uri => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

        public void Dispose() => listener.Dispose();
    }

    sealed class Recorder : ILogger
    {
        internal ConcurrentQueue<string> Lines { get; } = [];
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));
    }

    [Fact]
    public void Spans_and_metrics_reach_a_collector()
    {
        using var collector = new Collector("200 OK");
        using var store = new MetricStore([new Gauge("vireo.clients", "", static () => 1)]);
        string trace;
        using (new OtlpSender(collector.Uri, TimeSpan.FromHours(1), "vireod", store, new Recorder()))
        {
            using Activity outer = Telemetry.Begin("virOtlpOuter", ActivityKind.Server)!;
            trace = outer.TraceId.ToHexString();
            using (Activity inner = Telemetry.Begin("qmp stop", ActivityKind.Client)!)
                inner.SetTag("command", "stop").SetStatus(ActivityStatusCode.Error, "no");
            Telemetry.CallTook(0.5, "virOtlpOuter", "ok");
        }
        JsonElement[] spans = [.. collector.Posted.Where(p => p.Path is "/v1/traces").SelectMany(p => JsonDocument.Parse(p.Body).RootElement.GetProperty("resourceSpans")[0]
            .GetProperty("scopeSpans")[0].GetProperty("spans").EnumerateArray()).Where(span => span.GetProperty("traceId").GetString() == trace)];
        Assert.Equal(["qmp stop", "virOtlpOuter"], spans.Select(span => span.GetProperty("name").GetString()));
        Assert.Equal(spans[1].GetProperty("spanId").GetString(), spans[0].GetProperty("parentSpanId").GetString());
        Assert.Equal((3, 2), (spans[0].GetProperty("kind").GetInt32(), spans[1].GetProperty("kind").GetInt32()));
        Assert.Equal((2, "no"), (spans[0].GetProperty("status").GetProperty("code").GetInt32(), spans[0].GetProperty("status").GetProperty("message").GetString()));
        Assert.True(ulong.Parse(spans[0].GetProperty("endTimeUnixNano").GetString()!) >= ulong.Parse(spans[0].GetProperty("startTimeUnixNano").GetString()!));
        JsonElement metrics = JsonDocument.Parse(collector.Posted.Last(p => p.Path is "/v1/metrics").Body).RootElement.GetProperty("resourceMetrics")[0];
        Assert.Equal("vireod", metrics.GetProperty("resource").GetProperty("attributes")[0].GetProperty("value").GetProperty("stringValue").GetString());
        JsonElement[] all = [.. metrics.GetProperty("scopeMetrics")[0].GetProperty("metrics").EnumerateArray()];
        Assert.Equal("1", all[0].GetProperty("gauge").GetProperty("dataPoints")[0].GetProperty("asInt").GetString());
        JsonElement point = all.Single(m => m.GetProperty("name").GetString() is "vireo.call.duration").GetProperty("histogram").GetProperty("dataPoints")
            .EnumerateArray().Single(p => p.GetProperty("attributes")[0].GetProperty("value").GetProperty("stringValue").GetString() is "virOtlpOuter");
        Assert.Equal(("1", 0.5), (point.GetProperty("count").GetString(), point.GetProperty("sum").GetDouble()));
        Assert.Equal(point.GetProperty("explicitBounds").GetArrayLength() + 1, point.GetProperty("bucketCounts").GetArrayLength());
    }

    [Fact]
    public async Task A_collector_that_is_gone_or_refuses_costs_one_warning()
    {
        var log = new Recorder();
        using (var collector = new Collector("500 Internal Server Error"))
        using (var store = new MetricStore([]))
        using (new OtlpSender(collector.Uri, TimeSpan.FromMilliseconds(20), "vireod", store, log))
            await Lives.Until(() => collector.Posted.Count > 3);
        Assert.Contains("the collector answers 'HTTP/1.1 500 Internal Server Error'", Assert.Single(log.Lines), StringComparison.Ordinal);
        int port;
        using (var taken = new TcpListener(IPAddress.Loopback, 0))
        {
            taken.Start();
            port = ((IPEndPoint)taken.LocalEndpoint).Port;
        }
        log.Lines.Clear();
        using (var store = new MetricStore([]))
        using (new OtlpSender(new Uri($"http://127.0.0.1:{port}"), TimeSpan.FromHours(1), "vireod", store, log)) { }
        Assert.Contains("telemetry cannot be sent", Assert.Single(log.Lines), StringComparison.Ordinal);
    }
}
