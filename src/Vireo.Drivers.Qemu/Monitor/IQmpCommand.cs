using System.Buffers;
using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor;

/// <summary>What QEMU is asked to do: a command of its QMP schema with its arguments.</summary>
public interface IQmpCommand
{
    /// <summary>The name in the schema.</summary>
    string Name { get; }

    /// <summary>Writes the members of <c>arguments</c>; most commands have none.</summary>
    void WriteArguments(Utf8JsonWriter json) { }

    /// <summary>Writes the members of the whole message.</summary>
    void WriteMessage(Utf8JsonWriter json)
    {
        json.WriteString("execute"u8, Name);
        // QEMU takes its commands letter by letter, each of them through several calls of the system: what says nothing is left out.
        var arguments = new ArrayBufferWriter<byte>();
        using (var inner = new Utf8JsonWriter(arguments))
        {
            inner.WriteStartObject();
            WriteArguments(inner);
            inner.WriteEndObject();
        }
        if (arguments.WrittenCount <= "{}".Length) return;
        json.WritePropertyName("arguments"u8);
        json.WriteRawValue(arguments.WrittenSpan, skipInputValidation: true);
    }
}

/// <summary>A command and the type of its answer.</summary>
public interface IQmpCommand<out TReply> : IQmpCommand
{
    /// <summary>Reads the value of <c>return</c>.</summary>
    TReply Read(JsonElement reply);
}

/// <summary>The answer of commands that only say "done".</summary>
public readonly record struct QmpNothing;

/// <summary>A command that answers with nothing.</summary>
public interface IQmpAction : IQmpCommand<QmpNothing>
{
    QmpNothing IQmpCommand<QmpNothing>.Read(JsonElement reply) => default;
}
