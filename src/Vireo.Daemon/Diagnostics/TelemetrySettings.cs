using System.Globalization;
using Vireo.Core.Config;
using Vireo.Core.Errors;

namespace Vireo.Daemon.Diagnostics;

/// <summary>vireod.conf: what libvirtd.conf has no words for. All of it is off unless said otherwise.</summary>
sealed record TelemetrySettings
{
    /// <summary>Where traces and metrics are sent by OTLP over HTTP, "http://HOST:PORT"; null: nowhere.</summary>
    internal Uri? OtlpEndpoint { get; init; }

    /// <summary>Seconds between two sendings.</summary>
    internal int OtlpInterval { get; init; } = 10;

    /// <summary>The port on 127.0.0.1 where Prometheus finds /metrics; 0: none.</summary>
    internal int PrometheusPort { get; init; }

    /// <summary>Calls that take longer than this are a warning in the log, in milliseconds; 0: none is.</summary>
    internal int SlowCall { get; init; }

    /// <summary>Every call is in the log, with who called and how it went.</summary>
    internal bool LogCalls { get; init; }

    /// <summary>Anything at all.</summary>
    internal bool IsOn => OtlpEndpoint is not null || PrometheusPort > 0 || SlowCall > 0 || LogCalls;

    /// <summary>From the file at a path, if there is one, and this process's environment.</summary>
    /// <exception cref="VireoException">A value or a key makes no sense.</exception>
    internal static TelemetrySettings Load(string path) =>
        From(File.Exists(path) ? ConfFile.Load(path) : ConfFile.Empty(path), Environment.GetEnvironmentVariable);

    /// <summary>From the file, over which the environment goes.</summary>
    /// <exception cref="VireoException">A value or a key makes no sense.</exception>
    internal static TelemetrySettings From(ConfFile file, Func<string, string?> environment)
    {
        var conf = new ConfReader(file);
        (string? endpoint, int interval, int port, int slow, bool calls) = (conf.String("otlp_endpoint"), conf.UInt("otlp_interval", 10),
            conf.UInt("prometheus_port", 0), conf.UInt("slow_call_ms", 0), conf.Bool("log_calls", false));
        conf.ThrowIfWrong();
        if (conf.Unknown.FirstOrDefault() is { } key)
            throw Wrong($"{file.Name}: nobody knows the setting '{key}'");
        return new TelemetrySettings
        {
            OtlpEndpoint = (environment("OTEL_EXPORTER_OTLP_ENDPOINT") ?? endpoint) is { Length: > 0 } url ? Endpoint(url) : null,
            OtlpInterval = Number(environment, "VIREO_OTLP_INTERVAL", interval, 1, 3600),
            PrometheusPort = Number(environment, "VIREO_PROMETHEUS_PORT", port, 0, 65_535),
            SlowCall = Number(environment, "VIREO_SLOW_CALL_MS", slow, 0, int.MaxValue),
            LogCalls = Number(environment, "VIREO_LOG_CALLS", calls ? 1 : 0, 0, 1) is 1,
        };
    }

    static Uri Endpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? endpoint) && endpoint.Scheme is "http" && endpoint.Host.Length > 0
            ? endpoint
            : throw Wrong($"'{text}' is no http://HOST:PORT to send telemetry to (a collector on this host takes care of TLS)");

    static int Number(Func<string, string?> environment, string variable, int configured, int least, int most)
    {
        int number = configured;
        if (environment(variable) is { Length: > 0 } text && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            throw Wrong($"{variable}: '{text}' is no number");
        return number >= least && number <= most ? number : throw Wrong($"{number} is not between {least} and {most} ({variable})");
    }

    static VireoException Wrong(string what) => new(ErrorCode.ConfSyntax, ErrorDomain.Conf, what);
}
