namespace Vireo.Driver;

/// <summary>The host's processors and memory.</summary>
/// <param name="Model">The processor's kind, such as "x86_64".</param>
/// <param name="Memory">Memory in KiB.</param>
/// <param name="Cpus">Active processors.</param>
/// <param name="Mhz">Their clock; 0: not known.</param>
/// <param name="Nodes">NUMA cells.</param>
/// <param name="Sockets">Sockets a cell.</param>
/// <param name="Cores">Cores a socket.</param>
/// <param name="Threads">Threads a core.</param>
public readonly record struct NodeInfo(
    [Wire(WireType.FixedChars, 32)] string Model, ulong Memory, int Cpus, int Mhz, int Nodes, int Sockets, int Cores, int Threads);

/// <summary>One number of the host's statistics.</summary>
public readonly record struct NodeStatistic(string Name, ulong Value);

/// <summary>The host's processors: a bit for each that is online, how many are, and the number of those present.</summary>
public readonly record struct NodeCpuMap([Bound(2048)] byte[] Online, uint OnlineCount, int PresentCount);

/// <summary>The security driver; empty texts when there is none.</summary>
public readonly record struct SecurityModel(
    [Wire(WireType.Chars, 257)] string Model, [Wire(WireType.Chars, 257)] string DomainOfInterpretation);
