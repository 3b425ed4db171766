using System.Diagnostics.CodeAnalysis;
using System.Text;
using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>
/// A connection URI: <c>driver[+transport]://[user@][host][:port]/[path][?name=value(&amp;|;)name=value...]</c>.
/// </summary>
public sealed record ConnectionUri
{
    ConnectionUri(string driver, string? transport) => (Driver, Transport) = (driver, transport);

    /// <summary>The driver's scheme, such as "qemu", in lower case.</summary>
    public string Driver { get; }

    /// <summary>The transport, in lower case; null when the URI names none.</summary>
    public string? Transport { get; }

    /// <summary>Who to log in as.</summary>
    public string? User { get; private init; }

    /// <summary>The host; null: here.</summary>
    public string? Host { get; private init; }

    /// <summary>The port; null: the transport's own.</summary>
    public int? Port { get; private init; }

    /// <summary>The path with its leading slash; empty when there is none.</summary>
    public string Path { get; private init; } = "";

    /// <summary>The parameters in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; private init; } = [];

    /// <summary>The last value of a parameter; names are compared without case.</summary>
    public string? this[string parameter]
    {
        get
        {
            string? value = null;
            foreach (var (name, text) in Parameters)
            {
                if (string.Equals(name, parameter, StringComparison.OrdinalIgnoreCase))
                    value = text;
            }
            return value;
        }
    }

    /// <summary>Whether the path says session.</summary>
    public bool IsSession => Path is "/session";

    /// <summary>This URI for the server: without transport, user, host, port and the given parameters.</summary>
    public ConnectionUri ForServer(Func<string, bool> clientParameter) => new(Driver, null)
    {
        Path = Path,
        Parameters = [.. Parameters.Where(p => !clientParameter(p.Key))],
    };

    /// <summary>Reads a URI; throws "invalid argument" in the wording of a client when it is not one.</summary>
    public static ConnectionUri Parse(string text) => TryParse(text, out ConnectionUri? uri)
        ? uri
        : throw new VireoException(ErrorCode.InternalError, ErrorDomain.None, $"Unable to parse URI {text}");

    /// <summary>Reads a URI.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ConnectionUri? uri)
    {
        uri = null;
        if (text is "xen" or "xen://")
            text = "xen:///system";
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || text.AsSpan(0, colon).IndexOfAnyExcept(SchemeChars) >= 0)
            return false;
        string scheme = text[..colon].ToLowerInvariant();
        string rest = text[(colon + 1)..];
        int fragment = rest.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0)
            rest = rest[..fragment];
        int question = rest.IndexOf('?', StringComparison.Ordinal);
        string query = question < 0 ? "" : rest[(question + 1)..];
        if (question >= 0)
            rest = rest[..question];
        string? authority = null;
        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            int slash = rest.IndexOf('/', 2);
            authority = slash < 0 ? rest[2..] : rest[2..slash];
            rest = slash < 0 ? "" : rest[slash..];
        }
        if (!TryAuthority(authority, out string? user, out string? host, out int? port))
            return false;
        int plus = scheme.IndexOf('+', StringComparison.Ordinal);
        uri = new(plus < 0 ? scheme : scheme[..plus], plus < 0 ? null : scheme[(plus + 1)..])
        {
            User = user,
            Host = host,
            Port = port,
            Path = Uri.UnescapeDataString(rest),
            Parameters = [.. ParseQuery(query)],
        };
        return true;
    }

    static readonly System.Buffers.SearchValues<char> SchemeChars =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    static bool TryAuthority(string? authority, out string? user, out string? host, out int? port)
    {
        (user, host, port) = (null, null, null);
        if (string.IsNullOrEmpty(authority))
            return true;
        int at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            user = Uri.UnescapeDataString(authority[..at]);
            authority = authority[(at + 1)..];
        }
        int bracket = authority.StartsWith('[') ? authority.IndexOf(']', StringComparison.Ordinal) : -1;
        int colon = authority.IndexOf(':', Math.Max(bracket, 0));
        string name = colon < 0 ? authority : authority[..colon];
        if (bracket > 0)
            name = name[1..bracket];
        if (colon >= 0 && colon + 1 < authority.Length)
        {
            if (!ushort.TryParse(authority.AsSpan(colon + 1), out ushort number))
                return false;
            port = number;
        }
        host = name.Length is 0 ? null : Uri.UnescapeDataString(name);
        return true;
    }

    static IEnumerable<KeyValuePair<string, string>> ParseQuery(string query)
    {
        foreach (string part in query.Split('&', ';'))
        {
            int equal = part.IndexOf('=', StringComparison.Ordinal);
            if (part.Length is 0 || equal is 0)
                continue;
            yield return equal < 0
                ? new(Uri.UnescapeDataString(part), "")
                : new(Uri.UnescapeDataString(part[..equal]), Uri.UnescapeDataString(part[(equal + 1)..]));
        }
    }

    /// <summary>The URI as text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Driver);
        if (Transport is not null)
            text.Append('+').Append(Transport);
        text.Append("://");
        if (User is not null)
            text.Append(Uri.EscapeDataString(User)).Append('@');
        if (Host is not null)
            text.Append(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host);
        if (Port is not null)
            text.Append(':').Append(Port);
        text.Append(Path);
        char separator = '?';
        foreach (var (name, value) in Parameters)
        {
            text.Append(separator).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }
        return text.ToString();
    }
}
