using System.Globalization;
using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using Vireo.Rpc.Server;
using static Vireo.Host.Bus.SdBus;

namespace Vireo.Daemon.Login;

/// <summary>
/// Asks polkit whether a user of a unix socket may log in. The question stays open as long as the user takes over his password: a thread
/// waits for each, and no more clients than max_anonymous_clients can have one. Who hangs up takes his question back.
/// </summary>
static unsafe class Polkit
{
    const string Name = "org.freedesktop.PolicyKit1", Path = "/org/freedesktop/PolicyKit1/Authority", Contract = Name + ".Authority";
    const uint AllowUserInteraction = 1;
    const int SHUT_RDWR = 2;

    /// <summary>Returns when the user is welcome.</summary>
    /// <exception cref="VireoException">He is not, or nobody can be asked.</exception>
    internal static ValueTask<bool> AskAsync(RpcPeer peer, CancellationToken cancel)
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                Ask(peer.Identity, peer.ReadOnly ? "org.libvirt.unix.monitor" : "org.libvirt.unix.manage", cancel);
                answer.SetResult(true);
            }
            catch (DllNotFoundException e)
            {
                answer.SetException(VireoException.Internal(ErrorDomain.Polkit, "Unable to get system bus connection: libsystemd.so.0 is not there", e));
            }
            catch (Exception e)
            {
                answer.SetException(e);
            }
        }, 256 * 1024) { IsBackground = true, Name = "polkit" }.Start();
        return new(answer.Task);
    }

    static void Ask(PeerIdentity identity, string action, CancellationToken cancel)
    {
        if (identity is not { Pid: { } pid, Uid: { } uid } || ProcessStart(pid) is not { } start)
            throw new VireoException(ErrorCode.AuthFailed, ErrorDomain.Polkit, "the client's process is gone");
        nint bus = 0, question = 0, reply = 0;
        Error error = default;
        try
        {
            int opened = sd_bus_open_system(&bus);
            if (opened < 0)
                throw VireoException.Internal(ErrorDomain.Polkit, $"Unable to get system bus connection: {Errno.Text(-opened)}");
            Check(sd_bus_message_new_method_call(bus, &question, Name, Path, Contract, "CheckAuthorization"));
            Write(question, pid, start, uid, action);
            int fd = sd_bus_get_fd(bus);
            // The one thing that another thread may do to a bus: end its socket, so that the call returns.
            int result;
            using (cancel.Register(() => _ = shutdown(fd, SHUT_RDWR)))
                result = sd_bus_call(bus, question, ulong.MaxValue, &error, &reply);
            if (result < 0)
                throw new VireoException(ErrorCode.DbusService, ErrorDomain.Dbus, error.Name is null
                    ? Errno.Text(-result)
                    : $"GDBus.Error:{Marshal.PtrToStringUTF8((nint)error.Name)}: {Marshal.PtrToStringUTF8((nint)error.Message)}");
            Judge(reply, action);
        }
        finally
        {
            sd_bus_error_free(&error);
            sd_bus_message_unref(question);
            sd_bus_message_unref(reply);
            sd_bus_flush_close_unref(bus);
        }
    }

    static int Check(int result) => Vireo.Host.Bus.SdBus.Check(result, ErrorDomain.Polkit);

    // CheckAuthorization((sa{sv}) subject, s action, a{ss} details, u flags, s cancellation)
    static void Write(nint message, int pid, ulong start, uint uid, string action)
    {
        uint process = (uint)pid;
        int user = (int)uid;
        uint flags = AllowUserInteraction;
        Check(sd_bus_message_open_container(message, (byte)'r', "sa{sv}"));
        Append(message, "unix-process");
        Check(sd_bus_message_open_container(message, (byte)'a', "{sv}"));
        AppendEntry(message, "pid", 'u', &process);
        AppendEntry(message, "start-time", 't', &start);
        AppendEntry(message, "uid", 'i', &user);
        Check(sd_bus_message_close_container(message));
        Check(sd_bus_message_close_container(message));
        Append(message, action);
        Check(sd_bus_message_open_container(message, (byte)'a', "{ss}"));
        Check(sd_bus_message_close_container(message));
        Check(sd_bus_message_append_basic(message, (byte)'u', &flags));
        Append(message, "");
    }

    // ((b authorized, b challenge, a{ss} details))
    static void Judge(nint reply, string action)
    {
        int authorized, challenge;
        Check(sd_bus_message_enter_container(reply, (byte)'r', "bba{ss}"));
        Check(sd_bus_message_read_basic(reply, (byte)'b', &authorized));
        Check(sd_bus_message_read_basic(reply, (byte)'b', &challenge));
        if (authorized != 0)
            return;
        bool dismissed = false;
        Check(sd_bus_message_enter_container(reply, (byte)'a', "{ss}"));
        while (Check(sd_bus_message_enter_container(reply, (byte)'e', "ss")) > 0)
        {
            nint key, value;
            Check(sd_bus_message_read_basic(reply, (byte)'s', &key));
            Check(sd_bus_message_read_basic(reply, (byte)'s', &value));
            dismissed |= Marshal.PtrToStringUTF8(key) is "polkit.dismissed" && Marshal.PtrToStringUTF8(value) is "true";
            Check(sd_bus_message_exit_container(reply));
        }
        throw dismissed ? new VireoException(ErrorCode.AuthCancelled, ErrorDomain.Polkit, "user cancelled authentication process")
            : challenge != 0 ? new VireoException(ErrorCode.AuthUnavailable, ErrorDomain.Polkit, $"no polkit agent available to authenticate action '{action}'")
            : new VireoException(ErrorCode.AuthFailed, ErrorDomain.Polkit, "access denied by policy");
    }

    /// <summary>When a process began, in the kernel's ticks: with it nobody takes a number over. Null: it is gone.</summary>
    internal static ulong? ProcessStart(int pid)
    {
        try
        {
            string line = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            string[] fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return ulong.TryParse(fields[19], CultureInfo.InvariantCulture, out ulong ticks) ? ticks : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
