using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;
using Vireo.Driver;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>What a guest sees of its CPU is noted without the help of a map, and outlives a daemon that has another one.</summary>
public sealed class CpuContractTests
{
    static CancellationToken Test => TestContext.Current.CancellationToken;

    static readonly CpuMap newest = CpuMap.Of(CpuMap.Newest);

    [Theory]
    [InlineData("EPYC", "", false)]
    [InlineData("Icelake-Server", "<feature policy='disable' name='xsaveopt'/>", false)]
    [InlineData("qemu64", "<feature policy='require' name='aes'/>", false)]
    [InlineData("EPYC", "", true)]
    [InlineData("Icelake-Server", "<feature policy='disable' name='xsaveopt'/>", true)]
    [InlineData("EPYC-Milan", "", true)]
    public async Task A_guest_is_what_it_was_under_daemons_of_other_maps(string model, string features, bool beginsWithNewest)
    {
        var (own, other) = beginsWithNewest ? (newest, CpuMap.Default) : (CpuMap.Default, newest);
        await using var root = await new QemuRoot { KvmDevice = "/nonexistent", CpuMap = own }.StartAsync();
        var guest = await root.DefineAsync("c1", $"<cpu mode='custom' match='exact'><model fallback='allow'>{model}</model>{features}</cpu>");
        await root.Get<IDomainPower>().CreateAsync(guest, DomainCreateFlags.StartPaused, Test);
        string file = Path.Join(root.Places.StateDir, "c1.cpu");
        var contract = GuestContract.Parse((await File.ReadAllTextAsync(file, Test)).TrimEnd())!;
        Assert.Equal(model, contract.Model);
        Assert.Contains("hypervisor", contract.Features);
        string first = await XmlAsync(root, guest, default), firstMigratable = await XmlAsync(root, guest, DomainXmlFlags.Migratable);
        Assert.Empty(PeerRendering.Differences(contract, Cpu(first), own.X86));
        foreach (CpuMap map in new[] { own, other, own })
        {
            await root.StopAsync();
            root.CpuMap = map;
            await root.StartAsync();
            string live = await XmlAsync(root, guest, default);
            if (map.X86.Map.FindModel(model) is not null)
                Assert.Empty(PeerRendering.Differences(contract, Cpu(live), map.X86));
            Assert.Equal(contract, GuestContract.Parse((await File.ReadAllTextAsync(file, Test)).TrimEnd()));
            if (map == own && live == first)
                Assert.Equal(firstMigratable, await XmlAsync(root, guest, DomainXmlFlags.Migratable));
            foreach (var term in Cpu(first).Features.Where(f => !beginsWithNewest || map == own && live == first))
                Assert.Equal(term.Policy, Cpu(live).PolicyOf(term.Name));
        }
        await root.Get<IDomainPower>().DestroyAsync(guest, Test);
        Assert.False(File.Exists(file));
    }

    [Theory]
    [InlineData("EPYC", true)]
    [InlineData("Icelake-Server", false)]
    public async Task What_a_guest_sees_is_noted_later_where_the_daemon_that_started_it_did_not(string model, bool later)
    {
        await using var root = await new QemuRoot { KvmDevice = "/nonexistent" }.StartAsync();
        var guest = await root.DefineAsync("c3", $"<cpu mode='custom' match='exact'><model fallback='allow'>{model}</model></cpu>");
        await root.Get<IDomainPower>().CreateAsync(guest, DomainCreateFlags.StartPaused, Test);
        string file = Path.Join(root.Places.StateDir, "c3.cpu"), noted = await File.ReadAllTextAsync(file, Test), live = await XmlAsync(root, guest, default);
        await root.StopAsync();
        File.Delete(file);
        root.CpuMap = later ? newest : CpuMap.Default;
        await root.StartAsync();
        Assert.Equal(noted, await File.ReadAllTextAsync(file, Test));
        foreach (var term in Cpu(live).Features)
            Assert.Equal(term.Policy, Cpu(await XmlAsync(root, guest, default)).PolicyOf(term.Name));
    }

    static async Task<string> XmlAsync(QemuRoot root, DomainRef guest, DomainXmlFlags flags) => await root.Get<IDomainInfo>().GetXmlAsync(guest, flags, Test);

    static CpuSpec Cpu(string xml) => DomainDef.Parse(xml).Cpu!.ToSpec();
}
