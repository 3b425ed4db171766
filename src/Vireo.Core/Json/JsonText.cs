using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vireo.Core.Errors;

namespace Vireo.Core.Json;

/// <summary>
/// JSON as libvirt reads and writes it: strict (no comments, no trailing commas, no key twice), numbers stay as they were written,
/// what is not ASCII stays as it is, and a file's layout is that of yajl.
/// </summary>
public static class JsonText
{
    static readonly JsonDocumentOptions strict = new() { MaxDepth = 256, AllowDuplicateProperties = false };

    /// <summary>Reads one value.</summary>
    /// <exception cref="VireoException">It is none: "internal error: cannot parse json".</exception>
    public static JsonNode? Parse(string text)
    {
        try
        {
            JsonNode? value = JsonNode.Parse(text, documentOptions: strict);
            RequireText(value);
            return value;
        }
        catch (JsonException fault)
        {
            throw Unreadable(text, fault);
        }
        catch (InvalidOperationException fault)
        {
            throw Unreadable(text, fault);   // half of a surrogate pair
        }
    }

    /// <summary>Reads one value from UTF-8.</summary>
    /// <exception cref="VireoException">It is none, or not UTF-8.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8)
    {
        string text;
        try
        {
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(utf8);
        }
        catch (DecoderFallbackException fault)
        {
            throw Unreadable("bytes", fault);
        }
        return Parse(text);
    }

    static VireoException Unreadable(string text, Exception fault) =>
        VireoException.Internal(ErrorDomain.None, $"cannot parse json {(text.Length > 200 ? string.Concat(text.AsSpan(0, 200), "...") : text)}: {fault.Message}", fault);

    // Strings are decoded when they are asked for: ask now, so that what cannot be decoded is refused here.
    static void RequireText(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject map:
                foreach (var (_, member) in map)
                    RequireText(member);
                break;
            case JsonArray list:
                foreach (JsonNode? item in list)
                    RequireText(item);
                break;
            case JsonValue one when one.GetValueKind() is JsonValueKind.String:
                _ = one.GetValue<string>();
                break;
        }
    }

    /// <summary>On one line, without blanks.</summary>
    public static string Compact(JsonNode? value) => new Writer(pretty: false).Write(value).ToString();

    /// <summary>Indented by two blanks, with an empty line inside what is empty and a line end after the whole.</summary>
    public static string Pretty(JsonNode? value) => new Writer(pretty: true).Write(value).ToString() + "\n";

    /// <summary>
    /// Turns keys with dots into nested objects, as QEMU understands them: <c>file.node.path</c> is member <c>path</c> of <c>node</c> of <c>file</c>.
    /// Objects inside are treated alike, arrays are left alone.
    /// </summary>
    /// <exception cref="VireoException">A key is given twice, or as an object and as something else.</exception>
    public static JsonObject Deflatten(JsonNode? flat)
    {
        var nested = new JsonObject();
        foreach (var (key, value) in flat as JsonObject ?? throw Mixed())
        {
            JsonObject at = nested;
            string[] path = key.Split('.');
            foreach (string step in path.AsSpan(0, path.Length - 1))
            {
                if (!at.TryGetPropertyValue(step, out JsonNode? next))
                    at[step] = next = new JsonObject();
                at = next as JsonObject ?? throw Mixed();
            }
            if (!at.TryAdd(path[^1], value is JsonObject inner ? Deflatten(inner) : value?.DeepClone()))
                throw VireoException.InvalidArgument(ErrorDomain.None, $"can't deflatten colliding key '{path[^1]}'");
        }
        return nested;
    }

    static VireoException Mixed() => VireoException.InvalidArgument(ErrorDomain.None, "mixing nested objects and values is forbidden in JSON deflattening");

    sealed class Writer(bool pretty)
    {
        readonly StringBuilder text = new();
        int depth;

        public override string ToString() => text.ToString();

        internal Writer Write(JsonNode? value)
        {
            switch (value)
            {
                case JsonObject map:
                    Begin('{');
                    int left = map.Count;
                    foreach (var (key, member) in map)
                    {
                        Indent();
                        Quote(key);
                        text.Append(pretty ? ": " : ":");
                        Write(member);
                        Separate(--left);
                    }
                    End('}', map.Count);
                    break;
                case JsonArray list:
                    Begin('[');
                    for (int i = 0; i < list.Count; i++)
                    {
                        Indent();
                        Write(list[i]);
                        Separate(list.Count - 1 - i);
                    }
                    End(']', list.Count);
                    break;
                case JsonValue one when one.GetValueKind() is JsonValueKind.String:
                    Quote(one.GetValue<string>());
                    break;
                default:
                    text.Append(value?.ToJsonString() ?? "null");
                    break;
            }
            return this;
        }

        void Begin(char mark)
        {
            text.Append(mark);
            depth++;
            if (pretty)
                text.Append('\n');
        }

        void Indent() => text.Append(' ', pretty ? depth * 2 : 0);

        void Separate(int left)
        {
            if (left > 0)
                text.Append(',');
            if (pretty)
                text.Append('\n');
        }

        void End(char mark, int count)
        {
            depth--;
            if (pretty && count == 0)
                text.Append('\n');
            Indent();
            text.Append(mark);
        }

        void Quote(string s)
        {
            text.Append('"');
            foreach (char c in s)
                _ = c switch
                {
                    '"' => text.Append("\\\""),
                    '\\' => text.Append("\\\\"),
                    '\n' => text.Append("\\n"),
                    '\r' => text.Append("\\r"),
                    '\t' => text.Append("\\t"),
                    '\b' => text.Append("\\b"),
                    '\f' => text.Append("\\f"),
                    < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                    _ => text.Append(c),
                };
            text.Append('"');
        }
    }
}
