using System.Globalization;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Gluster;

/// <summary>Where a pool of Gluster's is.</summary>
/// <param name="Host">The server.</param>
/// <param name="Port">Its port; null: the usual one.</param>
/// <param name="Volume">The volume of Gluster's.</param>
/// <param name="Folder">The folder in it, with a slash before and behind.</param>
readonly record struct GlusterPlace(string Host, int? Port, string Volume, string Folder)
{
    /// <summary>Of a pool.</summary>
    public static GlusterPlace Of(StoragePoolDef pool)
    {
        StoragePoolSource source = pool.Source!;
        string volume = source.Name ?? pool.Name!, folder = source.Directory ?? "/";
        if (volume.Contains('/', StringComparison.Ordinal))
            throw Wrong($"gluster pool name '{volume}' must not contain /");
        if (!folder.StartsWith('/'))
            throw Wrong($"gluster pool path '{folder}' must start with /");
        StoragePoolHost host = SourceHosts.Only(source.Hosts, ErrorCode.ConfigUnsupported);
        return new(host.Name, host.Port is 0 ? null : host.Port, volume, folder is "/" ? folder : folder.TrimEnd('/') + "/");
    }

    /// <summary>As a URI.</summary>
    public string Address => To("");

    /// <summary>A file of the folder, as a URI.</summary>
    public string To(string name) =>
        $"gluster://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}{(Port is { } port ? ":" + port.ToString(CultureInfo.InvariantCulture) : "")}{Escaped("/" + Volume + Folder + name)}";

    /// <summary>Everything stays as it is that RFC 2396 lets stand in a path, but for the colon.</summary>
    static string Escaped(string path)
    {
        var text = new StringBuilder(path.Length);
        foreach (byte one in Encoding.UTF8.GetBytes(path))
        {
            if (char.IsAsciiLetterOrDigit((char)one) || "-_.!~*'()/;@&=+$,".Contains((char)one, StringComparison.Ordinal))
                text.Append((char)one);
            else
                text.Append(CultureInfo.InvariantCulture, $"%{one:X2}");
        }
        return text.ToString();
    }

    static VireoException Wrong(string text) => new(ErrorCode.XmlError, ErrorDomain.Storage, text);
}
