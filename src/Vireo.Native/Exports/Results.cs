using Vireo.Core;
using Vireo.Native.Interop;

namespace Vireo.Native.Exports;

/// <summary>Lists and bytes that callers get.</summary>
static unsafe class Results
{
    /// <summary>Puts as many texts as there is room for into the caller's array; says how many.</summary>
    internal static int Fill(byte** to, int room, string[] from)
    {
        int count = Math.Min(room, from.Length);
        for (int i = 0; i < count; i++)
            to[i] = CMemory.Text(from[i]);
        return count;
    }

    internal static int Fill(int* to, int room, int[] from)
    {
        int count = Math.Min(room, from.Length);
        from.AsSpan(0, count).CopyTo(new Span<int>(to, count));
        return count;
    }

    internal static int Fill(ulong* to, int room, ulong[] from)
    {
        int count = Math.Min(room, from.Length);
        from.AsSpan(0, count).CopyTo(new Span<ulong>(to, count));
        return count;
    }

    /// <summary>Texts in an array of their own, with a null at its end; says how many.</summary>
    internal static int Give(byte*** to, string[] from)
    {
        byte** made = (byte**)CMemory.NewPointers((nuint)from.Length + 1);
        for (int i = 0; i < from.Length; i++)
            made[i] = CMemory.Text(from[i]);
        *to = made;
        return from.Length;
    }

    /// <summary>A uuid as 36 characters and a zero.</summary>
    internal static void UuidText(byte* to, Uuid uuid) => CMemory.Fill(to, 37, uuid.ToString());
}
