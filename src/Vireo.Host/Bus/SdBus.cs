using System.Runtime.InteropServices;
using Vireo.Core.Errors;

namespace Vireo.Host.Bus;

/// <summary>
/// The part of sd-bus (libsystemd) that asking polkit, systemd and firewalld takes. Loaded when the first is called. The address is the system bus's, or what
/// DBUS_SYSTEM_BUS_ADDRESS says.
/// </summary>
static unsafe partial class SdBus
{
    const string Library = "libsystemd.so.0";

    /// <summary>struct sd_bus_error.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Error
    {
        public byte* Name, Message;
        public int NeedsFree;
    }

    [LibraryImport(Library)] internal static partial int sd_bus_open_system(nint* bus);
    [LibraryImport(Library)] internal static partial nint sd_bus_flush_close_unref(nint bus);
    [LibraryImport(Library)] internal static partial int sd_bus_get_fd(nint bus);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int sd_bus_message_new_method_call(
        nint bus, nint* message, string destination, string path, string contract, string member);
    [LibraryImport(Library)] internal static partial nint sd_bus_message_unref(nint message);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int sd_bus_message_open_container(nint message, byte type, string contents);
    [LibraryImport(Library)] internal static partial int sd_bus_message_close_container(nint message);
    [LibraryImport(Library)] internal static partial int sd_bus_message_append_basic(nint message, byte type, void* value);
    [LibraryImport(Library)] internal static partial int sd_bus_call(nint bus, nint message, ulong microseconds, Error* error, nint* reply);
    [LibraryImport(Library)] internal static partial void sd_bus_error_free(Error* error);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int sd_bus_message_enter_container(nint message, byte type, string contents);
    [LibraryImport(Library)] internal static partial int sd_bus_message_exit_container(nint message);
    [LibraryImport(Library)] internal static partial int sd_bus_message_read_basic(nint message, byte type, void* value);
    [LibraryImport(Library)] internal static partial int sd_bus_message_append_array(nint message, byte type, void* items, nuint bytes);
    [LibraryImport("libc")] internal static partial int shutdown(int fd, int how);

    internal static void Append(nint message, string text)
    {
        nint native = Marshal.StringToCoTaskMemUTF8(text);
        try
        {
            Check(sd_bus_message_append_basic(message, (byte)'s', (void*)native));
        }
        finally
        {
            Marshal.FreeCoTaskMem(native);
        }
    }

    /// <summary>{name: variant of a basic type}.</summary>
    internal static void AppendEntry(nint message, string name, char type, void* value)
    {
        Check(sd_bus_message_open_container(message, (byte)'e', "sv"));
        Append(message, name);
        Check(sd_bus_message_open_container(message, (byte)'v', type.ToString()));
        Check(sd_bus_message_append_basic(message, (byte)type, value));
        Check(sd_bus_message_close_container(message));
        Check(sd_bus_message_close_container(message));
    }

    /// <summary>The result of a function, which is a negative errno when it failed.</summary>
    internal static int Check(int result, ErrorDomain domain = ErrorDomain.Dbus) =>
        result >= 0 ? result : throw VireoException.System(domain, -result, "cannot talk to the system bus");
}
