using System.Buffers;
using System.Globalization;
using System.Text;
using Vireo.Core.Errors;

namespace Vireo.Core.Values;

/// <summary>
/// A URI by RFC 3986, taken apart as libvirt does it: user, path and fragment are decoded, the query is kept as written, a host's brackets are taken off.
/// </summary>
public sealed record UriText
{
    /// <summary>The scheme as written; null: a relative reference.</summary>
    public string? Scheme { get; init; }

    /// <summary>What stands before the <c>@</c>, decoded; a password is part of it.</summary>
    public string? User { get; init; }

    /// <summary>The host without brackets.</summary>
    public string? Server { get; init; }

    /// <summary>The port; 0: none is written.</summary>
    public int Port { get; init; }

    /// <summary>The path, decoded; null: none.</summary>
    public string? Path { get; init; }

    /// <summary>What follows the <c>?</c>, as written.</summary>
    public string? Query { get; init; }

    /// <summary>What follows the <c>#</c>, decoded.</summary>
    public string? Fragment { get; init; }

    const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    static readonly SearchValues<char> schemeChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");
    static readonly SearchValues<char> nameChars = SearchValues.Create(Unreserved + "!$&'()*+,;=%");
    static readonly SearchValues<char> userChars = SearchValues.Create(Unreserved + "!$&'()*+,;=%:");
    static readonly SearchValues<char> pathChars = SearchValues.Create(Unreserved + "!$&'()*+,;=%:@/");
    static readonly SearchValues<char> queryChars = SearchValues.Create(Unreserved + "!$&'()*+,;=%:@/?");
    static readonly SearchValues<char> fragmentChars = SearchValues.Create(Unreserved + "!$&'()*+,;=%:@/?[]");

    /// <summary>Reads a URI.</summary>
    /// <exception cref="VireoException">It is none: "internal error: Unable to parse URI".</exception>
    public static UriText Parse(string text) => TryParse(text) ?? throw VireoException.Internal(ErrorDomain.Uri, $"Unable to parse URI {text}");

    /// <summary>Reads a URI; null: it is none.</summary>
    public static UriText? TryParse(string text)
    {
        ReadOnlySpan<char> rest = text;
        string? scheme = null, query = null, fragment = null, server = null, user = null;
        int port = 0, colon = rest.IndexOf(':');
        if (colon > 0 && char.IsAsciiLetter(rest[0]) && !rest[..colon].ContainsAnyExcept(schemeChars))
        {
            scheme = rest[..colon].ToString();
            rest = rest[(colon + 1)..];
        }
        else if (colon >= 0 && rest.IndexOfAny('/', '?', '#') is var end && (end < 0 || colon < end))
        {
            return null;
        }
        if (Cut(ref rest, '#') is { } hash)
        {
            if (!IsMadeOf(hash, fragmentChars))
                return null;
            fragment = Uri.UnescapeDataString(hash);
        }
        if (Cut(ref rest, '?') is { } question)
        {
            if (!IsMadeOf(question, queryChars))
                return null;
            query = question;
        }
        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            int slash = rest[2..].IndexOf('/');
            ReadOnlySpan<char> authority = slash < 0 ? rest[2..] : rest.Slice(2, slash);
            rest = slash < 0 ? [] : rest[(2 + slash)..];
            if (!TryAuthority(authority, ref user, ref server, ref port))
                return null;
        }
        string path = rest.ToString();
        return !IsMadeOf(path, pathChars) ? null : new UriText
        {
            Scheme = scheme, User = user, Server = server, Port = port, Query = query, Fragment = fragment, Path = path.Length == 0 ? null : Uri.UnescapeDataString(path),
        };
    }

    static string? Cut(ref ReadOnlySpan<char> rest, char mark)
    {
        int at = rest.IndexOf(mark);
        if (at < 0)
            return null;
        string after = rest[(at + 1)..].ToString();
        rest = rest[..at];
        return after;
    }

    static bool TryAuthority(ReadOnlySpan<char> authority, ref string? user, ref string? server, ref int port)
    {
        int at = authority.IndexOf('@');
        if (at >= 0)
        {
            string who = authority[..at].ToString();
            if (!IsMadeOf(who, userChars))
                return false;
            user = who.Length == 0 ? null : Uri.UnescapeDataString(who);
            authority = authority[(at + 1)..];
        }
        ReadOnlySpan<char> host;
        if (authority.StartsWith("["))
        {
            int close = authority.IndexOf(']');
            if (close < 0)
                return false;
            host = authority[1..close];
            authority = authority[(close + 1)..];
        }
        else
        {
            int end = authority.IndexOf(':');
            host = end < 0 ? authority : authority[..end];
            authority = authority[host.Length..];
            if (!IsMadeOf(host.ToString(), nameChars))
                return false;
        }
        server = host.Length == 0 ? null : Uri.UnescapeDataString(host);
        return authority.Length == 0
            || authority[0] is ':' && int.TryParse(authority[1..], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 99_999_999;
    }

    static bool IsMadeOf(string text, SearchValues<char> allowed)
    {
        if (text.AsSpan().ContainsAnyExcept(allowed))
            return false;
        for (int at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
                return false;
        return true;
    }

    /// <summary>
    /// The query's parameters in order, decoded: <c>&amp;</c> and <c>;</c> separate them, one without <c>=</c> is empty, one without a name does not count.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters
    {
        get
        {
            var all = new List<KeyValuePair<string, string>>();
            foreach (string part in (Query ?? "").Split('&', ';'))
            {
                int equal = part.IndexOf('=', StringComparison.Ordinal);
                if (part.Length > 0 && equal != 0)
                    all.Add(new(Uri.UnescapeDataString(equal < 0 ? part : part[..equal]), equal < 0 ? "" : Uri.UnescapeDataString(part[(equal + 1)..])));
            }
            return all;
        }
    }

    /// <summary>Parameters as a query; null: there are none.</summary>
    public static string? ToQuery(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        string query = string.Join('&', parameters.Select(static p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        return query.Length == 0 ? null : query;
    }

    /// <summary>The URI as libvirt writes it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Scheme is not null)
            text.Append(Scheme).Append(':');
        text.Append("//");
        if (User is not null)
            text.Append(Escape(User, ";:&=+$,")).Append('@');
        if (Server is not null)
            text.Append(Server.Contains(':', StringComparison.Ordinal) ? $"[{Server}]" : Server);
        if (Port > 0)
            text.Append(CultureInfo.InvariantCulture, $":{Port}");
        if (Path is not null)
            text.Append(Escape(Path, "/;@&=+$,"));
        if (Query is not null)
            text.Append('?').Append(Query);
        if (Fragment is not null)
            text.Append('#').Append(Escape(Fragment, ";/?:@&=+$,[]"));
        return text.ToString();
    }

    static string Escape(string text, string also)
    {
        var made = new StringBuilder(text.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            char c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || "-_.!~*'()".Contains(c, StringComparison.Ordinal) || also.Contains(c, StringComparison.Ordinal))
                made.Append(c);
            else
                made.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }
        return made.ToString();
    }
}
