using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Model.Domain.Cpu;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>What several hosts have in common, where this host is one of them and where it is not.</summary>
public sealed class BaselineTests
{
    static readonly string[] cpus =
    [
        "<cpu><arch>x86_64</arch><model>Skylake-Server</model><vendor>Intel</vendor><feature name='invtsc'/></cpu>",
        "<cpu><arch>x86_64</arch><model>Cascadelake-Server</model><vendor>Intel</vendor><feature name='invtsc'/></cpu>",
    ];

    [Fact]
    public async Task This_hosts_QEMU_counts_unless_it_is_to_be_left_out_of_account()
    {
        await using var root = await new QemuRoot { KvmDevice = "/nonexistent" }.StartAsync();
        async Task<CpuDef> AskAsync(ConnectBaselineCpuFlags flags) => CpuDef.Parse(
            await root.Get<IHypervisorCpus>().BaselineHypervisorCpuAsync(QemuRoot.Emulator, "x86_64", null, "qemu", cpus, flags, TestContext.Current.CancellationToken));

        CpuDef here = await AskAsync(ConnectBaselineCpuFlags.None), anywhere = await AskAsync(ConnectBaselineCpuFlags.IgnoreHost);
        // Emulation lacks much of it, so that another model describes better what is left.
        Assert.NotEqual("Skylake-Server", here.Model?.Name);
        Assert.Equal("Skylake-Server", anywhere.Model?.Name);
        Assert.Equal(["invtsc"], anywhere.Features.Where(static f => f.Policy is CpuFeaturePolicy.Require).Select(static f => f.Name));
        Assert.DoesNotContain(anywhere.Features, static f => f.Policy is CpuFeaturePolicy.Disable);

        CpuDef movable = await AskAsync(ConnectBaselineCpuFlags.IgnoreHost | ConnectBaselineCpuFlags.Migratable);
        Assert.Equal(("Skylake-Server", 0), (movable.Model?.Name, movable.Features.Count));
        CpuDef whole = await AskAsync(ConnectBaselineCpuFlags.IgnoreHost | ConnectBaselineCpuFlags.ExpandFeatures);
        Assert.Contains(whole.Features, static f => f is { Policy: CpuFeaturePolicy.Require, Name: "avx512f" });
    }

    [Fact]
    public async Task Hosts_CPUs_are_compared_without_QEMU_and_know_no_such_flag()
    {
        await using var root = await new QemuRoot { KvmDevice = "/nonexistent" }.StartAsync();
        var refused = await Assert.ThrowsAsync<VireoException>(() =>
            root.Get<INodeCpuModels>().BaselineCpuAsync(cpus, ConnectBaselineCpuFlags.IgnoreHost, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(ErrorCode.InvalidArg, refused.Error.Code);
    }
}
