using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Vireo.Core.Diagnostics;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Host.Users;
using Vireo.Remote;
using Vireo.Rpc.Server;

namespace Vireo.Daemon.Diagnostics;

/// <summary>Looks at every call from its dispatch to its answer: span, duration, log.</summary>
sealed class CallWatcher(TelemetrySettings settings, ILogger log) : ICallWatcher
{
    /// <summary>More users than this are not remembered by name.</summary>
    const int MostNames = 1024;

    readonly ConcurrentDictionary<uint, string?> names = [];
    readonly bool tells = settings.OtlpEndpoint is not null || settings.PrometheusPort > 0;

    public IDisposable? Begin(RpcCall call, string procedure, Caller caller)
    {
        caller = Named(caller);
        Activity? span = tells ? Telemetry.Begin(procedure, ActivityKind.Server) : null;
        if (span is not null)
        {
            span.SetTag("rpc.system", "libvirt");
            span.SetTag("rpc.method", procedure);
            span.SetTag("enduser.id", caller.SaslName ?? caller.UserName ?? caller.UserId?.ToString(CultureInfo.InvariantCulture));
        }
        call.Watch = new Watch(this, procedure, caller, span);
        return span is null ? null : new Out();
    }

    /// <summary>A caller by name: without a policy nobody has looked for it yet.</summary>
    Caller Named(Caller caller)
    {
        if (caller.UserName is not null || caller.UserId is not { } user)
            return caller;
        if (!names.TryGetValue(user, out string? name) && names.Count < MostNames)
            names[user] = name = HostUsers.NameOfUser(user);
        return name is null ? caller : caller with { UserName = name };
    }

    /// <summary>Dispatch is over, the call perhaps not: this thread is no longer about it.</summary>
    sealed class Out : IDisposable
    {
        public void Dispose() => Activity.Current = null;
    }

    sealed class Watch(CallWatcher owner, string procedure, Caller caller, Activity? span) : ICallWatch
    {
        readonly long began = Stopwatch.GetTimestamp();

        public void Ended(VirError? error) => owner.Ended(procedure, caller, span, Stopwatch.GetElapsedTime(began), error);
    }

    void Ended(string procedure, Caller caller, Activity? span, TimeSpan took, VirError? error)
    {
        string outcome = error is null ? "ok" : ((int)error.Code).ToString(CultureInfo.InvariantCulture);
        if (tells)
            Telemetry.CallTook(took.TotalSeconds, procedure, outcome);
        if (span is not null)
        {
            if (error is not null)
                span.SetStatus(ActivityStatusCode.Error, error.Message);
            span.Dispose();
        }
        double milliseconds = Math.Round(took.TotalMilliseconds, 3);
        if (settings.SlowCall > 0 && milliseconds > settings.SlowCall)
            log.SlowCall(procedure, caller.Describe(), error?.Message ?? "ok", milliseconds);
        else if (settings.LogCalls)
            log.Called(procedure, caller.Describe(), error?.Message ?? "ok", milliseconds);
    }
}
