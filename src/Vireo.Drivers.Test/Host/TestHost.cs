using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Interfaces;
using Vireo.Drivers.Test.Networks;
using Vireo.Drivers.Test.NodeDevices;
using Vireo.Drivers.Test.State;
using Vireo.Drivers.Test.Storage;
using Vireo.Model.Network;

namespace Vireo.Drivers.Test.Host;

/// <summary>Everything on a host in memory. Whoever changes something holds <see cref="Gate"/>; domains are read without it.</summary>
/// <param name="clock">The time.</param>
/// <param name="isDefault">It is libvirt's host of test:///default; else it begins with nothing.</param>
sealed class TestHost(TimeProvider clock, bool isDefault = false)
{
    public Lock Gate { get; } = new();

    /// <summary>The host's processors and memory.</summary>
    public NodeInfo Node { get; private init; } = NodeDocument.Default;

    /// <summary>It has the NUMA cells of libvirt's default host; hosts of node documents have none.</summary>
    public bool HasCells => isDefault;

    /// <summary>Processors that the host has, active or not; vCPUs can be anywhere.</summary>
    public int Processors => unchecked(Node.Nodes * Node.Sockets * Node.Cores * Node.Threads);

    public DomainTable Domains => domains ?? Fill(ref domains, new(), DefaultHost.Domains);

    public TestNetworks Networks => networks ?? Fill(ref networks, new(), DefaultHost.Networks);

    public TestPools Pools => pools ?? Fill(ref pools, new(), DefaultHost.Pools);

    public TestInterfaces Interfaces => interfaces ?? Fill(ref interfaces, new(), DefaultHost.Interfaces);

    public TestNodeDevices NodeDevices => devices ?? Fill(ref devices, new(), DefaultHost.NodeDevices);

    readonly Lock filling = new();
    DomainTable? domains;
    TestNetworks? networks;
    TestPools? pools;
    TestInterfaces? interfaces;
    TestNodeDevices? devices;

    /// <summary>Made for whoever first asks: most clients never look at most of it, and reading documents is what costs when a connection is opened.</summary>
    T Fill<T>(ref T? part, T made, Action<T> fill) where T : class
    {
        lock (filling)
        {
            if (part is not null)
                return part;
            if (isDefault)
                fill(made);
            Volatile.Write(ref part, made);
            return made;
        }
    }

    public EventHub<DomainEvent> DomainEvents { get; } = new();

    /// <summary>What all its clients can do: made for the first of them, so that the others cost next to nothing.</summary>
    public CapabilitySet Parts => parts ?? (Interlocked.CompareExchange(ref parts, TestConnection.Shared(this), null) ?? parts);

    CapabilitySet? parts;

    /// <summary>The time in seconds since 1970.</summary>
    public long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The time in microseconds since 1970.</summary>
    public ulong Microseconds => (ulong)(clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Guests have used this much processor time, in nanoseconds: they are as old as the epoch.</summary>
    public ulong CpuTime => Microseconds * 1000;

    /// <summary>The definition of a network. Whoever calls holds the gate.</summary>
    public NetworkDef DefinitionOfNetwork(string name) => Networks.Get(name).Def;

    int lastId = isDefault ? DefaultHost.LastId : 0;

    /// <summary>The id of the next domain that starts.</summary>
    public int TakeId() => ++lastId;

    /// <summary>The domain of a ref; it may be gone.</summary>
    public TestDomain Get(DomainRef domain) => Domains.TryFind(domain.Uuid, out TestDomain? found) ? found : throw TestErrors.NoDomain(domain);

    /// <summary>The domain of a ref, which must run.</summary>
    public TestDomain GetRunning(DomainRef domain) => Get(domain) is { Now.IsActive: true } running ? running : throw TestErrors.NotRunning();

    /// <summary>libvirt's host of test:///default.</summary>
    public static TestHost Default(TimeProvider clock) => new(clock, isDefault: true);

    /// <summary>The host of a node document.</summary>
    public static TestHost Of(NodeDocument document, TimeProvider clock)
    {
        var host = new TestHost(clock) { Node = document.Node };
        HostLoader.Fill(host, document);
        return host;
    }
}

/// <summary>The documents of the default host, which come with the assembly.</summary>
static class Document
{
    public static string Of(string name) => System.Text.Encoding.UTF8.GetString(Bytes(name));

    public static byte[] Bytes(string name)
    {
        using Stream stream = typeof(Document).Assembly.GetManifestResourceStream(name)
            ?? throw VireoException.Internal(ErrorDomain.Test, $"the assembly lacks {name}");
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
