using Vireo.Host.Processes;

namespace Vireo.Drivers.Network.Start;

/// <summary>Programs of the host that this driver runs.</summary>
static class HostTools
{
    /// <summary>A program that is run to its end, in the C locale.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ProcessPlan Plan(string program, params IReadOnlyList<string> arguments) => new()
    {
        Program = program,
        Arguments = arguments,
        Environment = ProgramEnvironment.Plain,
    };

    /// <summary>The path of a program that must be there.</summary>
    public static string Find(string name) => ProgramOutput.Find(name) ?? throw NetworkErrors.Internal($"Cannot find '{name}' in path");
}
