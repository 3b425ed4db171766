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
    void WriteMessage(QmpLine line)
    {
        line.Json.WriteString("execute"u8, Name);
        line.WriteArguments(this);
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
