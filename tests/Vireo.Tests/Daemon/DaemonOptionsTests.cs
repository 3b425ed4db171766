using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Core.Logging;
using Vireo.Cpu.Map;
using Vireo.Daemon.Logging;
using Vireo.Daemon.Options;
using Vireo.Daemon.Roles;
using Vireo.Daemon.Service;
using Vireo.Host.Logs;
using Xunit;

namespace Vireo.Tests.Daemon;

public sealed class DaemonOptionsTests
{
    [Fact]
    public void Options_are_read_as_getopt_reads_them()
    {
        DaemonOptions options = DaemonOptions.Parse(["-dvl", "-t120", "-f", "a.conf", "--pid=x.pid", "--root", "/r"]);
        Assert.Equal(new DaemonOptions
        {
            Background = true, Verbose = true, Listen = true, Timeout = 120, Config = "a.conf", PidFile = "x.pid", Root = "/r",
        }, options);
        Assert.True(DaemonOptions.Parse(["--vers"]).ShowVersion);
        Assert.True(DaemonOptions.Parse(["-h"]).ShowHelp);
        Assert.Equal("a.conf", DaemonOptions.Parse(["--c=a.conf"]).Config);
        Assert.Equal("9.0.0", DaemonOptions.Parse(["--cpu-map", "9.0.0"]).CpuMap);
    }

    [Theory]
    [InlineData("unrecognized option '--bogus'", "--bogus")]
    [InlineData("invalid option -- 'x'", "-x")]
    [InlineData("option '--ver' is ambiguous", "--ver")]
    [InlineData("option '--config' requires an argument", "--config")]
    [InlineData("option requires an argument -- 't'", "-vt")]
    [InlineData("Invalid value for timeout", "-t", "soon")]
    [InlineData("unexpected, non-option, command line arguments", "run")]
    public void A_mistake_on_the_command_line_is_named(string message, params string[] arguments) =>
        Assert.Equal(message, Assert.Throws<VireoException>(() => DaemonOptions.Parse(arguments)).Error.Str2);

    [Fact]
    public void A_CPU_map_is_a_release_or_a_file_whose_bad_entries_are_told_when_it_is_used()
    {
        Assert.Same(CpuMap.Default, ChosenMap.Find(null, NullLogger.Instance));
        Assert.Equal(new MapRelease(10, 2, 0), ChosenMap.Find("10.2.0", NullLogger.Instance).Release);
        Assert.Equal(
            "CPU map '/nowhere' is neither a release like 9.0.0 nor a file",
            Assert.Throws<VireoException>(() => ChosenMap.Find("/nowhere", NullLogger.Instance)).Error.Str2);
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "cpuid 1 edx\n 0 fpu\nmodel good\n has fpu\nmodel odd\n has nonsense\n");
            var log = new ListLogger();
            CpuMap map = ChosenMap.Find(file, log);
            Assert.Empty(log.Lines);
            Assert.Equal(["good"], map.X86.ModelNames);
            Assert.Equal("CPU map, line 6: odd is disabled: there is no feature nonsense", Assert.Single(log.Lines));
        }
        finally
        {
            File.Delete(file);
        }
    }

    sealed class ListLogger : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> format) =>
            Lines.Add(format(state, exception));
    }

    [Fact]
    public void Log_settings_come_from_the_file_the_environment_and_the_command_line()
    {
        var config = new LibvirtdConfig
        {
            LogFilters = "4:rpc 1:qemu.machine", LogOutputs = "3:syslog:libvirtd 1:file:/var/log/libvirt/libvirtd.log",
        };
        LogSettings settings = DaemonLog.SettingsOf(config, static _ => null, verbose: true, defaultOutput: null);
        Assert.Equal((2, 4, 1), (settings.For("Storage.Pool"), settings.For("Rpc.Server"), settings.For("Qemu.Machine.Actor")));
        Assert.Equal([new LogTarget(3, "syslog", "libvirtd"), new LogTarget(1, "file", "/var/log/libvirt/libvirtd.log")], settings.Targets);
        settings = DaemonLog.SettingsOf(config, static name => name == "LIBVIRT_DEBUG" ? "1" : null, false, null);
        Assert.Equal(1, settings.Level);
        Assert.Throws<VireoException>(() => DaemonLog.SettingsOf(config with { LogOutputs = "1:file" }, static _ => null, false, null));
        Assert.Throws<VireoException>(() => DaemonLog.SettingsOf(config with { LogFilters = "9:rpc" }, static _ => null, false, null));
    }

    [Fact]
    public void A_log_line_begins_as_libvirts_do() => Assert.Equal(
        "2026-01-02 03:04:05.006+0000: 77: warning : ", LogOutputs.Start(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 6, TimeSpan.Zero), 77, 3));

    [Fact]
    public void Sockets_for_another_process_are_not_taken()
    {
        var forgotten = new List<string>();
        Assert.Empty(Systemd.TakeSockets(RoleTable.Default, static name => name == "LISTEN_FDS" ? "2" : "1", forgotten.Add));
        Assert.Equal(["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"], forgotten);
    }

    [Fact]
    public void The_daemon_ends_when_nobody_needed_it_for_so_long()
    {
        var activity = new Activity(TimeProvider.System);
        activity.ChangeTimeout(TimeSpan.Zero);
        Assert.False(activity.Wait());
        Action<int> clients = activity.Counter(), guests = activity.Counter();
        guests(1);
        clients(2);
        clients(0);
        activity.Reload();
        Assert.True(activity.Wait());
        guests(0);
        Assert.False(activity.Wait());
        clients(3);
        activity.ChangeTimeout(null);
        clients(0);
        activity.Stop();
        Assert.False(activity.Wait());
    }
}
