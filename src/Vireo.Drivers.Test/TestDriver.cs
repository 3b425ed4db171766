using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Login;
using Vireo.Drivers.Test.Host;
using Vireo.Drivers.Test.State;

namespace Vireo.Drivers.Test;

/// <summary>
/// A hypervisor that exists in memory only, to try programs against. <c>test:///default</c> is one host that all connections
/// share; it is gone when the last one closes. <c>test:///FILE</c> is a host of the caller's own, as a <c>&lt;node&gt;</c> document describes it.
/// </summary>
public sealed class TestDriver : IDriver
{
    readonly TimeProvider clock;
    readonly Lock gate = new();
    readonly Action release;
    TestHost? shared;
    int users;

    TestDriver(TimeProvider clock) => (this.clock, release) = (clock, Release);

    /// <summary>The driver; one for each process, since its default host is shared by those who use the same driver.</summary>
    public static IDriver Create(TimeProvider? clock = null) => new TestDriver(clock ?? TimeProvider.System);

    /// <inheritdoc/>
    public string Type => "TEST";

    /// <inheritdoc/>
    public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel)
    {
        if (uri is not { Driver: "test", Host: null })
            return default;
        if (uri.Path is "" or "/")
            throw VireoException.InvalidArgument(ErrorDomain.Test, "testOpen: supply a path or use test:///default");
        if (uri.Path is not "/default")
            return OpenFileAsync(uri, caller, cancel);
        lock (gate)
        {
            shared ??= TestHost.Default(clock);
            users++;
            return new(new TestConnection(uri.ToString(), shared, release));
        }
    }

    async ValueTask<IDriverConnection?> OpenFileAsync(ConnectionUri uri, Caller caller, CancellationToken cancel)
    {
        NodeDocument document = NodeDocument.Read(uri.Path);
        var host = TestHost.Of(document, clock);
        await LogInAsync(document.Users, caller, cancel).ConfigureAwait(false);
        return new TestConnection(uri.ToString(), host, static () => { });
    }

    // As with libvirt, who is not named is asked for a password all the same, and hears no more than who has a wrong one.
    static async ValueTask LogInAsync(IReadOnlyList<(string Name, string? Password)> users, Caller caller, CancellationToken cancel)
    {
        const string Service = "test", Host = "localhost";
        if (users.Count is 0)
            return;
        ILogins logins = caller.Logins ?? throw ILogins.Missing();
        string name = await logins.GetUserAsync(Service, Host, cancel).ConfigureAwait(false);
        bool known = users.Any(user => user.Name == name);
        string? wanted = users.FirstOrDefault(user => user.Name == name).Password;
        if (known && wanted is null)
            return;
        string given = await logins.GetPasswordAsync(Service, Host, name, cancel).ConfigureAwait(false);
        if (!known || given != wanted)
            throw new VireoException(ErrorCode.AuthFailed, ErrorDomain.Test, "authentication failed, see test XML for the correct username/password");
    }

    void Release()
    {
        lock (gate)
        {
            if (--users is 0)
                shared = null;
        }
    }
}
