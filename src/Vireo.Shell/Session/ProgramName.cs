namespace Vireo.Shell.Session;

/// <summary>What the program was called.</summary>
static class ProgramName
{
    /// <summary>The last part of argv[0]; "vireo" when a runtime host stands there.</summary>
    public static string Own()
    {
        string name = Path.GetFileName(Environment.GetCommandLineArgs() is [var first, ..] ? first : "");
        return name is "virsh" ? name : "vireo";
    }
}
