using System.Runtime.InteropServices;
using Vireo.Core;
using Vireo.Core.Errors;
using static Vireo.Host.Bus.SdBus;

namespace Vireo.Host.Bus;

/// <summary>Calls of services on the system's bus, one connection each.</summary>
static unsafe class BusCall
{
    const ulong Patience = 25_000_000;

    // A bus without the service: nobody is there who could do it.
    static readonly string[] absent =
    [
        "org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner", "org.freedesktop.systemd1.NoSuchUnit",
        "org.freedesktop.systemd1.UnitMasked", "org.freedesktop.DBus.Error.Spawn.ServiceNotFound", "org.freedesktop.systemd1.LoadFailed",
    ];

    /// <summary>Calls a method.</summary>
    /// <param name="service">Whose.</param>
    /// <param name="path">Of which object.</param>
    /// <param name="contract">Of which interface.</param>
    /// <param name="member">Which method.</param>
    /// <param name="write">Writes its arguments.</param>
    /// <param name="read">Reads its answer.</param>
    /// <returns>False: there is no bus, or no such service on it.</returns>
    /// <exception cref="VireoException">VIR_ERR_DBUS_SERVICE: it refuses, with its own words.</exception>
    internal static bool TryCall(string service, string path, string contract, string member, Action<nint> write, Action<nint>? read = null)
    {
        nint bus = 0, question = 0, reply = 0;
        Error error = default;
        try
        {
            if (sd_bus_open_system(&bus) < 0)
                return false;
            Check(sd_bus_message_new_method_call(bus, &question, service, path, contract, member));
            write(question);
            int result = sd_bus_call(bus, question, Patience, &error, &reply);
            if (result >= 0)
            {
                read?.Invoke(reply);
                return true;
            }
            string? kind = Marshal.PtrToStringUTF8((nint)error.Name);
            return absent.Contains(kind) ? false
                : throw new VireoException(ErrorCode.DbusService, ErrorDomain.Dbus, kind is null ? Errno.Text(-result) : $"GDBus.Error:{kind}: {Marshal.PtrToStringUTF8((nint)error.Message)}");
        }
        catch (DllNotFoundException)
        {
            return false;
        }
        finally
        {
            sd_bus_error_free(&error);
            sd_bus_message_unref(question);
            sd_bus_message_unref(reply);
            sd_bus_flush_close_unref(bus);
        }
    }

    /// <summary>The next text of an answer; null: there is none.</summary>
    internal static string? ReadText(nint message)
    {
        byte* text = null;
        return Check(sd_bus_message_read_basic(message, (byte)'s', &text)) > 0 ? Marshal.PtrToStringUTF8((nint)text) : null;
    }
}
