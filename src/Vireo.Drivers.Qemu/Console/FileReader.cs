using Microsoft.Win32.SafeHandles;
using Vireo.Driver;

namespace Vireo.Drivers.Qemu.Console;

/// <summary>Gives a client what is in a small local file, as fast as it takes it.</summary>
sealed class FileReader(SafeFileHandle file, IStreamSink client) : IStreamHandler
{
    const int Piece = 65_536;

    readonly byte[] _piece = new byte[Piece];
    long _sent;
    bool _ended;

    public void Ready()
    {
        while (!_ended)
        {
            int length = RandomAccess.Read(file, _piece, _sent);
            if (length == 0)
            {
                End();
                client.End();
                return;
            }
            _sent += length;
            if (!client.Send(_piece.AsSpan(0, length)))
                return;
        }
    }

    public bool Received(ReadOnlySpan<byte> data) => true;

    public void Finished() => End();

    public void Aborted() => End();

    void End()
    {
        _ended = true;
        file.Dispose();
    }
}
