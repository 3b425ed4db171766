using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Vireo.Core.Diagnostics;
using Vireo.Daemon.Diagnostics;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Remote;
using Vireo.Rpc.Xdr;
using Vireo.Tests.Remote;
using Xunit;

namespace Vireo.Tests.Daemon.Diagnostics;

/// <summary>What is told of a call: by whom, what, how it went and how long it took.</summary>
public sealed class CallWatcherTests
{
    sealed class Recorder : ILogger
    {
        internal List<(LogLevel Level, string Text, IReadOnlyDictionary<string, object?> Fields)> Lines { get; } = [];
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((logLevel, formatter(state, exception), ((IReadOnlyList<KeyValuePair<string, object?>>)state!).DistinctBy(f => f.Key).ToDictionary()));
    }

    static RecordedCall Run(RemoteSession session, int procedure, Action<List<byte>>? arguments = null)
    {
        var bytes = new List<byte>();
        arguments?.Invoke(bytes);
        var call = new RecordedCall(session.Peer, procedure);
        var reader = new XdrReader(bytes.ToArray());
        session.Dispatch(call, ref reader);
        return call;
    }

    static RemoteSession Session(TelemetrySettings settings, ILogger log)
    {
        var session = new RemoteSession(new RecordedPeer(uid: 4_000_000_000) { LoggedIn = true }, new RemoteServices(new DriverSet(TestDriver.Create())) { Watcher = new CallWatcher(settings, log) });
        Run(session, 1, bytes => bytes.AddRange([0, 0, 0, 1, 0, 0, 0, 15, .. "test:///default"u8, 0, 0, 0, 0, 0]));
        return session;
    }

    [Fact]
    public void A_line_for_each_call_says_who_what_and_how_it_went()
    {
        var log = new Recorder();
        RemoteSession session = Session(new TelemetrySettings { LogCalls = true }, log);
        Run(session, 3);
        Run(session, 23, bytes => bytes.AddRange([0, 0, 0, 4, .. "none"u8]));
        Assert.Equal(["virConnectOpen", "virConnectGetType", "virDomainLookupByName"], log.Lines.Select(line => line.Fields["Operation"]));
        Assert.StartsWith("virConnectGetType by somebody (uid 4000000000, pid 1): ok after ", log.Lines[1].Text, StringComparison.Ordinal);
        Assert.StartsWith("virDomainLookupByName by somebody (uid 4000000000, pid 1): Domain not found", log.Lines[2].Text, StringComparison.Ordinal);
        Assert.All(log.Lines, line => Assert.Equal(LogLevel.Information, line.Level));
    }

    [Fact]
    public void A_caller_is_told_by_name_though_nobody_looked_for_it_before()
    {
        var log = new Recorder();
        var call = new RecordedCall(new RecordedPeer(), 3);
        new CallWatcher(new TelemetrySettings { LogCalls = true }, log).Begin(call, "virSome", new Caller(false, UserId: 0, ProcessId: 7));
        call.Watch!.Ended(null);
        Assert.StartsWith("virSome by root (uid 0, pid 7): ok after ", Assert.Single(log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_call_that_is_slow_is_a_warning()
    {
        var log = new Recorder();
        var watcher = new CallWatcher(new TelemetrySettings { SlowCall = 1 }, log);
        var slow = new RecordedCall(new RecordedPeer(), 3);
        watcher.Begin(slow, "virSlow", Caller.Self);
        Thread.Sleep(5);
        slow.Watch!.Ended(null);
        Assert.Equal(LogLevel.Warning, Assert.Single(log.Lines).Level);
        Assert.StartsWith("slow call: virSlow by somebody: ok after ", log.Lines[0].Text, StringComparison.Ordinal);
        watcher = new CallWatcher(new TelemetrySettings { SlowCall = 3_600_000 }, log);
        watcher.Begin(slow, "virFast", Caller.Self);
        slow.Watch!.Ended(null);
        Assert.Single(log.Lines);
    }

    [Fact]
    public void A_call_is_a_span_that_ends_with_its_answer_and_leaves_nothing_behind()
    {
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is Telemetry.Name,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => { lock (ended) ended.Add(span); },
        };
        ActivitySource.AddActivityListener(listener);
        RemoteSession session = Session(new TelemetrySettings { PrometheusPort = 1 }, new Recorder());
        Run(session, 59);
        Run(session, 23, bytes => bytes.AddRange([0, 0, 0, 4, .. "none"u8]));
        Assert.Null(Activity.Current);
        lock (ended)
        {
            Activity hostname = ended.Single(span => span.DisplayName is "virConnectGetHostname");
            Assert.Equal((ActivityKind.Server, ActivityStatusCode.Unset, "4000000000"), (hostname.Kind, hostname.Status, hostname.GetTagItem("enduser.id")));
            Assert.Contains(ended, span => span.DisplayName is "virDomainLookupByName" && span.Status is ActivityStatusCode.Error);
        }
    }
}
