using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Vireo.Core.Diagnostics;
using Vireo.Core.Errors;
using Vireo.Remote;

namespace Vireo.Daemon.Diagnostics;

/// <summary>What the settings ask to be told, from now until this is disposed.</summary>
sealed class DaemonDiagnostics : IDisposable
{
    readonly MetricStore? store;
    readonly PrometheusEndpoint? prometheus;
    readonly OtlpSender? sender;

    DaemonDiagnostics(TelemetrySettings settings, IReadOnlyList<Gauge> gauges, ILogger log)
    {
        Watcher = new CallWatcher(settings, log);
        if (settings is { PrometheusPort: 0, OtlpEndpoint: null })
            return;
        store = new MetricStore(gauges);
        Telemetry.TurnOn();
        if (settings.PrometheusPort > 0)
        {
            try
            {
                prometheus = new PrometheusEndpoint(settings.PrometheusPort, store);
            }
            catch (SocketException e)
            {
                store.Dispose();
                throw VireoException.System(ErrorDomain.Rpc, e.NativeErrorCode, $"Unable to serve metrics at 127.0.0.1:{settings.PrometheusPort}");
            }
            log.MetricsAt(prometheus.Port);
        }
        if (settings.OtlpEndpoint is { } endpoint)
            sender = new OtlpSender(endpoint, TimeSpan.FromSeconds(settings.OtlpInterval), "vireod", store, log);
    }

    /// <summary>Begins; null: nobody asked for anything.</summary>
    internal static DaemonDiagnostics? Start(TelemetrySettings settings, IReadOnlyList<Gauge> gauges, ILogger log) =>
        settings.IsOn ? new DaemonDiagnostics(settings, gauges, log) : null;

    /// <summary>What sessions tell of calls.</summary>
    internal ICallWatcher Watcher { get; }

    public void Dispose()
    {
        sender?.Dispose();
        prometheus?.Dispose();
        store?.Dispose();
    }
}
