using Vireo.Core.Errors;
using Vireo.Driver;
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
            return new(new TestConnection(uri.ToString(), Open(uri.Path), static () => { }));
        lock (gate)
        {
            shared ??= TestHost.Default(clock);
            users++;
            return new(new TestConnection(uri.ToString(), shared, release));
        }
    }

    // A host that users are named for asks who it is, and nobody here can be asked.
    TestHost Open(string file)
    {
        NodeDocument document = NodeDocument.Read(file);
        var host = TestHost.Of(document, clock);
        return document.Users.Count is 0 ? host : throw VireoException.InvalidArgument(ErrorDomain.Auth, "Missing authentication credentials");
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
