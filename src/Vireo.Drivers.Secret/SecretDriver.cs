using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Secret.Capabilities;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Hypervisor.Capabilities;

namespace Vireo.Drivers.Secret;

/// <summary>The secret driver of one daemon: <c>secret:///system</c> for the system's, <c>secret:///session</c> for a user's.</summary>
public sealed class SecretDriver : IDriver
{
    readonly HostPaths paths;
    readonly SecretKeeper keeper;
    FileLock? driverLock;

    SecretDriver(SecretDriverOptions options)
    {
        paths = options.Paths;
        keeper = new SecretKeeper(options);
        var secrets = new Secrets(keeper);
        Capabilities = CapabilitySet.Of<ISecretListing>(secrets).And<ISecretLifecycle>(secrets).And<ISecretEvents>(secrets);
    }

    /// <summary>Makes the driver; nothing is read yet.</summary>
    public static SecretDriver Create(SecretDriverOptions options) => new(options);

    /// <inheritdoc/>
    public string Type => "secret";

    /// <summary>What every connection of the daemon offers by it.</summary>
    public CapabilitySet Capabilities { get; }

    /// <summary>What other drivers ask.</summary>
    public ISecretValues Values => keeper;

    string Mode => paths.Privileged ? "/system" : "/session";

    /// <summary>Reads the secrets.</summary>
    public void Start()
    {
        string folder = Path.Join(paths.RunDir, "secrets");
        AtomicFile.MakeFolder(folder, 0x1c0);
        string file = Path.Join(folder, "driver.pid");
        driverLock = FileLock.TryTake(file) ?? throw VireoException.Internal(ErrorDomain.Secret, $"Failed to acquire pid file '{file}': another daemon uses it");
        keeper.Load();
    }

    /// <summary>Reads them again: somebody else may have written some.</summary>
    public Task ReloadAsync()
    {
        keeper.Load();
        return Task.CompletedTask;
    }

    /// <summary>Lets go of them.</summary>
    public void Stop() => driverLock?.Dispose();

    /// <inheritdoc/>
    public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel)
    {
        if (uri is not { Driver: "secret", Host: null })
            return default;
        if (uri.Path != Mode)
            throw VireoException.Internal(ErrorDomain.Secret, $"unexpected secret URI path '{uri.Path}', try secret://{Mode}");
        return new(new Connection($"secret://{Mode}", Capabilities));
    }

    sealed class Connection(string uri, CapabilitySet shared) : IDriverConnection
    {
        public string Uri => uri;

        public CapabilitySet Capabilities { get; } = CapabilitySet.Of<IConnectionInfo>(new SecondaryConnectionInfo("secret", uri)).Over(shared);

        public ValueTask DisposeAsync() => default;
    }
}
