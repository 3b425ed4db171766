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
        return Libc.pthread_key_create(&made, free) is 0 ? made : throw new InsufficientMemoryException();
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

    /// <summary>Whether this is the calling thread's, or another thread's that holds one.</summary>
    internal static bool Owns(CError* error) => error is not null && (error == Libc.pthread_getspecific(key) || ErrorBlock.Holds(error));

    /// <summary>There is no error. Who kept the pointer sees an empty structure.</summary>
    internal static void Reset()
    {
        var error = (CError*)Libc.pthread_getspecific(key);
        if (error is not null && error->Code is not 0)
            *error = default;
    }

    /// <summary>Makes this the thread's error.</summary>
    internal static CError* Set(VirError error)
    {
        var old = (ErrorBlock*)Libc.pthread_getspecific(key);
        ErrorBlock* made = ErrorBlock.Of(error, old);
        if (made != old)
        {
            _ = Libc.pthread_setspecific(key, made);
            Libc.free(old);
        }
        return &made->Error;
    }
}

/// <summary>An error with its texts behind it, in one block that one <c>free</c> frees.</summary>
unsafe struct ErrorBlock
{
    const int Room = 1024;   // for nearly every error: the block, and so the pointer that callers keep, stays the thread's

    public CError Error;
    int room;

    /// <summary>Writes an error into a block, or into a new one if there is none or it is too small.</summary>
    internal static ErrorBlock* Of(VirError error, ErrorBlock* block)
    {
        int size = Size(error.Message) + Size(error.Str1) + Size(error.Str2) + Size(error.Str3);
        if (block is null || block->room < size)
        {
            int room = Math.Max(size, Room);
            block = (ErrorBlock*)CMemory.New<byte>((nuint)(sizeof(ErrorBlock) + room));
            block->room = room;
        }
        byte* at = (byte*)(block + 1);
        block->Error = new CError
        {
            Code = (int)error.Code,
            Domain = (int)error.Domain,
            Level = (int)error.Level,
            Message = Put(error.Message, ref at),
            Str1 = Put(error.Str1, ref at),
            Str2 = Put(error.Str2, ref at),
            Str3 = Put(error.Str3, ref at),
            Int1 = error.Int1,
            Int2 = error.Int2,
        };
        return block;
    }

    /// <summary>Whether the structure begins such a block, told by where its first text is: no block of malloc's own begins there.</summary>
    internal static bool Holds(CError* error)
    {
        byte* first = error->Message is not null ? error->Message : error->Str1 is not null ? error->Str1 : error->Str2 is not null ? error->Str2 : error->Str3;
        return first is not null && first == (byte*)error + sizeof(ErrorBlock);
    }

    static int Size(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text) + 1;

    static byte* Put(string? text, ref byte* at)
    {
        if (text is null)
            return null;
        byte* start = at;
        at += Encoding.UTF8.GetBytes(text, new Span<byte>(at, Size(text)));
        *at++ = 0;
        return start;
    }
}
