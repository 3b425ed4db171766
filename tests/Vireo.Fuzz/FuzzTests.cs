using Vireo.Fuzz.Engine;
using Vireo.Fuzz.Targets;
using Xunit;

[assembly: CollectionBehavior(MaxParallelThreads = -1)]

namespace Vireo.Fuzz;

/// <summary>Fuzzes one target; the classes below name them, one each, so that they run side by side.</summary>
public abstract class FuzzTests<T> where T : FuzzTarget, new()
{
    [Fact]
    public async Task Whatever_comes_is_taken_or_refused()
    {
        using var target = new T();
        string done = await FuzzRun.RunAsync(target, FuzzBudget.Of(Environment.GetEnvironmentVariable, target.LongRun));
        Console.WriteLine(done);
    }
}

public sealed class FrameTests : FuzzTests<FrameTarget>;

public sealed class LoginTests : FuzzTests<LoginTarget>;

public sealed class ArgumentTests : FuzzTests<ArgumentTarget>;

public sealed class ReplyTests : FuzzTests<ReplyTarget>;

public sealed class OrderTests : FuzzTests<OrderTarget>;

public sealed class DocumentTests : FuzzTests<DocumentTarget>;

public sealed class DefinitionTests : FuzzTests<DefineTarget>;

public sealed class ConfigurationTests : FuzzTests<ConfigTarget>;

public sealed class MonitorTests : FuzzTests<MonitorTarget>;
