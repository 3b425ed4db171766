using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Vireo.Core.Errors;
using Vireo.Daemon.Roles;
using Vireo.Driver;
using Vireo.Host.Logs;
using Vireo.Remote;
using Vireo.Rpc.Server;

namespace Vireo.Daemon.Managers;

/// <summary>The log manager: guests write to it, and it writes their logs, so that no end of another daemon disturbs them.</summary>
sealed partial class LogService : IRoleService, IKeepsState, IGuestLogs
{
    /// <summary>The most that one call reads: the protocol's limit of a text.</summary>
    const int MostBytes = 4 * 1024 * 1024;
    readonly LogPump pump;
    readonly CapabilitySet manager;
    readonly ILogger log;

    LogService(DriverContext context)
    {
        log = context.Logs.CreateLogger("Vireo.Daemon.Logs");
        ManagerSettings.LogLimits limits = ManagerSettings.Limits(context.Written);
        pump = new LogPump(limits.Size, limits.Backups, (path, fault) => NotWritten(log, path, fault), context.Activity.Counter());
        manager = CapabilitySet.Of<IGuestLogs>(this);
        if (context.Kept is { } kept)
            Adopt(kept);
    }

    internal static IRoleService Build(DriverContext context) => new LogService(context);

    public IReadOnlyList<IRpcProgram> Programs(RpcPeer peer) => ManagerPeers.LetIn(peer, log) ? [ManagerSession.OfLogs(peer, manager)] : [];

    public Task ReloadAsync() => Task.CompletedTask;

    public ValueTask<WithFiles<LogPosition>> OpenLogAsync(string driver, LogGuest guest, string path, LogOpenFlags flags, CancellationToken cancel)
    {
        var (end, pipe) = pump.Open(path, (flags & LogOpenFlags.Truncate) != 0);
        return new(new WithFiles<LogPosition>(new LogPosition(end.Inode, end.Offset), [pipe]));
    }

    public ValueTask<LogPosition> GetPositionAsync(string path, uint flags, CancellationToken cancel)
    {
        NoFlags(flags, "virLogHandlerDomainGetLogFilePosition");
        LogPlace end = pump.EndOf(path);
        return new(new LogPosition(end.Inode, end.Offset));
    }

    public ValueTask<string> ReadAsync(string path, LogPosition from, ulong limit, uint flags, CancellationToken cancel)
    {
        NoFlags(flags, "virLogHandlerDomainReadLogFile");
        if (limit > MostBytes)
            throw VireoException.InvalidArgument(ErrorDomain.Logging, $"Requested data len {limit} is larger than maximum {MostBytes}");
        string text = Encoding.UTF8.GetString(pump.Read(path, new LogPlace(from.Inode, from.Offset), (int)limit));
        // What is no text became longer.
        while (Encoding.UTF8.GetByteCount(text) > MostBytes)
            text = text[..(text.Length / 2)];
        return new(text);
    }

    public ValueTask<int> AppendAsync(string driver, LogGuest guest, string path, string message, uint flags, CancellationToken cancel)
    {
        NoFlags(flags, "virLogHandlerDomainAppendLogFile");
        pump.Append(path, Encoding.UTF8.GetBytes(message));
        return new(0);
    }

    static void NoFlags(uint flags, string function)
    {
        if (flags != 0)
            throw VireoException.UnsupportedFlags(flags, function, ErrorDomain.Logging);
    }

    JsonObject IKeepsState.Keep() => new()
    {
        ["handler"] = new JsonObject
        {
            ["files"] = new JsonArray([.. pump.Keep().Select(static kept => new JsonObject { ["path"] = kept.Path, ["pipefd"] = kept.Pipe })]),
        },
    };

    JsonNode? IKeepsState.KeepClient(RpcPeer peer) => null;

    void IKeepsState.Expect(JsonNode? client)
    {
        // A client of ours has no state.
    }

    void Adopt(JsonObject state)
    {
        if (state["handler"]?["files"] is not JsonArray files)
            throw VireoException.Internal(ErrorDomain.Logging, "Missing 'files' field from JSON document");
        foreach (JsonNode? file in files)
            pump.Adopt(new KeptLog((string)file!["path"]!, (int)file["pipefd"]!));
    }

    public void Dispose() => pump.Dispose();

    [LoggerMessage(1310, LogLevel.Error, "Log {Path}: what a guest wrote is lost")]
    private static partial void NotWritten(ILogger log, string path, Exception fault);
}
