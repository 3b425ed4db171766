using System.Runtime.InteropServices;
using System.Text;

namespace Vireo.Native.Interop;

/// <summary>Memory that the caller of the C library gets, and frees by <c>free()</c>.</summary>
static unsafe class CMemory
{
    /// <summary>Zeroed memory for so many items; at least one, so that the pointer is good.</summary>
    /// <exception cref="OutOfMemoryException">There is none.</exception>
    internal static T* New<T>(nuint count = 1) where T : unmanaged
    {
        void* block = Libc.calloc(Math.Max(count, 1), (nuint)sizeof(T));
        return block is null ? throw new InsufficientMemoryException() : (T*)block;
    }

    /// <summary>The same for pointers, which cannot be type arguments.</summary>
    internal static void** NewPointers(nuint count) => (void**)New<nint>(count);

    /// <summary>A copy of text as C text; null stays null.</summary>
    internal static byte* Text(string? text)
    {
        if (text is null)
            return null;
        int length = Encoding.UTF8.GetByteCount(text);
        byte* copy = (byte*)Libc.malloc((nuint)length + 1);
        if (copy is null)
            throw new InsufficientMemoryException();
        Encoding.UTF8.GetBytes(text, new Span<byte>(copy, length));
        copy[length] = 0;
        return copy;
    }

    /// <summary>A copy of C text, whatever its encoding.</summary>
    internal static byte* Copy(byte* text) => text is null ? null : Bytes(new ReadOnlySpan<byte>(text, checked((int)Libc.strlen(text) + 1)));

    /// <summary>A copy of bytes.</summary>
    internal static byte* Bytes(ReadOnlySpan<byte> bytes)
    {
        byte* copy = New<byte>((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }

    /// <summary>Text of the caller's; null stays null.</summary>
    internal static string? Read(byte* text) => Marshal.PtrToStringUTF8((nint)text);

    /// <summary>Writes text into a field of a fixed size, cut to fit, with its closing zero.</summary>
    internal static void Fill(byte* field, int size, string text)
    {
        var target = new Span<byte>(field, size);
        target.Clear();
        Encoding.UTF8.TryGetBytes(text, target[..^1], out int written);
        if (written is 0 && text.Length > 0)
        {
            byte[] whole = Encoding.UTF8.GetBytes(text);
            whole.AsSpan(0, Math.Min(whole.Length, size - 1)).CopyTo(target);
        }
    }

    internal static void Free(void* block) => Libc.free(block);
}
