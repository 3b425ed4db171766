using Vireo.Core.Errors;
using Vireo.Rpc.Xdr;

namespace Vireo.Rpc.Messages;

/// <summary>
/// virNetMessageError: code, domain, text?, level, domain object?, str1?, str2?, str3?, int1, int2, network object?.
/// The objects are never filled, but their words are there.
/// </summary>
public static class ErrorPayload
{
    /// <summary>The remote protocol's limit of a string.</summary>
    const int TextLimit = 4_194_304;

    /// <summary>Appends the structure.</summary>
    public static void Write(ref XdrWriter writer, VirError error)
    {
        writer.WriteInt((int)error.Code);
        writer.WriteInt((int)error.Domain);
        writer.WriteOptionalString(Fitting(error.Message), TextLimit);
        writer.WriteInt((int)error.Level);
        writer.WritePresent(false);
        writer.WriteOptionalString(Fitting(error.Str1), TextLimit);
        writer.WriteOptionalString(Fitting(error.Str2), TextLimit);
        writer.WriteOptionalString(Fitting(error.Str3), TextLimit);
        writer.WriteInt(error.Int1);
        writer.WriteInt(error.Int2);
        writer.WritePresent(false);
    }

    // A character is at most three bytes of UTF-8.
    static string? Fitting(string? text) => text is { Length: > TextLimit / 3 } ? text[..(TextLimit / 3)] : text;

    /// <summary>Reads the structure; the objects in it, which nobody fills, are skipped.</summary>
    public static VirError Read(ref XdrReader reader)
    {
        var code = (ErrorCode)reader.ReadInt();
        var domain = (ErrorDomain)reader.ReadInt();
        string? message = reader.ReadOptionalString(TextLimit);
        var level = (ErrorLevel)reader.ReadInt();
        SkipObject(ref reader, hasId: true);
        string? str1 = reader.ReadOptionalString(TextLimit);
        string? str2 = reader.ReadOptionalString(TextLimit);
        string? str3 = reader.ReadOptionalString(TextLimit);
        int int1 = reader.ReadInt();
        int int2 = reader.ReadInt();
        SkipObject(ref reader, hasId: false);
        return new VirError(code, domain, message ?? "", level, str1, str2, str3, int1, int2);
    }

    /// <summary>
    /// The error as a client reports it: an unknown procedure of an older server is a function that is not supported, which
    /// is what callers that fall back to an older procedure ask for.
    /// </summary>
    public static VirError ForCaller(VirError error) =>
        error.Domain is ErrorDomain.Rpc or ErrorDomain.Remote &&
        error.Message.StartsWith("unknown procedure", StringComparison.Ordinal)
            ? error with { Code = ErrorCode.NoSupport }
            : error;

    static void SkipObject(ref XdrReader reader, bool hasId)
    {
        if (!reader.ReadPresent())
            return;
        reader.ReadOpaque(TextLimit);
        reader.ReadFixedOpaque(16);
        if (hasId)
            reader.ReadInt();
    }
}
