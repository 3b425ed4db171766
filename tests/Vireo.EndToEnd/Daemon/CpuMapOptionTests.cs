using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>The CPU map that a daemon is told to serve.</summary>
public sealed class CpuMapOptionTests
{
    static async Task<string[]> ModelsAsync(VireoDaemon daemon) =>
        (await daemon.VirshAsync("-q", "cpu-models", "x86_64")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public async Task It_is_that_of_a_release()
    {
        Needs.Program("virsh");
        await using VireoDaemon usual = await VireoDaemon.StartAsync(), old = await VireoDaemon.StartAsync(null, "--cpu-map", "9.0.0"),
            older = await VireoDaemon.StartAsync(null, "--cpu-map", "6.0.0"), newest = await VireoDaemon.StartAsync(null, "--cpu-map", "newest");
        string[] models = await ModelsAsync(old);
        Assert.Equal(models, await ModelsAsync(usual));
        Assert.Contains("EPYC-Milan", models);
        Assert.DoesNotContain("SapphireRapids", models);
        Assert.DoesNotContain("EPYC-Milan", await ModelsAsync(older));
        Assert.Contains("SapphireRapids", await ModelsAsync(newest));
        Assert.Contains("Haswell-v4", await ModelsAsync(newest));
    }

    [Fact]
    public async Task It_is_a_file_whose_bad_entries_the_log_tells()
    {
        Needs.Program("virsh");
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "cpuid 1 edx\n 0 fpu\nmodel good\n has fpu\nmodel odd\n has nonsense\n", TestContext.Current.CancellationToken);
            await using VireoDaemon daemon = await VireoDaemon.StartAsync(null, "--cpu-map", file);
            Assert.Equal(["good"], await ModelsAsync(daemon));
            Assert.Contains("CPU map, line 6: odd is disabled: there is no feature nonsense", daemon.Log, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task What_is_neither_is_refused()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => VireoDaemon.StartAsync(null, "--cpu-map", "9.0.0.0"));
        Assert.Contains("CPU map '9.0.0.0' is neither a release like 9.0.0 nor a file", refused.Message, StringComparison.Ordinal);
    }
}
