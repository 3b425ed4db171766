using System.Globalization;
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
        _ => "unknown",
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
                to->UInt = unchecked((uint)(long)Whole(name, text, "unsigned int", int.MinValue, uint.MaxValue));
                break;
            case ParameterType.Long:
                to->Long = (long)Whole(name, text, "long long", long.MinValue, long.MaxValue);
                break;
            case ParameterType.ULong:
                Int128 value = Whole(name, text, "unsigned long long", -(Int128)ulong.MaxValue, ulong.MaxValue);
                to->ULong = value < 0 ? unchecked(0UL - (ulong)-value) : (ulong)value;
                break;
            case ParameterType.Double:
                to->Double = double.TryParse(text.TrimStart(blanks), NumberStyles.Float & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out double number)
                    ? number : throw Expected(name, "double");
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

    static VireoException Expected(string name, string kind) =>
        VireoException.InvalidArgument(ErrorDomain.None, $"Invalid value for field '{name}': expected {kind}");
}
