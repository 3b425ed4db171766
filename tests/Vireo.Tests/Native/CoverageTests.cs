using System.Reflection;
using Vireo.Native.Exports;
using Xunit;

namespace Vireo.Tests.Native;

/// <summary>How much of the C library there is: a function that gets a body leaves this list, and none may come back.</summary>
public class CoverageTests
{
    /// <summary>By whose absence a program is told that the function is not supported.</summary>
    static readonly string[] stubs =
    [
        // the admin socket is not opened yet
        "virAdmConnectClose", "virAdmConnectGetURI", "virAdmConnectIsAlive", "virAdmConnectOpen", "virAdmConnectRegisterCloseCallback",
        "virAdmConnectUnregisterCloseCallback", "virAdmClientGetID", "virAdmClientGetTimestamp", "virAdmClientGetTransport", "virAdmGetVersion", "virAdmInitialize",
        "virAdmConnectGetLoggingFilters", "virAdmConnectGetLoggingOutputs",
        // a process that goes into a container
        "virDomainLxcEnterCGroup", "virDomainLxcEnterNamespace", "virDomainLxcEnterSecurityLabel",
        // migrations, which the library leads
        "virDomainMigrate", "virDomainMigrate2", "virDomainMigrate3", "virDomainMigrateToURI", "virDomainMigrateToURI2", "virDomainMigrateToURI3",
    ];

    [Fact]
    public void Functions_without_a_body_are_those_that_are_listed() =>
        Assert.Equal(stubs.Order(StringComparer.Ordinal), Coverage.Stubs);

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
