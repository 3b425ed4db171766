using Xunit;

namespace Vireo.EndToEnd.Harness;

/// <summary>What a test needs of the machine it runs on; without it the test is skipped and says so.</summary>
public static class Needs
{
    /// <summary>A program that is installed.</summary>
    public static string Program(string name)
    {
        string? path = Command.Find(name);
        Assert.SkipWhen(path is null, $"{name} is not installed");
        return path!;
    }

    /// <summary>Programs that are installed, all of them.</summary>
    public static void Programs(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            Program(name);
    }

    /// <summary>A module that python3 can import.</summary>
    public static async Task PythonModuleAsync(string module)
    {
        CommandResult result = await Command.RunAsync(Program("/usr/bin/python3"), ["-c", $"import {module}"]);
        Assert.SkipWhen(result.ExitCode != 0, $"python3 has no module {module}");
    }

    /// <summary>A run that may take its time.</summary>
    public static void Long(string reason) => Assert.SkipUnless(Environment.GetEnvironmentVariable("VIREO_FUZZ_LONG") is "1", $"{reason}: ./test --long has it");

    /// <summary>The rights of root.</summary>
    public static void Root() => Assert.SkipUnless(Environment.UserName == "root", "needs root");
}
