using Vireo.Driver;
using Vireo.Driver.Login;
using Vireo.Remote;
using Vireo.Remote.Login;

namespace Vireo.Shell.Session;

/// <summary>Opens what a URI names: a driver in this process, or a daemon.</summary>
sealed class ConnectionOpener(IDriver local, RemotePlaces places, ICredentialSource? person)
{
    public async ValueTask<IDriverConnection> OpenAsync(string? asked, bool readOnly, TimeSpan keepaliveInterval, int keepaliveCount)
    {
        ClientSettings settings = ClientSettings.Load(places);
        string? text = settings.Resolve(asked, places.Variable);
        ConnectionUri? uri = text is null ? null : ConnectionUri.Parse(text);
        if (uri is { Transport: null } && await local.OpenAsync(uri, Asked(uri, readOnly), default) is { } opened)
            return opened;
        var driver = new RemoteDriver(new RemoteOptions { Places = places, Settings = settings, Credentials = person });
        IDriverConnection remote = (await driver.OpenAsync(uri, new Caller(readOnly), default))!;
        if (keepaliveInterval > TimeSpan.Zero)
            (remote as RemoteClient)?.StartKeepalive(keepaliveInterval, keepaliveCount);
        return remote;
    }

    Caller Asked(ConnectionUri uri, bool readOnly) => new(readOnly) { Logins = new CredentialLogins(places, uri["authfile"], person) };
}
