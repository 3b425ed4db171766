using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using Vireo.Native.Streams;

namespace Vireo.Native.Exports;

/// <summary>Calls that open a stream.</summary>
static unsafe class StreamOpeningBodies
{
    [CBody("virDomainScreenshot")]
    internal static byte* Screenshot(Handle* domain, Handle* stream, uint screen, uint flags)
    {
        const string me = "virDomainScreenshot";
        (ConnectionState connection, StreamState state) = Check(domain, HandleKind.Domain, stream, me, ErrorDomain.Domain, "domain");
        var sink = new LocalStreamEnd();
        WithStream<string?> opened = Sync.Of(connection.Require<IDomainScreenshot>(me, ErrorDomain.Domain).TakeScreenshotAsync(
            Refs.ToDomainRef(domain), screen, flags, sink, default));
        state.Open(StreamEnd.Of(opened.Handler, sink));
        return CMemory.Text(opened.Result);
    }

    [CBody("virDomainOpenConsole")]
    internal static int OpenConsole(Handle* domain, byte* device, Handle* stream, uint flags)
    {
        const string me = "virDomainOpenConsole";
        (ConnectionState connection, StreamState state) = Check(domain, HandleKind.Domain, stream, me, ErrorDomain.Domain, "domain");
        var sink = new LocalStreamEnd();
        state.Open(StreamEnd.Of(Sync.Of(connection.Require<IDomainConsoles>(me, ErrorDomain.Domain).OpenConsoleAsync(
            Refs.ToDomainRef(domain), CMemory.Read(device), (DomainConsoleFlags)flags, sink, default)), sink));
        return 0;
    }

    [CBody("virDomainOpenChannel")]
    internal static int OpenChannel(Handle* domain, byte* name, Handle* stream, uint flags)
    {
        const string me = "virDomainOpenChannel";
        (ConnectionState connection, StreamState state) = Check(domain, HandleKind.Domain, stream, me, ErrorDomain.Domain, "domain");
        var sink = new LocalStreamEnd();
        state.Open(StreamEnd.Of(Sync.Of(connection.Require<IDomainChannels>(me, ErrorDomain.Domain).OpenChannelAsync(
            Refs.ToDomainRef(domain), CMemory.Read(name), (DomainChannelFlags)flags, sink, default)), sink));
        return 0;
    }

    [CBody("virStorageVolUpload")]
    internal static int Upload(Handle* volume, Handle* stream, ulong offset, ulong length, uint flags)
    {
        const string me = "virStorageVolUpload";
        (ConnectionState connection, StreamState state) = Check(volume, HandleKind.StorageVolume, stream, me, ErrorDomain.Storage, "volume");
        var sink = new LocalStreamEnd();
        state.Open(StreamEnd.Of(Sync.Of(connection.Require<IStorageVolumeData>(me, ErrorDomain.Storage).UploadAsync(
            Refs.ToStorageVolumeRef(volume), offset, length, (StorageVolumeUploadFlags)flags, sink, default)), sink));
        return 0;
    }

    [CBody("virStorageVolDownload")]
    internal static int Download(Handle* volume, Handle* stream, ulong offset, ulong length, uint flags)
    {
        const string me = "virStorageVolDownload";
        (ConnectionState connection, StreamState state) = Check(volume, HandleKind.StorageVolume, stream, me, ErrorDomain.Storage, "volume");
        var sink = new LocalStreamEnd();
        state.Open(StreamEnd.Of(Sync.Of(connection.Require<IStorageVolumeData>(me, ErrorDomain.Storage).DownloadAsync(
            Refs.ToStorageVolumeRef(volume), offset, length, (StorageVolumeDownloadFlags)flags, sink, default)), sink));
        return 0;
    }

    static (ConnectionState, StreamState) Check(Handle* of, HandleKind kind, Handle* stream, string function, ErrorDomain from, string what)
    {
        ConnectionState connection = HandleTable.Connection(of, kind, function, from);
        StreamState state = StreamBodies.Check(stream, function);
        connection.RequireWrite(function, from);
        if (of->Connection != stream->Connection)
        {
            throw new VireoException(new VirError(
                ErrorCode.InvalidArg, from, $"stream in {function} must match connection of {what} '{CMemory.Read(of->Name)}'", Str1: function, Str2: "stream", Int1: 0, Int2: 0));
        }
        return (connection, state);
    }
}
