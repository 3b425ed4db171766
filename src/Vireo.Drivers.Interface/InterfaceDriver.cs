using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Interface.Changes;
using Vireo.Host;
using Vireo.Host.Processes;
using Vireo.Host.Topology;
using Vireo.Hypervisor.Capabilities;

namespace Vireo.Drivers.Interface;

/// <summary>The driver of the host's network interfaces: <c>interface:///system</c> for the system's daemon, <c>interface:///session</c> for a user's.</summary>
public sealed class InterfaceDriver : IDriver
{
    readonly HostPaths paths;

    InterfaceDriver(InterfaceDriverOptions options)
    {
        paths = options.Paths;
        Capabilities = CapabilitySet.Of<IInterfaceListing>(new InterfaceReads(new HostCards(options.SystemRoot.Length > 0 ? new HostTree(options.SystemRoot) : new HostTree())));
        var files = new NetworkFiles(options.SystemRoot);
        if (options.Processes is { } processes && paths.Privileged && files.AreThere)
        {
            Capabilities = Capabilities.And<IInterfaceTransactions>(new InterfaceTransactions(
                files, new SavedFiles(Path.Join(paths.LibDir, "interface")), processes, options.FindProgram ?? ProgramOutput.Find));
        }
    }

    /// <summary>Makes the driver; it keeps nothing.</summary>
    public static InterfaceDriver Create(InterfaceDriverOptions options) => new(options);

    /// <inheritdoc/>
    public string Type => "interface";

    /// <summary>What every connection of the daemon offers by it.</summary>
    public CapabilitySet Capabilities { get; }

    string Mode => paths.Privileged ? "/system" : "/session";

    /// <inheritdoc/>
    public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel)
    {
        if (uri is not { Driver: "interface", Host: null })
            return default;
        if (uri.Path != Mode)
            throw VireoException.Internal(ErrorDomain.None, $"unexpected interface URI path '{uri.Path}', try interface://{Mode}");
        return new(new Connection($"interface://{Mode}", Capabilities));
    }

    sealed class Connection(string uri, CapabilitySet shared) : IDriverConnection
    {
        public string Uri => uri;

        public CapabilitySet Capabilities { get; } = CapabilitySet.Of<IConnectionInfo>(new SecondaryConnectionInfo("interface", uri)).Over(shared);

        public ValueTask DisposeAsync() => default;
    }
}
