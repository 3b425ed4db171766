using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using static Vireo.Host.Bus.SdBus;

namespace Vireo.Daemon.Access;

/// <summary>A process that polkit is asked about: its number alone may be another's by now, so its start and its user go with it.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Start">When it was started, in the kernel's ticks.</param>
/// <param name="User">Its user.</param>
readonly record struct PolkitSubject(int Pid, ulong Start, uint User);

/// <summary>Whom the system lets do what.</summary>
interface IPolkit
{
    /// <summary>Whether the process may, without anybody being asked for a password; waits for the answer.</summary>
    /// <exception cref="VireoException">Nobody could be asked.</exception>
    bool Allows(string action, PolkitSubject subject, IReadOnlyList<KeyValuePair<string, string>> details);
}

/// <summary>polkit on the system's bus. Any thread: callers at the same time have connections of their own, which are kept for the next.</summary>
sealed unsafe class PolkitAuthority : IPolkit, IDisposable
{
    const string Name = "org.freedesktop.PolicyKit1", Path = "/org/freedesktop/PolicyKit1/Authority", Contract = Name + ".Authority";
    const int MostKept = 8;
    const ulong Patience = 25_000_000;

    readonly ConcurrentBag<nint> idle = [];

    public bool Allows(string action, PolkitSubject subject, IReadOnlyList<KeyValuePair<string, string>> details)
    {
        try
        {
            if (idle.TryTake(out nint kept))
            {
                try
                {
                    return Ask(kept, action, subject, details);
                }
                catch (VireoException)
                {
                    // The bus may have been started anew since: once more, on a connection that was made now.
                }
            }
            nint bus = 0;
            int opened = sd_bus_open_system(&bus);
            if (opened < 0)
                throw VireoException.Internal(ErrorDomain.Polkit, $"Unable to get system bus connection: {Errno.Text(-opened)}");
            return Ask(bus, action, subject, details);
        }
        catch (DllNotFoundException e)
        {
            throw VireoException.Internal(ErrorDomain.Polkit, "Unable to get system bus connection: libsystemd.so.0 is not there", e);
        }
    }

    // Keeps the connection if it worked, closes it if not.
    bool Ask(nint bus, string action, PolkitSubject subject, IReadOnlyList<KeyValuePair<string, string>> details)
    {
        nint question = 0, reply = 0;
        Error error = default;
        bool works = false;
        try
        {
            Check(sd_bus_message_new_method_call(bus, &question, Name, Path, Contract, "CheckAuthorization"));
            Write(question, action, subject, details);
            int result = sd_bus_call(bus, question, Patience, &error, &reply);
            if (result < 0)
                throw new VireoException(ErrorCode.DbusService, ErrorDomain.Dbus, error.Name is null
                    ? Errno.Text(-result)
                    : $"{Marshal.PtrToStringUTF8((nint)error.Name)}: {Marshal.PtrToStringUTF8((nint)error.Message)}");
            int authorized;
            Check(sd_bus_message_enter_container(reply, (byte)'r', "bba{ss}"));
            Check(sd_bus_message_read_basic(reply, (byte)'b', &authorized));
            works = true;
            return authorized != 0;
        }
        finally
        {
            sd_bus_error_free(&error);
            _ = sd_bus_message_unref(question);
            _ = sd_bus_message_unref(reply);
            if (works && idle.Count < MostKept)
                idle.Add(bus);
            else
                _ = sd_bus_flush_close_unref(bus);
        }
    }

    static int Check(int result) => Vireo.Host.Bus.SdBus.Check(result, ErrorDomain.Polkit);

    // CheckAuthorization((sa{sv}) subject, s action, a{ss} details, u flags, s cancellation)
    static void Write(nint message, string action, PolkitSubject subject, IReadOnlyList<KeyValuePair<string, string>> details)
    {
        uint process = (uint)subject.Pid, flags = 0;
        ulong start = subject.Start;
        int user = (int)subject.User;
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
        foreach ((string name, string value) in details)
        {
            Check(sd_bus_message_open_container(message, (byte)'e', "ss"));
            Append(message, name);
            Append(message, value);
            Check(sd_bus_message_close_container(message));
        }
        Check(sd_bus_message_close_container(message));
        Check(sd_bus_message_append_basic(message, (byte)'u', &flags));
        Append(message, "");
    }

    public void Dispose()
    {
        while (idle.TryTake(out nint bus))
            _ = sd_bus_flush_close_unref(bus);
    }
}
