using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Vireo.Core.Diagnostics;

namespace Vireo.Daemon.Diagnostics;

/// <summary>
/// Sends spans and metrics to a collector by OTLP over HTTP, on a thread of its own. What cannot be sent is dropped: the collector's
/// absence must cost nothing but its data.
/// </summary>
sealed class OtlpSender : IDisposable
{
    const int MostWaiting = 8192, Batch = 512;
    static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    readonly Uri endpoint;
    readonly MetricStore store;
    readonly ILogger log;
    readonly string service;
    readonly TimeSpan interval;
    readonly DateTime since = DateTime.UtcNow;
    readonly ActivityListener listener;
    readonly Queue<Activity> waiting = [];
    readonly AutoResetEvent wake = new(false);
    readonly Thread thread;
    volatile bool ending;
    bool failed;
    long dropped;

    internal OtlpSender(Uri endpoint, TimeSpan interval, string service, MetricStore store, ILogger log)
    {
        (this.endpoint, this.interval, this.service, this.store, this.log) = (endpoint, interval, service, store, log);
        listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is Telemetry.Name,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Stopped,
        };
        ActivitySource.AddActivityListener(listener);
        thread = new Thread(Run) { IsBackground = true, Name = "otlp" };
        thread.Start();
    }

    void Stopped(Activity span)
    {
        int count;
        lock (waiting)
        {
            if (waiting.Count >= MostWaiting)
            {
                dropped++;
                return;
            }
            waiting.Enqueue(span);
            count = waiting.Count;
        }
        if (count is Batch)
            wake.Set();
    }

    void Run()
    {
        while (!ending)
        {
            wake.WaitOne(interval);
            Flush();
        }
        Flush();
    }

    void Flush()
    {
        try
        {
            while (Take() is { Count: > 0 } spans)
                Post("/v1/traces", OtlpJson.Spans(spans, service));
            Post("/v1/metrics", OtlpJson.Metrics(store, service, since, DateTime.UtcNow));
            failed = false;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            if (!failed)
                log.NotSent(endpoint.ToString(), e.Message, dropped);
            failed = true; // said once, until it works again
        }
    }

    List<Activity> Take()
    {
        var spans = new List<Activity>();
        lock (waiting)
            while (spans.Count < Batch && waiting.TryDequeue(out Activity? span))
                spans.Add(span);
        return spans;
    }

    void Post(string path, byte[] body)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { SendTimeout = (int)patience.TotalMilliseconds, ReceiveTimeout = (int)patience.TotalMilliseconds };
        socket.Connect(endpoint.Host, endpoint.Port);
        using var stream = new NetworkStream(socket);
        stream.Write(Encoding.ASCII.GetBytes(
            $"POST {endpoint.AbsolutePath.TrimEnd('/')}{path} HTTP/1.1\r\nHost: {endpoint.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
        stream.Write(body);
        Span<byte> answer = stackalloc byte[64];
        int length = stream.ReadAtLeast(answer, 12, throwOnEndOfStream: false);
        string status = Encoding.ASCII.GetString(answer[..length]);
        if (length < 12 || !status.StartsWith("HTTP/1.", StringComparison.Ordinal) || status[9] is not '2')
            throw new IOException($"the collector answers '{status.Split('\r')[0]}'");
    }

    public void Dispose()
    {
        listener.Dispose();
        ending = true;
        wake.Set();
        thread.Join(patience);
        wake.Dispose();
    }
}
