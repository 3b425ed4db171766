using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports;

/// <summary>Calls with descriptors. Those that are given stay the program's; those that come back become its.</summary>
static unsafe class FileBodies
{
    const ErrorDomain From = ErrorDomain.Domain;

    [CBody("virDomainOpenGraphics")]
    internal static int OpenGraphics(Handle* domain, uint index, int fd, uint flags)
    {
        const string me = "virDomainOpenGraphics";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        NotNegative(fd, "fd", me, From);
        NotOtherThanSocket(fd, me);
        connection.RequireWrite(me, From);
        Sync.Wait(connection.Require<IDomainGraphics>(me, From).OpenGraphicsAsync(Refs.ToDomainRef(domain), index, (DomainOpenGraphicsFlags)flags, Copy(fd), default));
        return 0;
    }

    [CBody("virDomainOpenGraphicsFD")]
    internal static int OpenGraphics(Handle* domain, uint index, uint flags)
    {
        const string me = "virDomainOpenGraphicsFD";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        connection.RequireWrite(me, From);
        return Give(Sync.Of(connection.Require<IDomainGraphics>(me, From).OpenGraphicsAsync(Refs.ToDomainRef(domain), index, (DomainOpenGraphicsFlags)flags, default)));
    }

    [CBody("virDomainFDAssociate")]
    internal static int Associate(Handle* domain, byte* name, uint count, int* files, uint flags)
    {
        const string me = "virDomainFDAssociate";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        NotZero(count, "nfds", me, From);
        NotNull(files, "fds", me, From);
        string named = Text(name, "name", me, From);
        connection.RequireWrite(me, From);
        Sync.Wait(connection.Require<IDomainFiles>(me, From).AssociateFilesAsync(Refs.ToDomainRef(domain), named, (DomainFilesFlags)flags, Copy(files, count), default));
        return 0;
    }

    [CBody("virDomainCreateXMLWithFiles")]
    internal static Handle* CreateTransient(Handle* handle, byte* xml, uint count, int* files, uint flags)
    {
        const string me = "virDomainCreateXMLWithFiles";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, From);
        string text = Text(xml, "xmlDesc", me, From);
        connection.RequireWrite(me, From);
        return Refs.New(handle, Sync.Of(connection.Require<IDomainStartWithFiles>(me, From).CreateTransientWithFilesAsync(
            text, (DomainCreateFlags)flags, Copy(files, count), default)));
    }

    [CBody("virDomainCreateWithFiles")]
    internal static int Create(Handle* domain, uint count, int* files, uint flags)
    {
        const string me = "virDomainCreateWithFiles";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        connection.RequireWrite(me, From);
        domain->Id = Sync.Of(connection.Require<IDomainStartWithFiles>(me, From).CreateWithFilesAsync(
            Refs.ToDomainRef(domain), (DomainCreateFlags)flags, Copy(files, count), default)).Id;
        return 0;
    }

    [CBody("virDomainLxcOpenNamespace")]
    internal static int OpenNamespaces(Handle* domain, int** to, uint flags)
    {
        const string me = "virDomainLxcOpenNamespace";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, ErrorDomain.None);
        NotNull(to, "fdlist", me, ErrorDomain.None);
        connection.RequireWrite(me, ErrorDomain.None);
        return Give(to, Sync.Of(connection.Require<ILxcNamespaces>(me, ErrorDomain.None).OpenNamespacesAsync(Refs.ToDomainRef(domain), flags, default)));
    }

    [CBody("virDomainQemuMonitorCommandWithFiles")]
    internal static int RunMonitor(Handle* domain, byte* command, uint count, int* files, uint* outCount, int** outFiles, byte** result, uint flags)
    {
        const string me = "virDomainQemuMonitorCommandWithFiles";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, ErrorDomain.None);
        string text = Text(command, "cmd", me, ErrorDomain.None);
        NotNull(result, "result", me, ErrorDomain.None);
        connection.RequireWrite(me, ErrorDomain.None);
        if (count != 0)
            NotNull(files, "infiles", me, ErrorDomain.None);
        if (outFiles is not null)
            NotNull(outCount, "noutfiles", me, ErrorDomain.None);
        WithFiles<string> answer = Sync.Of(connection.Require<IQemuMonitorFiles>(me, ErrorDomain.None).RunMonitorCommandAsync(
            Refs.ToDomainRef(domain), text, Copy(files, count), (QemuMonitorCommandFlags)flags, default));
        *result = CMemory.Text(answer.Result);
        int[] got = [.. answer.Files.Select(static f => Give(f))];
        if (outFiles is not null)
        {
            *outFiles = Array(got);
            *outCount = (uint)got.Length;
        }
        else
        {
            foreach (int unwanted in got)
                _ = Libc.close(unwanted);
        }
        return 0;
    }

    static void NotOtherThanSocket(int fd, string function)
    {
        const int EBADF = 9, F_GETFD = 1, SOL_SOCKET = 1, SO_TYPE = 3;
        if (Libc.fcntl(fd, F_GETFD, 0) < 0)
            throw VireoException.System(From, EBADF, $"Unable to access file descriptor {fd}");
        int type;
        uint size = sizeof(int);
        if (Libc.getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) != 0)
            throw Refused("fd", function, From, $"fd {fd} must be a socket");
    }

    /// <summary>Drivers own what they are given.</summary>
    static SafeFileHandle Copy(int fd)
    {
        const int F_DUPFD_CLOEXEC = 1030;
        int copy = Libc.fcntl(fd, F_DUPFD_CLOEXEC, 3);
        return copy >= 0 ? new(copy, ownsHandle: true)
            : throw VireoException.System(ErrorDomain.None, System.Runtime.InteropServices.Marshal.GetLastPInvokeError(), $"Cannot duplicate FD {fd}");
    }

    static SafeFileHandle[] Copy(int* files, uint count)
    {
        var copies = new SafeFileHandle[count];
        for (uint i = 0; i < count; i++)
            copies[i] = Copy(files[i]);
        return copies;
    }

    /// <summary>The descriptor, which is the program's from now on.</summary>
    static int Give(SafeFileHandle file)
    {
        int fd = (int)file.DangerousGetHandle();
        file.SetHandleAsInvalid();
        return fd;
    }

    static int Give(int** to, SafeFileHandle[] files)
    {
        int[] given = [.. files.Select(static f => Give(f))];
        *to = Array(given);
        return given.Length;
    }

    static int* Array(int[] from)
    {
        int* made = CMemory.New<int>((nuint)from.Length);
        from.CopyTo(new Span<int>(made, from.Length));
        return made;
    }
}
