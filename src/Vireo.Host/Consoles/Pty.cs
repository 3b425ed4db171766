using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Consoles;

/// <summary>A pseudo terminal of ours: the master's descriptor, and the path of the other end.</summary>
public sealed unsafe class Pty : IDisposable
{
    Pty(SafeFileHandle master, string path) => (Master, Path) = (master, path);

    /// <summary>Our end.</summary>
    public SafeFileHandle Master { get; }

    /// <summary>The other end: /dev/pts/N.</summary>
    public string Path { get; }

    /// <summary>Makes one that passes bytes through unchanged.</summary>
    public static Pty Open()
    {
        SafeFileHandle master = LibC.Handle(
            LibC.posix_openpt(LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_CLOEXEC | LibC.O_NONBLOCK), "cannot open a pseudo terminal");
        byte* name = stackalloc byte[64];
        if (LibC.grantpt(master) < 0 || LibC.unlockpt(master) < 0 || LibC.ptsname_r(master, name, 64) != 0)
        {
            int errno = LibC.Errno;
            master.Dispose();
            throw HostErrors.Failed(errno, "cannot set up a pseudo terminal");
        }
        MakeRaw(master);
        return new Pty(master, Encoding.ASCII.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)));
    }

    /// <summary>Opens the terminal that a guest's console is at, for its stream: never blocking, never our controlling terminal.</summary>
    public static SafeFileHandle Attach(string path)
    {
        SafeFileHandle terminal = LibC.Handle(
            LibC.open(path, LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_CLOEXEC | LibC.O_NONBLOCK, 0), $"unable to open tty {path}");
        MakeRaw(terminal);
        return terminal;
    }

    /// <inheritdoc/>
    public void Dispose() => Master.Dispose();

    static void MakeRaw(SafeFileHandle terminal)
    {
        byte* attributes = stackalloc byte[128];
        if (LibC.tcgetattr(terminal, attributes) < 0)
            return;
        LibC.cfmakeraw(attributes);
        _ = LibC.tcsetattr(terminal, 0, attributes);
    }
}
