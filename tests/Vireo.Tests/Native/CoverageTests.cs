using System.Reflection;
using Vireo.Native.Exports;
using Xunit;

namespace Vireo.Tests.Native;

/// <summary>How much of the C library there is: all of it.</summary>
public class CoverageTests
{
    [Fact]
    public void Every_function_has_a_body() => Assert.Empty(Coverage.Stubs);

    [Fact]
    public void Every_function_is_exported() => Assert.Equal(558, Coverage.Functions);

    [Fact]
    public void Every_body_is_of_a_function()
    {
        string[] functions = [.. typeof(CExports).GetMethods(BindingFlags.Static | BindingFlags.NonPublic).Select(static m => m.Name)];
        string[] bodies = [.. typeof(CExports).Assembly.GetTypes().SelectMany(static t => t.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Select(static m => m.GetCustomAttribute<CBodyAttribute>()?.Symbol).OfType<string>()];
        Assert.NotEmpty(bodies);
        Assert.Empty(bodies.Except(functions));
        Assert.Equal(bodies.Length, bodies.Distinct().Count());
    }
}
