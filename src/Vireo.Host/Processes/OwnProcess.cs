namespace Vireo.Host.Processes;

/// <summary>What a daemon does to itself.</summary>
public static class OwnProcess
{
    /// <summary>This process is root's.</summary>
    public static bool IsRoot => LibC.geteuid() == 0;

    /// <summary>Ends as by kill -9: nothing is written, undone or disposed. For tests of crashes.</summary>
    public static void Kill() => _ = LibC.kill(LibC.getpid(), LibC.SIGKILL);
}
