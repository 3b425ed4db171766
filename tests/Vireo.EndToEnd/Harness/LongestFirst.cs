using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.CrashSafety;
using Vireo.EndToEnd.Harness;
using Vireo.EndToEnd.Migration;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Vireo.EndToEnd.Harness;

/// <summary>Classes that take minutes begin first: one that began last would run alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    static readonly Type[] longest =
        [typeof(MigratePhaseTests), typeof(RealStartTests), typeof(StartStepTests), typeof(DaemonTests), typeof(UserStartTests)];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(static one => Array.FindIndex(longest, type => IsOf(one, type)) is var place and >= 0 ? place : longest.Length)];

    static bool IsOf(ITestCollection collection, Type type) => collection.TestCollectionDisplayName.Contains($" {type.FullName} ", StringComparison.Ordinal);
}
