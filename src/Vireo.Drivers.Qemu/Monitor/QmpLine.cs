using System.Buffers;
using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor;

/// <summary>Writes commands as QEMU reads them, one after the other, in buffers that it keeps: no command has one of its own.</summary>
public sealed class QmpLine : IDisposable
{
    readonly ArrayBufferWriter<byte> _line = new(), _arguments = new();
    readonly Utf8JsonWriter _inner;

    /// <summary>Begins with nothing.</summary>
    public QmpLine() => (Json, _inner) = (new(_line), new(_arguments));

    /// <summary>The message that is being written.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>The line of a command, until the next one is written. One that cannot be written leaves nothing behind.</summary>
    public ReadOnlyMemory<byte> Of(IQmpCommand command)
    {
        _line.ResetWrittenCount();
        Json.Reset();
        Json.WriteStartObject();
        command.WriteMessage(this);
        Json.WriteEndObject();
        Json.Flush();
        _line.Write("\r\n"u8);
        return _line.WrittenMemory;
    }

    /// <summary>Writes the arguments of a command, if it has any.</summary>
    public void WriteArguments(IQmpCommand command)
    {
        _arguments.ResetWrittenCount();
        _inner.Reset();
        _inner.WriteStartObject();
        command.WriteArguments(_inner);
        _inner.WriteEndObject();
        _inner.Flush();
        // QEMU takes its commands letter by letter, each of them through several calls of the system: what says nothing is left out.
        if (_arguments.WrittenCount <= "{}".Length) return;
        Json.WritePropertyName("arguments"u8);
        Json.WriteRawValue(_arguments.WrittenSpan, skipInputValidation: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Json.Dispose();
        _inner.Dispose();
    }
}
