using System.Text;
using Vireo.Core.Errors;
using Vireo.Native.Interop;

namespace Vireo.Native.Errors;

/// <summary>
/// The last error of the calling thread. It is one block of malloc's, the structure and behind it its texts, and what frees it at the thread's end is <c>free</c> itself:
/// at that moment the thread is no longer known to the runtime, and managed code would abort the process.
/// </summary>
static unsafe class ThreadError
{
    static readonly uint key = MakeKey();

    static uint MakeKey()
    {
        uint made;
        nint free = System.Runtime.InteropServices.NativeLibrary.GetExport(System.Runtime.InteropServices.NativeLibrary.GetMainProgramHandle(), "free");
        return Libc.pthread_key_create(&made, free) is 0 ? made : throw new OutOfMemoryException();
    }

    /// <summary>The thread's error, good until the thread's next call of the library; null: there is none.</summary>
    internal static CError* Current
    {
        get
        {
            var error = (CError*)Libc.pthread_getspecific(key);
            return error is null || error->Code is 0 ? null : error;
        }
    }

    /// <summary>There is no error.</summary>
    internal static void Reset()
    {
        var error = (CError*)Libc.pthread_getspecific(key);
        if (error is not null)
            error->Code = 0;
    }

    /// <summary>Makes this the thread's error.</summary>
    internal static CError* Set(VirError error) => Replace(ErrorBlock.Of(error));

    /// <summary>Makes a copy of this the thread's error.</summary>
    internal static CError* Set(CError* error) => Replace(ErrorBlock.Of(error));

    static CError* Replace(CError* made)
    {
        void* old = Libc.pthread_getspecific(key);
        _ = Libc.pthread_setspecific(key, made);
        Libc.free(old);
        return made;
    }
}

/// <summary>An error and its texts in one block, which one <c>free</c> frees.</summary>
static unsafe class ErrorBlock
{
    internal static CError* Of(VirError error)
    {
        int size = sizeof(CError) + Size(error.Message) + Size(error.Str1) + Size(error.Str2) + Size(error.Str3);
        var made = (CError*)CMemory.New<byte>((nuint)size);
        byte* at = (byte*)(made + 1);
        made->Code = (int)error.Code;
        made->Domain = (int)error.Domain;
        made->Level = (int)error.Level;
        made->Message = Put(error.Message, ref at);
        made->Str1 = Put(error.Str1, ref at);
        made->Str2 = Put(error.Str2, ref at);
        made->Str3 = Put(error.Str3, ref at);
        (made->Int1, made->Int2) = (error.Int1, error.Int2);
        return made;
    }

    internal static CError* Of(CError* error)
    {
        nuint size = (nuint)sizeof(CError) + Size(error->Message) + Size(error->Str1) + Size(error->Str2) + Size(error->Str3);
        var made = (CError*)CMemory.New<byte>(size);
        byte* at = (byte*)(made + 1);
        *made = *error;
        made->Message = Put(error->Message, ref at);
        made->Str1 = Put(error->Str1, ref at);
        made->Str2 = Put(error->Str2, ref at);
        made->Str3 = Put(error->Str3, ref at);
        return made;
    }

    static int Size(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text) + 1;

    static nuint Size(byte* text) => text is null ? 0 : Libc.strlen(text) + 1;

    static byte* Put(string? text, ref byte* at)
    {
        if (text is null)
            return null;
        byte* start = at;
        at += Encoding.UTF8.GetBytes(text, new Span<byte>(at, Size(text)));
        *at++ = 0;
        return start;
    }

    static byte* Put(byte* text, ref byte* at)
    {
        if (text is null)
            return null;
        byte* start = at;
        nuint size = Size(text);
        Buffer.MemoryCopy(text, at, size, size);
        at += size;
        return start;
    }
}
