using Vireo.Host.Processes;

namespace Vireo.Launcher;

/// <summary>
/// Puts a /dev that the daemon has made into the place of the host's, in this process's mount namespace, with what the host has mounted below it.
/// </summary>
static unsafe class OwnDev
{
    const int OpenTree = 428, MoveMount = 429;
    const int CloneTree = 1, CloseOnExec = 0x80000, Recursive = 0x8000, FromEmptyPath = 4;
    const int Here = -100, Detach = 2, MostMounts = 64;

    /// <summary>Does it.</summary>
    /// <returns>What failed, with errno; null: nothing.</returns>
    public static string? Take(LaunchOrders orders)
    {
        var trees = new nint[orders.DevMounts.Length];
        for (int i = 0; i < trees.Length; i++)
            if ((trees[i] = Copy(orders.DevMounts[i])) < 0)
                return $"copy mount '{orders.DevMounts[i]}'";
        for (int i = 0; i < MostMounts && LibC.umount2("/dev", Detach) == 0; i++)
            continue;
        if (Move(LaunchOrders.FirstPassed + orders.Targets.Length, "/dev") < 0)
            return "mount a private /dev";
        for (int i = 0; i < trees.Length; i++)
            if (Move(trees[i], orders.DevMounts[i]) < 0)
                return $"mount '{orders.DevMounts[i]}'";
        return null;
    }

    static nint Copy(string path)
    {
        fixed (byte* at = Bytes(path))
            return LibC.syscall(OpenTree, Here, (nint)at, CloneTree | CloseOnExec | Recursive, 0, 0);
    }

    static nint Move(nint tree, string path)
    {
        fixed (byte* at = Bytes(path), nothing = "\0"u8)
            return LibC.syscall(MoveMount, tree, (nint)nothing, Here, (nint)at, FromEmptyPath);
    }

    static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text + "\0");
}
