using System.Diagnostics.CodeAnalysis;
using Vireo.Core.Errors;
using Vireo.Core.Values;

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
        : throw new VireoException(ErrorCode.InternalError, ErrorDomain.Uri, $"Unable to parse URI {text}");

    /// <summary>Reads a URI.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ConnectionUri? uri)
    {
        uri = null;
        if (text is "xen" or "xen://")
            text = "xen:///system";
        if (UriText.TryParse(text) is not { Scheme: { } scheme, Port: <= ushort.MaxValue } parts)
            return false;
        scheme = scheme.ToLowerInvariant();
        int plus = scheme.IndexOf('+', StringComparison.Ordinal);
        uri = new(plus < 0 ? scheme : scheme[..plus], plus < 0 ? null : scheme[(plus + 1)..])
        {
            User = parts.User,
            Host = parts.Server,
            Port = parts.Port == 0 ? null : parts.Port,
            Path = parts.Path ?? "",
            Parameters = parts.Parameters,
        };
        return true;
    }

    /// <summary>The URI as text.</summary>
    public override string ToString() => new UriText
    {
        Scheme = Transport is null ? Driver : $"{Driver}+{Transport}",
        User = User,
        Server = Host,
        Port = Port ?? 0,
        Path = Path.Length == 0 ? null : Path,
        Query = UriText.ToQuery(Parameters),
    }.ToString();
}
