using System;

namespace Vireo.Generators.Protocol;

/// <summary>How one value travels: C# expressions that read and write it, and its notation in the table.</summary>
sealed class Wire
{
    public Wire(string type, string read, Func<string, string> write, string notation, int minSize, bool strings = false)
    {
        Type = type;
        Read = read;
        Write = write;
        Notation = notation;
        MinSize = minSize;
        HasParameters = strings;
    }

    /// <summary>The C# type.</summary>
    public string Type { get; }

    /// <summary>An expression that reads it from <c>r</c>.</summary>
    public string Read { get; }

    /// <summary>A statement that writes an expression to <c>w</c>.</summary>
    public Func<string, string> Write { get; }

    /// <summary>Its layout as text, compared with the facts by a test.</summary>
    public string Notation { get; }

    /// <summary>The fewest bytes it takes, for refusing lengths that a message cannot hold.</summary>
    public int MinSize { get; }

    /// <summary>Typed parameters are inside: what the receiver understands decides what is written.</summary>
    public bool HasParameters { get; }
}
