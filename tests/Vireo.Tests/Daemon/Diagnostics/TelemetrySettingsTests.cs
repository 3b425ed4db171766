using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Daemon.Diagnostics;
using Xunit;

namespace Vireo.Tests.Daemon.Diagnostics;

/// <summary>vireod.conf and the environment over it.</summary>
public sealed class TelemetrySettingsTests
{
    static TelemetrySettings Of(string text, params (string Name, string Value)[] environment) =>
        TelemetrySettings.From(ConfFile.Parse(text, "vireod.conf"), name => Array.Find(environment, e => e.Name == name).Value);

    [Fact]
    public void Everything_is_off_unless_it_is_asked_for()
    {
        Assert.False(Of("").IsOn);
        Assert.Null(DaemonDiagnostics.Start(Of(""), [], Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance));
    }

    [Fact]
    public void The_file_says_what_is_on_and_the_environment_goes_over_it()
    {
        const string all = "otlp_endpoint = \"http://collector:4318\"\notlp_interval = 3\nprometheus_port = 9177\nslow_call_ms = 500\nlog_calls = 1\n";
        TelemetrySettings settings = Of(all);
        Assert.Equal((new Uri("http://collector:4318"), 3, 9177, 500, true),
            (settings.OtlpEndpoint, settings.OtlpInterval, settings.PrometheusPort, settings.SlowCall, settings.LogCalls));
        settings = Of(all, ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"), ("VIREO_OTLP_INTERVAL", "4"), ("VIREO_PROMETHEUS_PORT", "0"),
            ("VIREO_SLOW_CALL_MS", "7"), ("VIREO_LOG_CALLS", "0"));
        Assert.Equal((new Uri("http://127.0.0.1:1"), 4, 0, 7, false),
            (settings.OtlpEndpoint, settings.OtlpInterval, settings.PrometheusPort, settings.SlowCall, settings.LogCalls));
    }

    [Theory]
    [InlineData("otlp_endpoint = \"https://collector\"", "'https://collector' is no http://HOST:PORT")]
    [InlineData("otlp_endpoint = \"nonsense\"", "'nonsense' is no http://HOST:PORT")]
    [InlineData("prometheus_port = 70000", "70000 is not between 0 and 65535")]
    [InlineData("otlp_interval = 0", "0 is not between 1 and 3600")]
    [InlineData("log_calls = 2", "expected 0 or 1 for 'log_calls' parameter")]
    [InlineData("prometheus_prot = 1", "nobody knows the setting 'prometheus_prot'")]
    public void What_makes_no_sense_is_refused(string text, string why) =>
        Assert.Contains(why, Assert.Throws<VireoException>(() => Of(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_variable_that_is_no_number_is_refused_by_name() =>
        Assert.Contains("VIREO_SLOW_CALL_MS: 'soon' is no number",
            Assert.Throws<VireoException>(() => Of("", ("VIREO_SLOW_CALL_MS", "soon"))).Message, StringComparison.Ordinal);
}
