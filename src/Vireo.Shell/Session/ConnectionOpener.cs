using Vireo.Driver;
using Vireo.Remote;

namespace Vireo.Shell.Session;

/// <summary>Opens what a URI names: a driver in this process, or a daemon at a unix socket.</summary>
sealed class ConnectionOpener(IDriver local, Func<string, string?> environment, bool isRoot)
{
    public async ValueTask<IDriverConnection> OpenAsync(string? asked, bool readOnly, TimeSpan keepaliveInterval, int keepaliveCount)
    {
        string text = asked ?? DefaultUri();
        ConnectionUri uri = ConnectionUri.Parse(text);
        if (uri.Transport is null && await local.OpenAsync(uri, new Caller(readOnly), default) is { } opened)
            return opened;
        IDriverConnection remote = (await RemoteDriver.Asynchronous().OpenAsync(uri, new Caller(readOnly), default))!;
        if (keepaliveInterval > TimeSpan.Zero)
            (remote as RemoteClient)?.StartKeepalive(keepaliveInterval, keepaliveCount);
        return remote;
    }

    /// <summary>From the environment or the user's configuration; otherwise QEMU, of the system for root and of the session for others.</summary>
    string DefaultUri()
    {
        if (environment("LIBVIRT_DEFAULT_URI") is { Length: > 0 } set)
            return set;
        string folder = isRoot ? "/etc/libvirt" : Path.Join(environment("XDG_CONFIG_HOME") ?? Path.Join(environment("HOME"), ".config"), "libvirt");
        string file = Path.Join(folder, "libvirt.conf");
        string? configured = !File.Exists(file) ? null : File.ReadLines(file).Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts is ["uri_default", _]).Select(parts => parts[1].Trim('"', '\'')).LastOrDefault();
        return configured ?? (isRoot ? "qemu:///system" : "qemu:///session");
    }
}
