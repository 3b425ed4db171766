using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>
/// A capability interface: a small set of operations that a driver offers whole or not at all. Client stub, server dispatch,
/// codec, access check and C symbol derive from its methods.
/// </summary>
/// <param name="domain">The domain of the errors that the public API itself makes for these operations.</param>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class CapabilityAttribute(ErrorDomain domain) : Attribute
{
    /// <summary>The domain of errors such as a refused change or a missing operation.</summary>
    public ErrorDomain Domain { get; } = domain;

    /// <summary>The program that the numbers of its procedures are of.</summary>
    public WireProgram Program { get; set; }

    /// <summary>
    /// The release of libvirt that has it, if later than 9.0.0, which we say we are. Such a procedure is unknown, as it is to 9.0.0, unless
    /// the opened driver offers it.
    /// </summary>
    public string? Since { get; set; }
}

/// <summary>libvirt's word on whether a procedure may wait for a monitor.</summary>
public enum Priority
{
    /// <summary>It may.</summary>
    Low,
    /// <summary>It may not.</summary>
    High,
}

/// <summary>What becomes of flag 4.</summary>
public enum TextFlag
{
    /// <summary>It is a flag like others, if it is one at all.</summary>
    None,
    /// <summary>It says that text is known; drivers do not see it.</summary>
    Taken,
    /// <summary>It says that text is known; drivers see it, for libvirt's drivers differ in whether they refuse it.</summary>
    Kept,
}

/// <summary>How a method's parameters and result become argument and result structures.</summary>
public enum Shape
{
    /// <summary>Parameter by parameter; the result's members, or the result itself.</summary>
    Plain,
    /// <summary>A need_results word stands before the flags; a count follows the list.</summary>
    List,
    /// <summary>A word for the most items wanted stands before the flags (or last); the result is cut to it.</summary>
    UpTo,
    /// <summary>As <see cref="UpTo"/>, but 0 asks for the count alone, which follows the list.</summary>
    TwoStep,
    /// <summary>A count follows the list.</summary>
    Counted,
    /// <summary>As <see cref="Counted"/>, and a word that clients leave to chance stands before the flags.</summary>
    Told,
}

/// <summary>The wire procedure of an operation.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProcedureAttribute(int number, Priority priority = Priority.Low) : Attribute
{
    /// <summary>Its number in the program of its capability.</summary>
    public int Number { get; } = number;

    /// <summary>libvirt's priority.</summary>
    public Priority Priority { get; } = priority;

    /// <summary>Its synchronous part never blocks: it runs on the connection's own thread. It may still return a pending task.</summary>
    public bool Inline { get; set; }

    /// <summary>Refused on a read-only connection.</summary>
    public bool Write { get; set; }

    /// <summary>The flags that let holes travel in the stream that this call opens; 0: none does.</summary>
    public uint Sparse { get; set; }

    /// <summary>
    /// Whether flag 4 (VIR_TYPED_PARAM_STRING_OKAY) says that the caller knows text in typed parameters. Two-step and cut
    /// results with flags always have it; others say so.
    /// </summary>
    public TextFlag Texts { get; set; }

    /// <summary>The shape's word is unsigned in the protocol; both kinds hold the same numbers.</summary>
    public bool UnsignedWord { get; set; }

    /// <summary>May be called before login.</summary>
    public bool BeforeLogin { get; set; }

    /// <summary>How arguments and results travel.</summary>
    public Shape Shape { get; set; }

    /// <summary>Where the added word of <see cref="Shape"/> stands when not before the flags.</summary>
    public int WordAt { get; set; } = -1;
}

/// <summary>The function of the C library that this operation is behind; its name stands in error messages.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CExportAttribute(string symbol) : Attribute
{
    /// <summary>The symbol.</summary>
    public string Symbol { get; } = symbol;
}

/// <summary>The most items of a list, or bytes of an opaque value, that may travel.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue)]
public sealed class BoundAttribute(int items) : Attribute
{
    /// <summary>The bound.</summary>
    public int Items { get; } = items;
}

/// <summary>XDR types that the C# type alone does not tell.</summary>
public enum WireType
{
    /// <summary>A signed char: a whole word.</summary>
    Char,
    /// <summary>An unsigned char: a whole word.</summary>
    UChar,
    /// <summary>An unsigned short: a whole word.</summary>
    UShort,
    /// <summary>int.</summary>
    Int,
    /// <summary>unsigned int.</summary>
    UInt,
    /// <summary>unsigned hyper.</summary>
    UHyper,
    /// <summary>Text in a fixed number of chars, a word each, padded with zeros.</summary>
    FixedChars,
    /// <summary>Text in a list of chars, a word each, with a closing zero.</summary>
    Chars,
    /// <summary>Bytes in a list of chars, a word each.</summary>
    CharBytes,
}

/// <summary>Says how a value travels where its C# type does not.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue)]
public sealed class WireAttribute(WireType type, int length = 0) : Attribute
{
    /// <summary>The XDR type.</summary>
    public WireType Type { get; } = type;

    /// <summary>The length of <see cref="WireType.FixedChars"/>, the bound of <see cref="WireType.Chars"/> and <see cref="WireType.CharBytes"/>.</summary>
    public int Length { get; } = length;
}
