using Vireo.Core.Errors;

namespace Vireo.Core.Config;

/// <summary>
/// A file in libvirt's .conf syntax: <c>key = value</c> on lines or between semicolons; <c>#</c> starts a comment; a value is an integer, a string
/// in single, double or triple double quotes (no escapes), or a list of values in brackets. A key that stands twice has its last value.
/// </summary>
public sealed class ConfFile
{
    readonly Dictionary<string, ConfValue> values = new(StringComparer.Ordinal);
    readonly List<Entry> entries;

    ConfFile(string name, List<Entry> entries)
    {
        (Name, this.entries) = (name, entries);
        foreach (Entry entry in entries)
            if (entry.Key is not null)
                values[entry.Key] = entry.Value!;
    }

    /// <summary>A setting, a comment, or a setting with one behind it.</summary>
    readonly record struct Entry(string? Key, ConfValue? Value, string? Comment);

    /// <summary>Its name, for messages.</summary>
    public string Name { get; }

    /// <summary>The keys that are set.</summary>
    public IReadOnlyCollection<string> Keys => values.Keys;

    /// <summary>The value of a key, or null.</summary>
    public ConfValue? Find(string key) => values.GetValueOrDefault(key);

    /// <summary>The file's text: settings and comments in their order; empty lines and the choice of quotes are not kept.</summary>
    public override string ToString()
    {
        var text = new System.Text.StringBuilder();
        foreach ((string? key, ConfValue? value, string? comment) in entries)
        {
            if (key is not null)
                text.Append(key).Append(" = ").Append(value).Append(comment is null ? "" : " ");
            if (comment is not null)
                text.Append('#').Append(comment);
            text.Append('\n');
        }
        return text.ToString();
    }

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
        var entries = new List<Entry>();
        while (reader.SkipToContent())
        {
            if (reader.Comment() is { } alone)
            {
                entries.Add(new(null, null, alone));
                continue;
            }
            string key = reader.Key();
            reader.SkipBlanks();
            reader.Expect('=', "'=' after the name of the setting");
            reader.SkipBlanks();
            ConfValue value = reader.Value(depth: 0);
            reader.SkipBlanks();
            entries.Add(new(key, value, reader.Comment()));
            reader.EndOfStatement();
        }
        return new ConfFile(name, entries);
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

        /// <summary>False: there is nothing more.</summary>
        internal bool SkipToContent()
        {
            while (!AtEnd && Now is ' ' or '\t' or '\r' or '\n')
                Step();
            return !AtEnd;
        }

        /// <summary>The comment that begins here, without its mark; null: none does.</summary>
        internal string? Comment()
        {
            if (AtEnd || Now is not '#')
                return null;
            int start = at + 1;
            while (!AtEnd && Now is not ('\n' or '\r'))
                at++;
            return text[start..at];
        }

        internal string Key()
        {
            if (!char.IsAsciiLetter(Now))
                throw Mistake("expecting the name of a setting");
            int start = at;
            while (char.IsAsciiLetterOrDigit(Now) || Now is '_')
                at++;
            return text[start..at];
        }

        internal void Expect(char wanted, string what)
        {
            if (Now != wanted || AtEnd)
                throw Mistake($"expecting {what}");
            at++;
        }

        internal void EndOfStatement()
        {
            if (Now is ';' && !AtEnd)
                at++;
            else if (!AtEnd && Now is not ('\n' or '\r'))
                throw Mistake($"'{Now}' after the value; expecting the end of the line");
        }

        internal ConfValue Value(int depth)
        {
            var value = new ConfValue(line, Column);
            if (Now is '-' or '+' || char.IsAsciiDigit(Now))
                return Number(value);
            if (Now is '"' or '\'')
                return value with { Text = Quoted() };
            if (Now is '[' && depth < MostNested)
                return value with { Items = List(depth) };
            throw Mistake("expecting a value: a number, a quoted string or a list");
        }

        const int MostNested = 32;

        ConfValue Number(ConfValue value)
        {
            int start = at, column = Column;
            bool signed = Now is '-', marked = Now is '-' or '+';
            if (marked)
                at++;
            int digits = at;
            while (char.IsAsciiDigit(Now))
                at++;
            ReadOnlySpan<char> written = signed ? text.AsSpan(start, at - start) : text.AsSpan(digits, at - digits);
            if (signed && long.TryParse(written, out long negative))
                return value with { Number = negative };
            if (!signed && ulong.TryParse(written, out ulong number))
                return value with { Unsigned = number, Number = number <= long.MaxValue ? (long)number : null };
            throw Mistake(name, line, column, $"'{text[start..at]}' is not a number, or not one of 64 bits");
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

        List<ConfValue> List(int depth)
        {
            var items = new List<ConfValue>();
            at++;
            SkipToContent();
            while (Now is not ']' || AtEnd)
            {
                items.Add(Value(depth + 1));
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
