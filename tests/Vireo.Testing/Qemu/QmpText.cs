using System.Buffers;
using System.Text.Json;
using Vireo.Drivers.Qemu.Monitor;

namespace Vireo.Testing.Qemu;

/// <summary>Commands as QEMU gets them.</summary>
public static class QmpText
{
    /// <summary>The arguments of a command.</summary>
    public static JsonElement Arguments(IQmpCommand command)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            command.WriteArguments(json);
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
