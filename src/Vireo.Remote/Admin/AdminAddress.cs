using Vireo.Core.Errors;
using Vireo.Core.Values;

namespace Vireo.Remote;

/// <summary>A daemon's admin socket, as a URI names it: <c>DAEMON:///system</c> or <c>DAEMON:///session</c>, with <c>?socket=PATH</c> for one at another place.</summary>
/// <param name="Uri">The URI in its usual form.</param>
/// <param name="Socket">The path of the socket.</param>
public sealed record AdminAddress(string Uri, string Socket)
{
    /// <summary>Where the sockets of the system's daemons are.</summary>
    const string SystemFolder = "/run/libvirt";

    /// <summary>Finds the socket.</summary>
    /// <param name="asked">A URI or an alias of libvirt-admin.conf; null: LIBVIRT_ADMIN_DEFAULT_URI, else uri_default, else libvirtd of the system for root, of the session for others.</param>
    /// <param name="places">Where this user's files and sockets are.</param>
    /// <exception cref="VireoException">It is no URI of a daemon, or libvirt-admin.conf is wrong.</exception>
    public static AdminAddress Of(string? asked, RemotePlaces places)
    {
        ClientSettings settings = ClientSettings.LoadAdmin(places);
        string text = asked is not null ? settings.Meant(asked)
            : places.Variable("LIBVIRT_ADMIN_DEFAULT_URI") ?? settings.DefaultUri ?? (places.IsRoot ? "libvirtd:///system" : "libvirtd:///session");
        UriText uri = UriText.Parse(text);
        return new(uri.ToString(), SocketOf(uri, places));
    }

    static string SocketOf(UriText uri, RemotePlaces places)
    {
        string daemon = uri.Scheme switch
        {
            null => throw Unsupported("No URI scheme specified"),
            "libvirtd" => "libvirt",
            var name when name.StartsWith("virt", StringComparison.Ordinal) => name,
            var name => throw Unsupported($"Unsupported URI scheme '{name}'"),
        };
        string? socket = null;
        foreach ((string name, string value) in uri.Parameters)
            socket = name is "socket" ? value : throw Unsupported($"Unknown URI parameter '{name}'");
        string folder = uri.Path switch
        {
            "/system" => SystemFolder,
            "/session" => places.SessionFolder,
            var path => throw Unsupported($"Invalid URI path '{path}', try '/system'"),
        };
        return socket ?? Path.Join(folder, $"{daemon}-admin-sock");
    }

    static VireoException Unsupported(string what) => new(ErrorCode.ConfigUnsupported, ErrorDomain.Admin, what);
}
