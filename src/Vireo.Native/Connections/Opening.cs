using Vireo.Core.Errors;
using Vireo.Core.Values;
using Vireo.Driver;
using Vireo.Driver.Login;
using Vireo.Drivers.Test;
using Vireo.Native.Events;
using Vireo.Native.Handles;
using Vireo.Native.Logging;
using Vireo.Remote;
using Vireo.Remote.Login;
using Vireo.Rpc.Client;

namespace Vireo.Native.Connections;

/// <summary>The drivers within the library, and which of them a URI is for.</summary>
static unsafe class Opening
{
    /// <summary>One for the process: its default host is shared by all connections.</summary>
    static readonly IDriver test = TestDriver.Create();

    /// <summary>Opens a connection; everything happens on the caller's thread.</summary>
    /// <param name="uri">Null or empty: LIBVIRT_DEFAULT_URI, else libvirt.conf, else what daemon there is.</param>
    /// <param name="flags">Whether it may only look, and whether aliases are names of hosts.</param>
    /// <param name="credentials">Who can be asked; null: nobody.</param>
    /// <exception cref="VireoException">The URI is wrong, nobody knows it, or the daemon cannot be reached or does not let us in.</exception>
    internal static Handle* Open(string? uri, ConnectFlags flags, ICredentialSource? credentials)
    {
        Log.ThrowIfWrong();
        RemotePlaces places = RemotePlaces.OfThisProcess();
        ClientSettings settings = ClientSettings.Load(places);
        string? text = settings.Resolve(uri, places.Variable);
        if ((flags & ConnectFlags.NoAliases) != 0 && !string.IsNullOrEmpty(uri))
            text = uri;
        if (text is not null && UriText.TryParse(text) is { Scheme: null })
            throw new VireoException(ErrorCode.NoConnect, ErrorDomain.None, $"URI '{text}' does not include a driver name");
        ConnectionUri? parsed = text is null ? null : ConnectionUri.Parse(text);
        bool readOnly = (flags & ConnectFlags.Ro) != 0, here = parsed is { Driver: "test", Transport: null, Host: null };
        if (here && (flags & ~ConnectFlags.Ro) is not 0 and var unknown)
            throw VireoException.UnsupportedFlags((uint)unknown, "testConnectOpen", ErrorDomain.Test);
        IDriver driver = here ? test
            : new RemoteDriver(new RemoteOptions
            {
                Blocking = true, AnswersPings = EventLoop.EventLoop.IsRegistered, Places = places, Settings = settings, Credentials = credentials,
            });
        Caller caller = Caller.Self with { ReadOnly = readOnly, Logins = new CredentialLogins(places, parsed?["authfile"], credentials) };
        IDriverConnection opened = Sync.Of(driver.OpenAsync(parsed, caller, CancellationToken.None))
            ?? throw new VireoException(ErrorCode.NoConnect, ErrorDomain.None, text);
        return Handled(HandleKind.Connect, opened, driver.Type, readOnly, parsed is null ? opened.Uri : UriText.Parse(text!).ToString());
    }

    /// <summary>Opens a connection to a daemon's admin socket.</summary>
    /// <param name="uri">Null: LIBVIRT_ADMIN_DEFAULT_URI, else libvirt-admin.conf, else libvirtd.</param>
    /// <param name="flags">For the daemon, which knows none.</param>
    /// <exception cref="VireoException">The URI names no admin socket, or nobody answers there.</exception>
    internal static Handle* OpenAdmin(string? uri, uint flags)
    {
        Log.ThrowIfWrong();
        AdminAddress to = AdminAddress.Of(uri, RemotePlaces.OfThisProcess());
        AdminClient opened = Sync.Of(AdminClient.OpenAsync(BlockingRpcChannel.Connect(to.Socket), CancellationToken.None, to.Uri, flags));
        return Handled(HandleKind.AdminConnect, opened, "remote", readOnly: false, to.Uri);
    }

    static Handle* Handled(HandleKind kind, IDriverConnection opened, string type, bool readOnly, string uri)
    {
        Handle* handle = HandleTable.New(kind, null, null);
        var state = new ConnectionState(opened, type, readOnly) { Handle = handle, Uri = uri };
        HandleManaged.Set(handle, state);
        state.Watch = RemoteWatch.Start(state);
        return handle;
    }
}
