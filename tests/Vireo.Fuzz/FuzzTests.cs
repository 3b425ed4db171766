using Vireo.Fuzz.Engine;
using Vireo.Fuzz.Targets;
using Xunit;

[assembly: CollectionBehavior(MaxParallelThreads = -1)]

namespace Vireo.Fuzz;

/// <summary>Fuzzes one target; the classes below name them, one each, so that they run side by side.</summary>
public abstract class FuzzTests<T> where T : FuzzTarget, new()
{
    /// <summary>A finding that is not mended yet; the target is run by <c>./test --long</c> only until it is.</summary>
    protected virtual string? OpenFinding => null;

    [Fact]
    public async Task Whatever_comes_is_taken_or_refused()
    {
        Assert.SkipWhen(OpenFinding is not null && Environment.GetEnvironmentVariable("VIREO_FUZZ_LONG") is null, OpenFinding ?? "");
        using var target = new T();
        string done = await FuzzRun.RunAsync(target, FuzzBudget.Of(Environment.GetEnvironmentVariable, target.LongRun));
        Console.WriteLine(done);
    }
}

public sealed class FrameTests : FuzzTests<FrameTarget>;

public sealed class ArgumentTests : FuzzTests<ArgumentTarget>;

public sealed class DocumentTests : FuzzTests<DocumentTarget>;

public sealed class DefinitionTests : FuzzTests<DefineTarget>
{
    protected override string OpenFinding => "some mutated definition keeps the QEMU passes busy without end; which one is not found yet";
}

public sealed class ConfigurationTests : FuzzTests<ConfigTarget>;

public sealed class MonitorTests : FuzzTests<MonitorTarget>
{
    protected override string OpenFinding => "a question stays without an answer for some replies (kept corpus: odd-second.json); cause not found yet";
}
