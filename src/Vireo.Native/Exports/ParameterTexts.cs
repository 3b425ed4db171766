using System.Globalization;
using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Native.Interop;

namespace Vireo.Native.Exports;

/// <summary>Values of typed parameters as text.</summary>
static unsafe class ParameterTexts
{
    internal static string Word(ParameterType type) => type switch
    {
        ParameterType.Int => "int",
        ParameterType.UInt => "uint",
        ParameterType.Long => "llong",
        ParameterType.ULong => "ullong",
        ParameterType.Double => "double",
        ParameterType.Boolean => "boolean",
        ParameterType.String => "string",
        0 => "unknown",
        _ => "(null)",
    };

    /// <summary>Reads a value of the type that the parameter has already: as strtol reads numbers, and nothing may follow them.</summary>
    /// <exception cref="VireoException">It is no such value, or there is no such type.</exception>
    internal static void Read(CTypedParameter* to, string name, string text)
    {
        switch ((ParameterType)to->Type)
        {
            case ParameterType.Int:
                to->Int = (int)Whole(name, text, "int", int.MinValue, int.MaxValue);
                break;
            case ParameterType.UInt:
                to->UInt = unchecked((uint)(long)Whole(name, text, "unsigned int", -(Int128)uint.MaxValue, uint.MaxValue));
                break;
            case ParameterType.Long:
                to->Long = (long)Whole(name, text, "long long", long.MinValue, long.MaxValue);
                break;
            case ParameterType.ULong:
                Int128 value = Whole(name, text, "unsigned long long", -(Int128)ulong.MaxValue, ulong.MaxValue);
                to->ULong = value < 0 ? unchecked(0UL - (ulong)-value) : (ulong)value;
                break;
            case ParameterType.Double:
                to->Double = Real(name, text);
                break;
            case ParameterType.Boolean:
                to->Boolean = text switch
                {
                    "0" => 0,
                    "1" => 1,
                    _ when text.Equals("true", StringComparison.OrdinalIgnoreCase) => 1,
                    _ when text.Equals("false", StringComparison.OrdinalIgnoreCase) => 0,
                    _ => throw VireoException.InvalidArgument(ErrorDomain.None, $"Invalid boolean value for field '{name}'"),
                };
                break;
            case ParameterType.String:
                to->Text = CMemory.Text(text);
                break;
            default:
                throw VireoException.Internal(ErrorDomain.None, $"unexpected type {to->Type} for field {name}");
        }
    }

    static readonly char[] blanks = [' ', '\t', '\n', '\v', '\f', '\r'];

    static Int128 Whole(string name, string text, string kind, Int128 least, Int128 most)
    {
        string digits = text.TrimStart(blanks);
        return digits.Length <= 30 && Int128.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 value) && value >= least && value <= most
            ? value : throw Expected(name, kind);
    }

    static double Real(string name, string text)
    {
        byte* start = CMemory.Text(text), end;
        try
        {
            double number = NumberCalls.strtod_l(start, &end, NumberCalls.PlainLocale);
            return end != start && *end is 0 && Marshal.GetLastPInvokeError() is 0 ? number : throw Expected(name, "double");
        }
        finally
        {
            CMemory.Free(start);
        }
    }

    static VireoException Expected(string name, string kind) =>
        VireoException.InvalidArgument(ErrorDomain.None, $"Invalid value for field '{name}': expected {kind}");
}

/// <summary>What reading numbers needs of the C library: in the host's locale a comma may stand where a point should.</summary>
static unsafe partial class NumberCalls
{
    const int AllCategories = 0x1fbf;

    internal static readonly nint PlainLocale = MakeLocale();

    static nint MakeLocale()
    {
        fixed (byte* name = "C"u8)
            return newlocale(AllCategories, name, 0);
    }

    [LibraryImport("libc")] private static partial nint newlocale(int categories, byte* name, nint from);
    [LibraryImport("libc", SetLastError = true)] internal static partial double strtod_l(byte* text, byte** end, nint locale);
}
