using Vireo.Core.Config;
using Vireo.Core.Errors;

namespace Vireo.Remote;

/// <summary>The client's file libvirt.conf: root's in <c>/etc/libvirt</c>, others' in <c>~/.config/libvirt</c>.</summary>
public sealed record ClientSettings
{
    /// <summary>uri_default: what to open when nothing is asked for.</summary>
    public string? DefaultUri { get; init; }

    /// <summary>uri_aliases: short names of URIs, each as "name=uri". They are looked at when a name is asked for that may be one of them.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>remote_mode: auto, legacy or direct.</summary>
    public string? Mode { get; init; }

    /// <summary>remote_proxy: auto, netcat or native.</summary>
    public string? Proxy { get; init; }

    /// <summary>tls_priority, in GnuTLS's words.</summary>
    public string? TlsPriority { get; init; }

    /// <summary>This user's; a file that is not there says nothing.</summary>
    /// <exception cref="VireoException">The file is wrong.</exception>
    public static ClientSettings Load(RemotePlaces places) => Load(places, "libvirt.conf");

    /// <summary>Those of programs that administer daemons, where only the default and aliases are of use.</summary>
    /// <exception cref="VireoException">The file is wrong.</exception>
    public static ClientSettings LoadAdmin(RemotePlaces places) => Load(places, "libvirt-admin.conf");

    static ClientSettings Load(RemotePlaces places, string name)
    {
        string path = Path.Join(places.IsRoot ? Path.Join(places.SystemFolder, "libvirt") : places.UserSettings, name);
        return places.Exists(path) ? From(ConfFile.Load(path)) : new();
    }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="VireoException">A value is of the wrong kind.</exception>
    public static ClientSettings From(ConfFile file)
    {
        var conf = new ConfReader(file);
        var read = new ClientSettings
        {
            DefaultUri = conf.String("uri_default"),
            Aliases = [.. conf.List("uri_aliases") ?? []],
            Mode = conf.String("remote_mode"),
            Proxy = conf.String("remote_proxy"),
            TlsPriority = conf.String("tls_priority"),
        };
        conf.ThrowIfWrong();
        return read;
    }

    static bool IsAlias(string text) => text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    /// <summary>
    /// The URI that is meant: the one asked for, else LIBVIRT_DEFAULT_URI, else uri_default; an alias stands for its URI. Null: the daemon chooses.
    /// </summary>
    public string? Resolve(string? asked, Func<string, string?> variable)
    {
        string? text = string.IsNullOrEmpty(asked) ? variable("LIBVIRT_DEFAULT_URI") is { Length: > 0 } set ? set : DefaultUri : asked;
        return string.IsNullOrEmpty(text) ? null : Meant(text);
    }

    /// <summary>What an alias stands for; other text is itself.</summary>
    /// <exception cref="VireoException">An entry before the one that is meant is wrong.</exception>
    public string Meant(string text)
    {
        if (!IsAlias(text))
            return text;
        foreach (string entry in Aliases)
        {
            if (entry.Split('=', 2) is not [{ } name, { } uri])
                throw Malformed(entry, "expected 'alias=uri://host/path'");
            if (!IsAlias(name))
                throw Malformed(entry, "aliases may only contain 'a-Z, 0-9, _, -'");
            if (name == text)
                return uri;
        }
        return text;
    }

    static VireoException Malformed(string entry, string what) =>
        new(ErrorCode.ConfSyntax, ErrorDomain.Uri, $"Malformed 'uri_aliases' config entry '{entry}', {what}");
}
