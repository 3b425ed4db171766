using Vireo.Core.Config;
using Vireo.Core.Errors;

namespace Vireo.Remote;

/// <summary>The client's file libvirt.conf: root's in <c>/etc/libvirt</c>, others' in <c>~/.config/libvirt</c>.</summary>
public sealed record ClientSettings
{
    /// <summary>uri_default: what to open when nothing is asked for.</summary>
    public string? DefaultUri { get; init; }

    /// <summary>uri_aliases: short names of URIs.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    /// <summary>remote_mode: auto, legacy or direct.</summary>
    public string? Mode { get; init; }

    /// <summary>remote_proxy: auto, netcat or native.</summary>
    public string? Proxy { get; init; }

    /// <summary>tls_priority, in GnuTLS's words.</summary>
    public string? TlsPriority { get; init; }

    /// <summary>This user's; a file that is not there says nothing.</summary>
    /// <exception cref="VireoException">The file is wrong.</exception>
    public static ClientSettings Load(RemotePlaces places)
    {
        string path = Path.Join(places.IsRoot ? Path.Join(places.SystemFolder, "libvirt") : places.UserSettings, "libvirt.conf");
        return places.Exists(path) ? From(ConfFile.Load(path)) : new();
    }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="VireoException">A value is of the wrong kind, or an alias is none.</exception>
    public static ClientSettings From(ConfFile file)
    {
        var conf = new ConfReader(file);
        var read = new ClientSettings
        {
            DefaultUri = conf.String("uri_default"),
            Aliases = Named(conf.List("uri_aliases") ?? []),
            Mode = conf.String("remote_mode"),
            Proxy = conf.String("remote_proxy"),
            TlsPriority = conf.String("tls_priority"),
        };
        conf.ThrowIfWrong();
        return read;
    }

    static Dictionary<string, string> Named(IEnumerable<string> entries)
    {
        var aliases = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string entry in entries)
        {
            if (entry.Split('=', 2) is not [{ } name, { } uri] || !IsAlias(name))
                throw new VireoException(ErrorCode.ConfSyntax, ErrorDomain.None, $"Malformed 'uri_aliases' config entry '{entry}', expected 'alias=uri://host/path'");
            aliases.TryAdd(name, uri);
        }
        return aliases;
    }

    static bool IsAlias(string text) => text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    /// <summary>
    /// The URI that is meant: the one asked for, else LIBVIRT_DEFAULT_URI, else uri_default; an alias stands for its URI. Null: the daemon chooses.
    /// </summary>
    public string? Resolve(string? asked, Func<string, string?> variable)
    {
        string? text = string.IsNullOrEmpty(asked) ? variable("LIBVIRT_DEFAULT_URI") is { Length: > 0 } set ? set : DefaultUri : asked;
        return text is not null && IsAlias(text) && Aliases.TryGetValue(text, out string? uri) ? uri : string.IsNullOrEmpty(text) ? null : text;
    }
}
