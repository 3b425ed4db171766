using Vireo.Core.Errors;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

public abstract class ConnectionInfoContract<TSubject> : DomainContract<TSubject, IConnectionInfo> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_connection_tells_what_it_is()
    {
        Assert.NotEmpty(await Offered.GetTypeAsync(Cancel));
        Assert.True(await Offered.GetVersionAsync(Cancel) > 0);
        Assert.Equal(9_000_000ul, await Offered.GetLibraryVersionAsync(Cancel));
        Assert.NotEmpty(await Offered.GetHostnameAsync(Cancel));
        Assert.Contains(":///", await Offered.GetUriAsync(Cancel), StringComparison.Ordinal);
        Assert.True(await Offered.IsSecureAsync(Cancel));
    }
}

public abstract class HostCapabilitiesContract<TSubject> : DomainContract<TSubject, IHostCapabilities> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Capabilities_are_a_document_and_a_guest_has_a_vcpu_at_least()
    {
        Assert.StartsWith("<capabilities>", (await Offered.GetCapabilitiesAsync(Cancel)).TrimStart(), StringComparison.Ordinal);
        Assert.True(await Offered.GetMaxVcpusAsync(null, Cancel) > 0);
    }
}

public abstract class NodeInfoContract<TSubject> : DomainContract<TSubject, INodeInfo> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_host_has_memory_and_processors() =>
        Assert.True(await Offered.GetNodeInfoAsync(Cancel) is { Memory: > 0, Cpus: > 0, Nodes: > 0, Sockets: > 0, Cores: > 0, Threads: > 0 });
}

public abstract class NodeCpuMapContract<TSubject> : DomainContract<TSubject, INodeCpuMap> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task As_many_are_online_as_the_map_says()
    {
        NodeCpuMap map = await Offered.GetCpuMapAsync(true, true, 0, Cancel);
        Assert.True(map.OnlineCount <= map.PresentCount);
        Assert.Equal((int)map.OnlineCount, map.Online.Sum(one => System.Numerics.BitOperations.PopCount(one)));
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.GetCpuMapAsync(true, true, 1, Cancel));
    }
}

public abstract class NodeMemoryContract<TSubject> : DomainContract<TSubject, INodeMemory> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Memory_is_told_from_a_cell_on()
    {
        await Offered.GetFreeMemoryAsync(Cancel);
        ulong[] all = await Offered.GetCellsFreeMemoryAsync(0, Cancel);
        Assert.NotEmpty(all);
        Assert.Equal(all.Length - 1, all.Length is 1 ? 0 : (await Offered.GetCellsFreeMemoryAsync(1, Cancel)).Length);
        await Assert.ThrowsAsync<VireoException>(async () => await Offered.GetCellsFreeMemoryAsync(all.Length, Cancel));
    }
}

public abstract class NodePagesContract<TSubject> : DomainContract<TSubject, INodePages> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task There_is_a_number_for_each_size_in_each_cell()
    {
        Assert.Equal(2, (await Offered.GetFreePagesAsync([4, 2048], 0, 1, 0, Cancel)).Length);
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.GetFreePagesAsync([4], 0, 1, 1, Cancel));
    }
}

public abstract class NodeStatisticsContract<TSubject> : DomainContract<TSubject, INodeStatistics> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Times_have_names_once_each()
    {
        string[] names = [.. (await Offered.GetCpuStatisticsAsync(-1, 0, Cancel)).Select(one => one.Name)];
        Assert.Contains("user", names);
        Assert.Contains("idle", names);
        Assert.Distinct(names);
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.GetCpuStatisticsAsync(-1, 1, Cancel));
    }
}

public abstract class NodeMemoryStatisticsContract<TSubject> : DomainContract<TSubject, INodeMemoryStatistics> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task What_is_free_is_part_of_all()
    {
        Dictionary<string, ulong> all = (await Offered.GetMemoryStatisticsAsync(-1, 0, Cancel)).ToDictionary(one => one.Name, one => one.Value);
        Assert.True(all["free"] <= all["total"]);
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.GetMemoryStatisticsAsync(-1, 1, Cancel));
    }
}

public abstract class NodeSecurityContract<TSubject> : DomainContract<TSubject, INodeSecurity> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_model_is_told_or_none() => Assert.NotNull((await Offered.GetSecurityModelAsync(Cancel)).Model);
}

public abstract class SysinfoContract<TSubject> : DomainContract<TSubject, ISysinfo> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task The_firmware_tells_a_document()
    {
        Assert.StartsWith("<sysinfo", (await Offered.GetSysinfoAsync(0, Cancel)).TrimStart(), StringComparison.Ordinal);
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.GetSysinfoAsync(1, Cancel));
    }
}

public abstract class NodeCpuModelsContract<TSubject> : DomainContract<TSubject, INodeCpuModels> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Models_are_known_by_architecture()
    {
        Assert.Contains("Haswell", await Offered.GetCpuModelNamesAsync("x86_64", 0, Cancel));
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.GetCpuModelNamesAsync("pdp11", 0, Cancel));
    }

    [Fact]
    public async Task The_poorest_of_two_is_their_baseline()
    {
        string[] cpus = [.. ((string[])["Haswell", "Nehalem"]).Select(model => $"<cpu><arch>x86_64</arch><model>{model}</model></cpu>")];
        Assert.Contains("<model fallback='allow'>Nehalem</model>", await Offered.BaselineCpuAsync(cpus, ConnectBaselineCpuFlags.None, Cancel), StringComparison.Ordinal);
        await RefusedAsync(ErrorCode.XmlDetail, async () => await Offered.BaselineCpuAsync(["<cpu"], ConnectBaselineCpuFlags.None, Cancel));
    }
}

public abstract class NodeCpuComparisonContract<TSubject> : DomainContract<TSubject, INodeCpuComparison> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task The_hosts_own_processor_is_the_hosts()
    {
        string all = await On<IHostCapabilities>().GetCapabilitiesAsync(Cancel);
        int from = all.IndexOf("<cpu>", StringComparison.Ordinal), to = all.IndexOf("</cpu>", StringComparison.Ordinal);
        Assert.Equal(CpuCompareResult.Identical, await Offered.CompareCpuAsync(all[from..(to + "</cpu>".Length)], ConnectCompareCpuFlags.None, Cancel));
        await RefusedAsync(ErrorCode.XmlDetail, async () => await Offered.CompareCpuAsync("<cpu", ConnectCompareCpuFlags.None, Cancel));
    }
}

public abstract class DomainCapabilitiesContract<TSubject> : DomainContract<TSubject, IDomainCapabilities> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task What_guests_may_have_is_a_document_and_no_architecture_has_none()
    {
        Assert.StartsWith("<domainCapabilities>", (await Offered.GetDomainCapabilitiesAsync(null, null, null, null, 0, Cancel)).TrimStart(), StringComparison.Ordinal);
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.GetDomainCapabilitiesAsync(null, "pdp11", null, null, 0, Cancel));
    }
}
