using System.Runtime.InteropServices;

namespace Vireo.Rpc.Security;

/// <content>What a client needs.</content>
static unsafe partial class Sasl
{
    internal const int SASL_INTERACT = 2;

    /// <summary>sasl_callback_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Callback
    {
        public nuint Id;
        public nint Procedure, Context;
    }

    /// <summary>sasl_interact_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Interaction
    {
        public nuint Id;
        public nint Challenge, Prompt, Default, Result;
        public uint Length;
    }

    [LibraryImport(Library)] internal static partial int sasl_client_init(Callback* callbacks);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int sasl_client_new(
        string service, string host, string? local, string? remote, Callback* callbacks, uint flags, nint* connection);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int sasl_client_start(
        nint connection, string mechanisms, Interaction** asked, byte** data, uint* length, nint* mechanism);
    [LibraryImport(Library)]
    internal static partial int sasl_client_step(nint connection, byte* data, uint length, Interaction** asked, byte** answer, uint* answerLength);
}
