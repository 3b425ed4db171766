using Vireo.Core.Errors;
using Vireo.Driver;

using Xunit;

namespace Vireo.Tests.Contracts;

/// <summary>What whoever tells of the connection and its host keeps.</summary>
[Holds(typeof(IConnectionInfo), typeof(IHostCapabilities), typeof(INodeInfo), typeof(INodeMemory), typeof(INodeStatistics), typeof(INodeCpuMap),
    typeof(INodeSecurity), typeof(ISysinfo), typeof(INodeCpuModels), typeof(INodePages))]
public abstract class NodeContract(ISubject subject) : Contract(subject)
{
    [Fact]
    public async Task A_connection_tells_what_it_is()
    {
        var about = On<IConnectionInfo>();
        Assert.NotEmpty(await about.GetTypeAsync(default));
        Assert.True(await about.GetVersionAsync(default) > 0);
        Assert.Equal(9_000_000ul, await about.GetLibraryVersionAsync(default));
        Assert.NotEmpty(await about.GetHostnameAsync(default));
        Assert.Contains(":///", await about.GetUriAsync(default), StringComparison.Ordinal);
        Assert.True(await about.IsSecureAsync(default));
    }

    [Fact]
    public async Task Capabilities_are_a_document_and_a_guest_has_a_vcpu_at_least()
    {
        Assert.StartsWith("<capabilities>", (await On<IHostCapabilities>().GetCapabilitiesAsync(default)).TrimStart(), StringComparison.Ordinal);
        Assert.True(await On<IHostCapabilities>().GetMaxVcpusAsync(null, default) > 0);
    }

    [Fact]
    public async Task Processors_are_as_many_as_their_map_says()
    {
        NodeInfo node = await On<INodeInfo>().GetNodeInfoAsync(default);
        Assert.True(node is { Memory: > 0, Nodes: > 0, Sockets: > 0, Cores: > 0, Threads: > 0 });
        NodeCpuMap map = await On<INodeCpuMap>().GetCpuMapAsync(true, true, 0, default);
        Assert.True(map.OnlineCount <= map.PresentCount);
        Assert.Equal((int)map.OnlineCount, map.Online.Sum(one => System.Numerics.BitOperations.PopCount(one)));
        await RefusedAsync(async () => await On<INodeCpuMap>().GetCpuMapAsync(true, true, 1, default));
    }

    [Fact]
    public async Task Memory_is_told_from_a_cell_on()
    {
        ulong[] all = await On<INodeMemory>().GetCellsFreeMemoryAsync(0, default);
        Assert.NotEmpty(all);
        await On<INodeMemory>().GetFreeMemoryAsync(default);
        Assert.Equal(2, (await On<INodePages>().GetFreePagesAsync([4, 2048], 0, 1, 0, default)).Length);
        await RefusedAsync(async () => await On<INodeMemory>().GetCellsFreeMemoryAsync(all.Length, default));
    }

    [Fact]
    public async Task Times_of_processors_have_names()
    {
        string[] names = [.. (await On<INodeStatistics>().GetCpuStatisticsAsync(-1, 0, default)).Select(one => one.Name)];
        Assert.Contains("user", names);
        Assert.Contains("idle", names);
        Assert.Distinct(names);
        await RefusedAsync(async () => await On<INodeStatistics>().GetCpuStatisticsAsync(-1, 1, default));
    }

    [Fact]
    public async Task The_firmware_and_the_security_model_are_told()
    {
        Assert.StartsWith("<sysinfo", (await On<ISysinfo>().GetSysinfoAsync(0, default)).TrimStart(), StringComparison.Ordinal);
        await On<INodeSecurity>().GetSecurityModelAsync(default);
        await RefusedAsync(async () => await On<ISysinfo>().GetSysinfoAsync(1, default));
    }

    [Fact]
    public async Task Models_are_known_by_architecture_and_the_poorest_of_two_is_their_baseline()
    {
        var models = On<INodeCpuModels>();
        Assert.Contains("Haswell", await models.GetCpuModelNamesAsync("x86_64", 0, default));
        string[] cpus = [.. ((string[])["Haswell", "Nehalem"]).Select(model => $"<cpu><arch>x86_64</arch><model>{model}</model></cpu>")];
        Assert.Contains("<model fallback='allow'>Nehalem</model>", await models.BaselineCpuAsync(cpus, ConnectBaselineCpuFlags.None, default), StringComparison.Ordinal);
        await RefusedAsync(async () => await models.GetCpuModelNamesAsync("pdp11", 0, default));
        await RefusedAsync(async () => await models.BaselineCpuAsync(["<cpu"], ConnectBaselineCpuFlags.None, default), ErrorCode.XmlDetail);
    }

    static async Task RefusedAsync(Func<Task> call, ErrorCode code = ErrorCode.InvalidArg) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<VireoException>(call)).Code);
}

public sealed class TestDriverNode() : NodeContract(new TestDriverSubject());

public sealed class TestDriverNodeBehindAServer() : NodeContract(new RemoteTestDriverSubject());
