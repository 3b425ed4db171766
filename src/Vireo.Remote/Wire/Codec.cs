using System.Text;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>Reads one item of a list.</summary>
delegate T ItemReader<out T>(ref XdrReader reader);

/// <summary>Writes one item of a list.</summary>
delegate void ItemWriter<in T>(ref XdrWriter writer, T item, AnswerContext context);

/// <summary>The codecs that the generated ones stand on.</summary>
static partial class Codec
{
    /// <summary>The longest text, in bytes (REMOTE_STRING_MAX).</summary>
    internal const int Text = 4_194_304;

    internal static T[] ReadArray<T>(ref XdrReader r, int bound, int itemSize, ItemReader<T> item)
    {
        int count = r.ReadCount(bound, itemSize);
        if (count is 0)
            return [];
        var items = new T[count];
        for (int i = 0; i < count; i++)
            items[i] = item(ref r);
        return items;
    }

    internal static void WriteArray<T>(ref XdrWriter w, T[] items, int bound, AnswerContext context, ItemWriter<T> item)
    {
        w.WriteCount(items.Length, bound);
        foreach (T value in items)
            item(ref w, value, context);
    }

    /// <summary>The word that says how many items the caller has room for.</summary>
    internal static int ReadRoom(ref XdrReader r, int bound)
    {
        int room = r.ReadInt();
        return room < 0 || room > bound
            ? throw RpcErrors.Exception($"room for {room} items where at most {bound} are allowed")
            : room;
    }

    /// <summary>The same where parameters are meant, of which libvirtd complains in other words.</summary>
    internal static int ReadParameterRoom(ref XdrReader r, int bound)
    {
        int room = r.ReadInt();
        if (room < 0)
            throw VireoException.Internal(ErrorDomain.Rpc, "nparams must be non-negative");
        return room <= bound ? room : throw VireoException.Internal(ErrorDomain.Rpc, "nparams too large");
    }

    /// <summary>Items and the count behind them; below 0 it is all that libvirtd says of a call that failed.</summary>
    internal static T[] Counted<T>(T[] items, int count) => count >= 0
        ? items
        : throw new VireoException(new VirError(ErrorCode.InternalError, ErrorDomain.None, "An error occurred, but the cause is unknown", Int1: 0, Int2: 0));

    /// <summary>The first items that the caller has room for.</summary>
    internal static T[] Cut<T>(T[] items, int room) => items.Length <= room ? items : items[..room];

    /// <summary>How many items there are for this caller.</summary>
    internal static int Count<T>(T[] items, AnswerContext context) => items is TypedParameter[] parameters && !context.Strings
        ? parameters.Count(p => p.Type is not ParameterType.String)
        : items.Length;

    /// <summary>Text as a fixed number of chars, each a word; what does not fit is cut, the last is always zero.</summary>
    internal static void WriteFixedChars(ref XdrWriter w, string text, int length)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        for (int i = 0; i < length; i++)
            w.WriteInt(i < utf8.Length && i < length - 1 ? (sbyte)utf8[i] : 0);
    }

    internal static string ReadFixedChars(ref XdrReader r, int length) => ReadCharWords(ref r, length);

    /// <summary>Text as a list of chars, each a word, with a closing zero.</summary>
    internal static void WriteChars(ref XdrWriter w, string text, int bound)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        w.WriteCount(utf8.Length + 1, bound);
        foreach (byte unit in utf8)
            w.WriteInt((sbyte)unit);
        w.WriteInt(0);
    }

    internal static string ReadChars(ref XdrReader r, int bound) => ReadCharWords(ref r, r.ReadCount(bound, 4));

    /// <summary>Bytes as a list of chars, each a word.</summary>
    internal static void WriteCharBytes(ref XdrWriter w, byte[] bytes, int bound)
    {
        w.WriteCount(bytes.Length, bound);
        foreach (byte unit in bytes)
            w.WriteInt((sbyte)unit);
    }

    internal static byte[] ReadCharBytes(ref XdrReader r, int bound)
    {
        byte[] bytes = new byte[r.ReadCount(bound, 4)];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)r.ReadInt();
        return bytes;
    }

    static string ReadCharWords(ref XdrReader r, int count)
    {
        byte[] utf8 = new byte[count];
        for (int i = 0; i < count; i++)
            utf8[i] = (byte)r.ReadInt();
        int end = Array.IndexOf(utf8, (byte)0);
        return Encoding.UTF8.GetString(utf8, 0, end < 0 ? count : end);
    }

    /// <summary>
    /// A typed parameter: name text, then an int tag and the value: 1 int, 2 uint, 3 hyper, 4 uhyper, 5 double, 6 int, 7 text.
    /// </summary>
    internal static void WriteParameter(ref XdrWriter w, in TypedParameter parameter)
    {
        w.WriteString(parameter.Name, Text);
        w.WriteInt((int)parameter.Type);
        switch (parameter.Type)
        {
            case ParameterType.Int: w.WriteInt(parameter.AsInt); break;
            case ParameterType.UInt: w.WriteUInt(parameter.AsUInt); break;
            case ParameterType.Long: w.WriteHyper(parameter.AsLong); break;
            case ParameterType.ULong: w.WriteUHyper(parameter.AsULong); break;
            case ParameterType.Double: w.WriteDouble(parameter.AsDouble); break;
            case ParameterType.Boolean: w.WriteInt(parameter.AsBoolean ? 1 : 0); break;
            default: w.WriteString(parameter.AsString, Text); break;
        }
    }

    internal static TypedParameter ReadParameter(ref XdrReader r)
    {
        string name = r.ReadString(Text);
        int tag = r.ReadInt();
        return (ParameterType)tag switch
        {
            ParameterType.Int => new(name, r.ReadInt()),
            ParameterType.UInt => new(name, r.ReadUInt()),
            ParameterType.Long => new(name, r.ReadHyper()),
            ParameterType.ULong => new(name, r.ReadUHyper()),
            ParameterType.Double => new(name, r.ReadDouble()),
            ParameterType.Boolean => new(name, r.ReadInt() is not 0),
            ParameterType.String => new(name, r.ReadString(Text)),
            _ => throw new XdrException($"parameter '{name}' has type {tag}"),
        };
    }

    /// <summary>Parameters; text is left out for callers that do not know it, empty slots always.</summary>
    internal static void WriteParameters(ref XdrWriter w, TypedParameter[] parameters, int bound, AnswerContext context)
    {
        int count = 0;
        foreach (ref readonly TypedParameter parameter in parameters.AsSpan())
            count += Travels(parameter, context) ? 1 : 0;
        w.WriteCount(count, bound);
        foreach (ref readonly TypedParameter parameter in parameters.AsSpan())
        {
            if (Travels(parameter, context))
                WriteParameter(ref w, parameter);
        }
    }

    static bool Travels(in TypedParameter parameter, AnswerContext context) =>
        parameter.Type is not 0 && (context.Strings || parameter.Type is not ParameterType.String);
}
