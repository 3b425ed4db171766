using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Daemon.Roles;

namespace Vireo.Daemon.Managers;

/// <summary>virtlogd.conf and virtlockd.conf.</summary>
static class ManagerSettings
{
    const int MaxClients = 1024, MaxLogSize = 2 * 1024 * 1024, MaxLogBackups = 3;

    /// <summary>Keys that a log manager has beside those of both.</summary>
    internal readonly record struct LogLimits(long Size, int Backups);

    /// <summary>Reads what every daemon needs of it.</summary>
    /// <exception cref="VireoException">A value is wrong.</exception>
    internal static LibvirtdConfig Read(DaemonRole role, ConfFile file)
    {
        var conf = new ConfReader(file);
        int clients = conf.UInt("max_clients", MaxClients);
        var config = new LibvirtdConfig
        {
            AuthUnix = "none",
            AuditLevel = 0,
            MaxClients = clients,
            MaxAnonymousClients = clients,
            MinWorkers = 1,
            MaxWorkers = 5,
            PrioWorkers = 0,
            MaxClientRequests = 1,      // in their order: who is restricted may have asked before
            KeepaliveInterval = -1,
            AdminMaxClients = conf.UInt("admin_max_clients", new LibvirtdConfig().AdminMaxClients),
            LogLevel = conf.UInt("log_level", new LibvirtdConfig().LogLevel),
            LogFilters = conf.String("log_filters") ?? "",
            LogOutputs = conf.String("log_outputs") ?? "",
        };
        if (config.LogLevel is < 1 or > 4)
            conf.Mistake("log_level", $"Failed to set logging priority, argument '{config.LogLevel}' is invalid");
        if (role == ManagerRoles.Log)
            _ = ReadLimits(conf);
        conf.ThrowIfWrong();
        return config with { Unknown = [.. conf.Unknown] };
    }

    /// <summary>Reads how long logs may be.</summary>
    internal static LogLimits Limits(ConfFile file)
    {
        var conf = new ConfReader(file);
        LogLimits limits = ReadLimits(conf);
        conf.ThrowIfWrong();
        return limits;
    }

    static LogLimits ReadLimits(ConfReader conf)
    {
        var limits = new LogLimits(conf.UInt("max_size", MaxLogSize), conf.UInt("max_backups", MaxLogBackups));
        if (limits.Size < 1)
            conf.Mistake("max_size", "a log needs room");
        return limits;
    }
}
