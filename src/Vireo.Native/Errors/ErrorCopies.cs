using Vireo.Native.Interop;

namespace Vireo.Native.Errors;

/// <summary>Errors whose texts are each a block of their own, as callers empty and free them.</summary>
static unsafe class ErrorCopies
{
    /// <summary>Replaces what a structure holds by a copy of another.</summary>
    internal static void Copy(CError* from, CError* to)
    {
        Clear(to);
        CopyAnew(from, to);
    }

    /// <summary>The same for a structure that holds nothing yet, whatever its bytes are.</summary>
    internal static void CopyAnew(CError* from, CError* to)
    {
        *to = default;
        if (from is null)
            return;
        (to->Code, to->Domain, to->Level, to->Int1, to->Int2) = (from->Code, from->Domain, from->Level, from->Int1, from->Int2);
        to->Message = CMemory.Copy(from->Message);
        to->Str1 = CMemory.Copy(from->Str1);
        to->Str2 = CMemory.Copy(from->Str2);
        to->Str3 = CMemory.Copy(from->Str3);
    }

    /// <summary>Empties a structure.</summary>
    internal static void Clear(CError* error)
    {
        if (ErrorBlock.Holds(error))
        {
            *error = default;
            return;
        }
        Libc.free(error->Message);
        Libc.free(error->Str1);
        Libc.free(error->Str2);
        Libc.free(error->Str3);
        *error = default;
    }
}
