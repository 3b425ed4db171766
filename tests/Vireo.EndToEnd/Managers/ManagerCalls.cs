using Microsoft.Win32.SafeHandles;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Host.Files;
using Vireo.Remote;
using Vireo.Rpc.Client;

namespace Vireo.EndToEnd.Managers;

/// <summary>A client of a log or lock manager, ours or stock's, that tells what it is answered as text.</summary>
sealed class ManagerCalls(string socket) : IAsyncDisposable
{
    static readonly LogGuest guest = new(Uuid.TryParse("0d0ff9fd-2a5f-4b2a-9d0c-0a5b2d6a8f13", out Uuid uuid) ? uuid : default, "g");
    readonly ManagerClient client = new(BlockingRpcChannel.Connect(socket));

    internal IGuestLogs Logs => client.Capabilities.Find<IGuestLogs>()!;

    internal IDiskLocks Locks => client.Capabilities.Find<IDiskLocks>()!;

    internal ValueTask<WithFiles<LogPosition>> OpenAsync(string path, LogOpenFlags flags = LogOpenFlags.None) => Logs.OpenLogAsync("qemu", guest, path, flags, default);

    internal ValueTask<int> AppendAsync(string path, string text) => Logs.AppendAsync("qemu", guest, path, text, 0, default);

    internal ValueTask RegisterAsync(int process) => Locks.RegisterAsync(new LockOwner(guest.Uuid, guest.Name, 1, (uint)process), 0, default);

    internal ValueTask AcquireAsync(string name, LockFlags flags = LockFlags.None, string folder = "") => Locks.AcquireResourceAsync(folder, name, flags, default);

    /// <summary>"ok", or the error.</summary>
    internal static async Task<string> SaysAsync(Func<ValueTask> call)
    {
        try
        {
            await call();
            return "ok";
        }
        catch (VireoException e)
        {
            return $"{(int)e.Error.Code} {(int)e.Error.Domain} {e.Message}";
        }
    }

    /// <summary>Whether nobody holds a resource; it is free again afterwards.</summary>
    internal async Task<bool> IsFreeAsync(string name)
    {
        string said = await SaysAsync(() => AcquireAsync(name));
        if (said != "ok")
            return said.Contains("is locked", StringComparison.Ordinal) ? false : throw new InvalidOperationException(said);
        await Locks.ReleaseResourceAsync("", name, 0, default);
        return true;
    }

    internal static void Write(SafeFileHandle pipe, string text) => LogFile.Append(pipe, text);

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
