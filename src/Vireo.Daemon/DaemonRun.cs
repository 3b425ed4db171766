using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Core.Logging;
using Vireo.Cpu.Map;
using Vireo.Daemon.Admin;
using Vireo.Daemon.Diagnostics;
using Vireo.Daemon.Logging;
using Vireo.Daemon.Managers;
using Vireo.Daemon.Options;
using Vireo.Daemon.Roles;
using Vireo.Daemon.Service;
using Vireo.Host;
using Vireo.Host.Audit;
using Vireo.Rpc.Server;

namespace Vireo.Daemon;

/// <summary>A daemon's life: configuration, log, pid file, drivers, server, sockets; and all of that backwards.</summary>
sealed class DaemonRun(string name, DaemonRole role, DaemonOptions options, HostPaths paths, int? readiness)
{
    readonly TimeProvider clock = TimeProvider.System;

    /// <summary>libvirtd's exit code for sockets that cannot be had; whatever else goes wrong is 1.</summary>
    const int NetworkFailed = 6;

    /// <summary>libvirtd's for an audit that is asked for (audit_level 2) and is not there.</summary>
    const int AuditFailed = 10;

    string ConfigFile => options.Config ?? Path.Join(paths.EtcDir, role.ConfigFile);

    /// <summary>Runs until told to stop. Gives the exit code.</summary>
    internal int Run()
    {
        if (!paths.Privileged)
            _ = Native.umask(0x3f);
        ConfFile written;
        LibvirtdConfig config;
        DaemonLog factory;
        try
        {
            written = ReadFile();
            config = role.ReadConfig(role, written);
            factory = new DaemonLog(LogOf(config), clock);
        }
        catch (VireoException e)
        {
            Console.Error.WriteLine($"{name}: {e.Message}");
            return 1;
        }
        using (factory)
        {
            ILogger log = factory.CreateLogger("Vireo.Daemon");
            try
            {
                foreach (string key in config.Unknown)
                    log.UnknownSetting(ConfigFile, key);
                Serve(written, config, factory, log);
                return 0;
            }
            catch (SocketsException e)
            {
                return Failed(log, e.Message, NetworkFailed);
            }
            catch (VireoException e) when (e.Error.Domain is ErrorDomain.Audit)
            {
                return Failed(log, e.Error.Str2 ?? e.Message, AuditFailed);
            }
            catch (Exception e) when (e is VireoException or IOException or UnauthorizedAccessException)
            {
                return Failed(log, e.Message, 1);
            }
        }
    }

    // Whoever started a daemon for the background reads its terminal, not its log.
    int Failed(ILogger log, string why, int code)
    {
        log.Failed(why);
        if (readiness is not null)
            Console.Error.WriteLine($"{name}: error: {why}");
        return code;
    }

    ConfFile ReadFile() =>
        options.Config is not null || File.Exists(ConfigFile) ? ConfFile.Load(ConfigFile) : ConfFile.Empty(ConfigFile);

    /// <summary>Where the log goes to unless somebody says: what is worth being said, by its level.</summary>
    string DefaultOutput(LibvirtdConfig config)
    {
        int level = DaemonLog.SettingsOf(config, Environment.GetEnvironmentVariable, options.Verbose, null).Level;
        return !options.Background ? $"{level}:stderr"
            : !paths.Privileged ? $"{level}:file:{Path.Join(paths.LogDir, role.LogFile)}"
            : File.Exists("/run/systemd/journal/socket") ? $"{level}:journald"
            : $"{level}:syslog:{name}";
    }

    LogSettings LogOf(LibvirtdConfig config)
    {
        if (options.Background && !paths.Privileged)
            Directory.CreateDirectory(paths.LogDir);
        return DaemonLog.SettingsOf(config, Environment.GetEnvironmentVariable, options.Verbose, DefaultOutput(config));
    }

    void Serve(ConfFile written, LibvirtdConfig config, DaemonLog factory, ILogger log)
    {
        string? notify = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");
        Places.Forget("NOTIFY_SOCKET");
        IReadOnlyList<InheritedSocket> inherited = Sockets.Inherited(role, options.Listen);
        using PidFile pid = PidFile.Take(options.PidFile ?? Places.PidFile(paths, role));
        var activity = new Activity(clock);
        using var stop = Signals(activity);
        // Before anybody can find us: until then the signal would end us.
        using PosixSignalRegistration? again = ManagerRoles.All.Contains(role) ? PosixSignalRegistration.Create(RestartState.Signal, context =>
        {
            context.Cancel = true;
            activity.Restart();
        }) : null;
        RestartState? before = RestartState.Take(role, paths);
        RpcServer? main = null;
        using DaemonDiagnostics? diagnostics = DaemonDiagnostics.Start(TelemetrySettings.Load(Path.Join(paths.EtcDir, role.OwnConfigFile)),
            Gauge.OfProcess(() => main?.ClientCount ?? 0), factory.CreateLogger("Vireo.Daemon.Diagnostics"));
        using AuditTrail audit = AuditTrail.Open(config.AuditLevel, config.AuditLogging, factory.CreateLogger("Vireo.Audit"));
        var cpuMap = new Lazy<CpuMap>(() => ChosenMap.Find(options.CpuMap, log));
        using IRoleService service = role.Build(new DriverContext(role, config, paths, factory, activity, clock, cpuMap)
        {
            Written = written,
            Kept = before?.Service,
            Watcher = diagnostics?.Watcher,
            Audit = audit,
        });
        using var servers = new Servers
        {
            MainName = role.Name,
            Main = new RpcServer(Servers.Options(config), service.Programs, factory.CreateLogger("Vireo.Rpc.Server"), clock)
            {
                ClientsChanged = activity.Counter(),
            },
        };
        main = servers.Main;
        using var memory = new MemoryKeeper();
        servers.Admin = AdminServer.Make(servers, config, factory, DefaultOutput(config), activity, clock);
        before?.AttachClients(servers, service);    // before anybody new comes
        using Sockets sockets = Sockets.Open(role, servers, paths, config, before?.Sockets(role, config, paths) ?? inherited, options.Listen, log);
        log.Ready(name, paths.Socket(role.SocketFile(SocketRole.ReadWrite)!));
        Systemd.Notify(notify, $"READY=1\nMAINPID={Environment.ProcessId}");
        if (readiness is { } pipe)
            Background.Ready(pipe);
        if (options.Timeout is > 0 and { } seconds)
            activity.ChangeTimeout(TimeSpan.FromSeconds(seconds));
        Task reloading = Task.CompletedTask;
        while (activity.Wait())
            reloading = ReloadAsync(reloading, factory, service, log, notify);
        if (activity.Restarting && service is IKeepsState keeper)
            RestartState.Execute(role, paths, servers, sockets.AreOurs, keeper, notify);
        log.Stopping();
        Systemd.Notify(notify, "STOPPING=1");
    }

    // Not waited for: who holds a definition that is to be read again may take his time, and a signal to stop must not wait for him.
    async Task ReloadAsync(Task before, DaemonLog factory, IRoleService service, ILogger log, string? notify)
    {
        await before.ConfigureAwait(false);
        Systemd.Notify(notify, $"RELOADING=1\nMONOTONIC_USEC={Environment.TickCount64 * 1000}");
        try
        {
            factory.Change(LogOf(role.ReadConfig(role, ReadFile())));
            await service.ReloadAsync().ConfigureAwait(false);
            log.Reloaded();
        }
        catch (Exception e)
        {
            log.Failed(e.Message);   // what was in force stays so
        }
        Systemd.Notify(notify, "READY=1");
    }

    static Registrations Signals(Activity activity) => new(
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, activity)),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, activity)),
        PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => Stop(context, activity)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            activity.Reload();
        }),
    ]);

    static void Stop(PosixSignalContext context, Activity activity)
    {
        context.Cancel = true;
        activity.Stop();
    }

    sealed class Registrations(PosixSignalRegistration[] all) : IDisposable
    {
        public void Dispose()
        {
            foreach (PosixSignalRegistration one in all)
                one.Dispose();
        }
    }
}
