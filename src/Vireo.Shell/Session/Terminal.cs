using System.Runtime.InteropServices;

namespace Vireo.Shell.Session;

/// <summary>The terminal on standard input.</summary>
static partial class Terminal
{
    const int Input = 0, WhenDrained = 1;

    /// <summary>struct termios of Linux: four flag words, a line discipline, control characters, two speeds.</summary>
    const int SizeOfTermios = 60;

    /// <summary>Somebody types.</summary>
    public static bool IsTerminal => isatty(Input) is 1;

    /// <summary>Every key goes through as it is, until disposed.</summary>
    public static unsafe IDisposable MakeRaw()
    {
        byte[] before = new byte[SizeOfTermios], raw = new byte[SizeOfTermios];
        fixed (byte* old = before, now = raw)
        {
            if (tcgetattr(Input, old) is not 0)
                return new Restore(null);
            before.CopyTo(raw, 0);
            cfmakeraw(now);
            _ = tcsetattr(Input, WhenDrained, now);
        }
        return new Restore(before);
    }

    /// <summary>What is typed does not show, until disposed.</summary>
    public static unsafe IDisposable HideTyping()
    {
        byte[] before = new byte[SizeOfTermios], hidden = new byte[SizeOfTermios];
        fixed (byte* old = before, now = hidden)
        {
            if (tcgetattr(Input, old) is not 0)
                return new Restore(null);
            before.CopyTo(hidden, 0);
            now[LocalFlags] &= unchecked((byte)~Echo);
            _ = tcsetattr(Input, WhenDrained, now);
        }
        return new Restore(before);
    }

    /// <summary>The lowest byte of the fourth flag word on the little-endian machines that we run on, and its bit for what is typed.</summary>
    const int LocalFlags = 12, Echo = 8;

    sealed unsafe class Restore(byte[]? before) : IDisposable
    {
        public void Dispose()
        {
            if (before is null)
                return;
            fixed (byte* old = before)
                _ = tcsetattr(Input, WhenDrained, old);
        }
    }

    [LibraryImport("libc")]
    private static partial int isatty(int descriptor);

    [LibraryImport("libc")]
    private static unsafe partial int tcgetattr(int descriptor, byte* termios);

    [LibraryImport("libc")]
    private static unsafe partial int tcsetattr(int descriptor, int when, byte* termios);

    [LibraryImport("libc")]
    private static unsafe partial void cfmakeraw(byte* termios);
}
