using Vireo.Cpu.Map;
using Vireo.Driver;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>An administrator's CPU map with entries that make no sense: they are told, and guests start all the same.</summary>
public sealed class BrokenMapTests
{
    const string Map = """
        vendor AuthenticAMD AMD
        cpuid 1 edx
          0 fpu
          4 tsc
        cpuid 1 ecx
         77 aes
        cpuid nine eax
          1 wide
        model qemu64
          has nonsense
        model odd = qemu64
        model pentium3
          vendor Nobody
        model Penryn
          has fpu
        """;

    static CancellationToken Test => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]                                                                                                    // the machine's own is qemu64
    [InlineData("<cpu mode='custom' match='exact'><model>pentium3</model></cpu>")]
    [InlineData("<cpu mode='custom' match='exact'><model>pentium3</model><feature policy='require' name='aes'/></cpu>")]
    [InlineData("<cpu mode='custom' match='exact'><model>Penryn</model><feature policy='disable' name='aes'/></cpu>")]
    public async Task A_guest_starts_whatever_is_wrong_with_the_map(string cpu)
    {
        var told = new List<string>();
        await using var root = await new QemuRoot { KvmDevice = "/nonexistent", CpuMap = CpuMap.FromText(Map, c => told.Add(c.Entry)) }.StartAsync();
        var guest = await root.DefineAsync("b1", cpu);
        guest = await root.Get<IDomainPower>().CreateAsync(guest, DomainCreateFlags.StartPaused, Test);
        Assert.Equal(DomainState.Paused, (await root.StateAsync(guest)).State);
        foreach (string part in cpu.Split('<').Where(static p => p.StartsWith("model>", StringComparison.Ordinal) || p.StartsWith("feature ", StringComparison.Ordinal)))
            Assert.Contains(part.Split('>')[^1], await root.Get<IDomainInfo>().GetXmlAsync(guest, default, Test), StringComparison.Ordinal);
        Assert.Empty(new[] { "aes", "wide", "qemu64", "odd", "pentium3" }.Except(told));
        await root.StopAsync();
        await root.StartAsync();
        Assert.Equal(DomainState.Paused, (await root.StateAsync(guest)).State);
    }

    [Fact]
    public async Task A_model_that_the_map_does_not_have_is_refused_as_ever()
    {
        await using var root = await new QemuRoot { KvmDevice = "/nonexistent", CpuMap = CpuMap.FromText(Map, static _ => { }) }.StartAsync();
        var guest = await root.DefineAsync("b2", "<cpu mode='custom' match='exact'><model>Westmere</model></cpu>");
        var refused = await Assert.ThrowsAsync<Core.Errors.VireoException>(() => root.Get<IDomainPower>().CreateAsync(guest, DomainCreateFlags.StartPaused, Test).AsTask());
        Assert.Equal("internal error: Unknown CPU model Westmere", refused.Message);
    }
}
