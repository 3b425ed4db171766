using Vireo.Core.Errors;

namespace Vireo.Core.Config;

/// <summary>
/// A file in libvirt's .conf syntax: <c>key = value</c> lines; <c>#</c> starts a comment; a value is an integer, a string
/// in single, double or triple double quotes (no escapes), or a list of strings in brackets. A key that stands twice has its last value.
/// </summary>
public sealed class ConfFile
{
    readonly Dictionary<string, ConfValue> values;

    ConfFile(string name, Dictionary<string, ConfValue> values) => (Name, this.values) = (name, values);

    /// <summary>Its name, for messages.</summary>
    public string Name { get; }

    /// <summary>The keys that are set.</summary>
    public IReadOnlyCollection<string> Keys => values.Keys;

    /// <summary>The value of a key, or null.</summary>
    public ConfValue? Find(string key) => values.GetValueOrDefault(key);

    /// <summary>A file without a line.</summary>
    public static ConfFile Empty(string name) => new(name, []);

    /// <summary>Reads a file.</summary>
    public static ConfFile Load(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VireoException(ErrorCode.OpenFailed, ErrorDomain.Conf, $"'{path}': {e.Message}", e);
        }
        return Parse(text, path);
    }

    /// <summary>Reads text; a mistake is an error that names file, line and column.</summary>
    public static ConfFile Parse(string text, string name)
    {
        var reader = new Scanner(text, name);
        var values = new Dictionary<string, ConfValue>(StringComparer.Ordinal);
        reader.SkipToContent();
        while (!reader.AtEnd)
        {
            string key = reader.Key();
            reader.SkipBlanks();
            reader.Expect('=', "'=' after the name of the setting");
            reader.SkipBlanks();
            values[key] = reader.Value();
            reader.EndOfLine();
            reader.SkipToContent();
        }
        return new ConfFile(name, values);
    }

    /// <summary>A mistake in this file, at a value.</summary>
    public VireoException Wrong(ConfValue where, string what) => Scanner.Mistake(Name, where.Line, where.Column, what);

    ref struct Scanner(string text, string name)
    {
        int at, line = 1, lineStart;

        internal readonly bool AtEnd => at >= text.Length;
        readonly char Now => AtEnd ? '\0' : text[at];
        readonly int Column => at - lineStart + 1;

        internal static VireoException Mistake(string name, int line, int column, string what) =>
            new(ErrorCode.ConfSyntax, ErrorDomain.Conf, $"{name}:{line}:{column}: {what}");

        readonly VireoException Mistake(string what) => Mistake(name, line, Column, what);

        void Step()
        {
            if (text[at++] == '\n')
            {
                line++;
                lineStart = at;
            }
        }

        internal void SkipBlanks()
        {
            while (Now is ' ' or '\t' && !AtEnd)
                at++;
        }

        internal void SkipToContent()
        {
            while (!AtEnd)
            {
                if (Now is '#')
                    SkipComment();
                else if (Now is ' ' or '\t' or '\r' or '\n')
                    Step();
                else
                    return;
            }
        }

        void SkipComment()
        {
            while (!AtEnd && Now is not '\n')
                at++;
        }

        internal string Key()
        {
            if (!char.IsAsciiLetter(Now))
                throw Mistake("expecting the name of a setting");
            int start = at;
            while (char.IsAsciiLetterOrDigit(Now) || Now is '_' or '-' or '.')
                at++;
            return text[start..at];
        }

        internal void Expect(char wanted, string what)
        {
            if (Now != wanted || AtEnd)
                throw Mistake($"expecting {what}");
            at++;
        }

        internal void EndOfLine()
        {
            SkipBlanks();
            if (Now is '#')
                SkipComment();
            if (!AtEnd && Now is not ('\n' or '\r'))
                throw Mistake($"'{Now}' after the value; expecting the end of the line");
        }

        internal ConfValue Value()
        {
            var value = new ConfValue(line, Column);
            if (Now is '-' or '+' || char.IsAsciiDigit(Now))
                return value with { Number = Number() };
            if (Now is '"' or '\'')
                return value with { Text = Quoted() };
            if (Now is '[')
                return value with { List = List() };
            throw Mistake("expecting a value: a number, a quoted string or a list");
        }

        long Number()
        {
            int start = at, column = Column;
            if (Now is '-' or '+')
                at++;
            while (char.IsAsciiDigit(Now))
                at++;
            return long.TryParse(text.AsSpan(start, at - start), out long number)
                ? number
                : throw Mistake(name, line, column, $"'{text[start..at]}' is not a number");
        }

        string Quoted()
        {
            (int startLine, int startColumn) = (line, Column);
            string mark = text.AsSpan(at).StartsWith("\"\"\"", StringComparison.Ordinal) ? "\"\"\"" : text[at].ToString();
            int start = at + mark.Length;
            int end = text.IndexOf(mark, start, StringComparison.Ordinal);
            int newline = mark.Length == 3 ? -1 : text.IndexOf('\n', start);
            if (end < 0 || (newline >= 0 && newline < end))
                throw Mistake(name, startLine, startColumn, $"a string that begins with {mark} does not end");
            while (at < end + mark.Length)
                Step();
            return text[start..end];
        }

        List<string> List()
        {
            var items = new List<string>();
            at++;
            SkipToContent();
            while (Now is not ']' || AtEnd)
            {
                if (Now is not ('"' or '\''))
                    throw Mistake("expecting a quoted string or ']' in the list");
                items.Add(Quoted());
                SkipToContent();
                if (Now is ',')
                    at++;
                else if (Now is not ']')
                    throw Mistake("expecting ',' or ']' in the list");
                SkipToContent();
            }
            at++;
            return items;
        }
    }
}
