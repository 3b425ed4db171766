using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Native.Interop;

namespace Vireo.Native.Exports;

/// <summary>What callers must not pass, in libvirt's words: the text alone, without the code's.</summary>
static unsafe class Arguments
{
    internal static VireoException Null(string argument, string function, ErrorDomain domain) => Wrong(argument, function, domain, "must not be NULL");

    internal static VireoException Wrong(string argument, string function, ErrorDomain domain, string what) => new(new VirError(
        ErrorCode.InvalidArg, domain, $"{argument} in {function} {what}", Str1: function, Str2: argument, Int1: 0, Int2: 0));

    internal static void NotNull(void* value, string argument, string function, ErrorDomain domain)
    {
        if (value is null)
            throw Null(argument, function, domain);
    }

    /// <summary>Text that must be there.</summary>
    internal static string Text(byte* value, string argument, string function, ErrorDomain domain) =>
        CMemory.Read(value) ?? throw Null(argument, function, domain);

    internal static void NotEmpty(byte* value, string argument, string function, ErrorDomain domain)
    {
        if (value is not null && *value is 0)
            throw Refused(argument, function, domain, $"string {argument} in {function} must not be empty");
    }

    /// <summary>A path as the caller means it, for who has another current folder; without "." and "..".</summary>
    internal static string AbsolutePath(byte* value)
    {
        string path = Path.GetFullPath(CMemory.Read(value)! is { Length: > 0 } text ? text : ".");
        return path.Length > 1 ? path.TrimEnd('/') : path;
    }

    internal static void NotNegative(long value, string argument, string function, ErrorDomain domain)
    {
        if (value < 0)
            throw Wrong(argument, function, domain, "must be zero or greater");
    }

    internal static void Positive(long value, string argument, string function, ErrorDomain domain)
    {
        if (value <= 0)
            throw Wrong(argument, function, domain, "must be greater than zero");
    }

    /// <summary>Room for so many items: none needs no memory.</summary>
    internal static void Room(void* items, long count, string argument, string countArgument, string function, ErrorDomain domain)
    {
        if (count != 0)
            NotNull(items, argument, function, domain);
        NotNegative(count, countArgument, function, domain);
    }

    internal static void NotZero(ulong value, string argument, string function, ErrorDomain domain)
    {
        if (value is 0)
            throw Wrong(argument, function, domain, "must not be zero");
    }

    /// <summary>What is asked of is the running domain or its definition.</summary>
    internal static void NotBoth(uint flags, string function, ErrorDomain domain) =>
        NotTogether(flags, 1, "VIR_DOMAIN_AFFECT_LIVE", 2, "VIR_DOMAIN_AFFECT_CONFIG", function, domain);

    /// <summary>Flags of which a call can have one.</summary>
    internal static void NotTogether(uint flags, uint one, string oneName, uint other, string otherName, string function, ErrorDomain domain)
    {
        if ((flags & one) != 0 && (flags & other) != 0)
            throw Flags($"Flags '{oneName}' and '{otherName}' are mutually exclusive", function, domain);
    }

    /// <summary>A flag that means nothing without the other.</summary>
    internal static void NotAlone(uint flags, uint one, string oneName, uint other, string otherName, string function, ErrorDomain domain)
    {
        if ((flags & one) != 0 && (flags & other) == 0)
            throw Flags($"Flag '{otherName}' is required by flag '{oneName}'", function, domain);
    }

    static VireoException Flags(string message, string function, ErrorDomain domain) => Refused("ctl", function, domain, message);

    /// <summary>What libvirt says in words of its own.</summary>
    internal static VireoException Refused(string argument, string function, ErrorDomain domain, string message) =>
        new(new VirError(ErrorCode.InvalidArg, domain, message, Str1: function, Str2: argument, Int1: 0, Int2: 0));

    /// <summary>So many KiB can be counted in bytes.</summary>
    internal static void Kibibytes(nuint value)
    {
        if (value > long.MaxValue / 1024)
            throw new VireoException(ErrorCode.Overflow, ErrorDomain.Domain, $"input too large: {value}");
    }

    internal static Uuid Uuid(byte* value) => new(new ReadOnlySpan<byte>(value, Core.Uuid.Size));

    /// <summary>A uuid as text.</summary>
    internal static Uuid UuidText(byte* value, string argument, string function, ErrorDomain domain) =>
        Core.Uuid.TryParse(Text(value, argument, function, domain), out Uuid uuid) ? uuid : throw Wrong(argument, function, domain, "must be a valid UUID");

    /// <summary>Texts of the caller's; none of them may be null.</summary>
    internal static string[] Texts(byte** items, uint count, string argument, string function, ErrorDomain domain)
    {
        if (count != 0)
            NotNull(items, argument, function, domain);
        var read = new string[count];
        for (uint i = 0; i < count; i++)
            read[i] = Text(items[i], argument, function, domain);
        return read;
    }
}
