namespace Vireo.Host.Processes;

/// <summary>
/// A program to start, and everything that is to be true of its process before its first instruction.
/// </summary>
public sealed record ProcessPlan
{
    /// <summary>Its file, as a path.</summary>
    public required string Program { get; init; }
    /// <summary>Its arguments, without the program itself.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
    /// <summary>What it sees as its name; null: the path.</summary>
    public string? ShownName { get; init; }
    /// <summary>All of its environment.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];
    /// <summary>Its folder.</summary>
    public string Folder { get; init; } = "/";
    /// <summary>
    /// Its descriptors: ours, and the number that it finds each under. All others are closed; 0, 1 and 2 are /dev/null if not given.
    /// </summary>
    public IReadOnlyList<PassedDescriptor> Descriptors { get; init; } = [];
    /// <summary>Is the first of a session, so that a terminal or a shell that goes away does not take it along.</summary>
    public bool NewSession { get; init; } = true;
    /// <summary>Is killed when the daemon ends, however it ends (probes; never a guest).</summary>
    public bool DiesWithDaemon { get; init; }
    /// <summary>Permissions that its new files lack; null: as the daemon.</summary>
    public int? Umask { get; init; }
    /// <summary>Limits.</summary>
    public IReadOnlyList<ResourceLimit> Limits { get; init; } = [];
    /// <summary>Nice value; null: as the daemon.</summary>
    public int? Nice { get; init; }
    /// <summary>What the kernel adds when it looks for a process to kill, -1000 to 1000.</summary>
    public int? OomScoreAdjust { get; init; }
    /// <summary>The processors it may use; null: as the daemon.</summary>
    public IReadOnlyList<int>? Processors { get; init; }
    /// <summary>The user; null: as the daemon.</summary>
    public uint? User { get; init; }
    /// <summary>The group; null: as the daemon.</summary>
    public uint? Group { get; init; }
    /// <summary>Further groups; null: as the daemon.</summary>
    public IReadOnlyList<uint>? Groups { get; init; }
    /// <summary>
    /// What confines it, in the words in which a security module of the kernel's takes it for the next program of a thread (/proc/thread-self/attr/exec):
    /// <c>exec PROFILE</c> for AppArmor, a context for SELinux; null: what the daemon's children get.
    /// </summary>
    public string? ExecLabel { get; init; }
    /// <summary>Folders of control groups that it joins.</summary>
    public IReadOnlyList<string> Cgroups { get; init; } = [];
    /// <summary>
    /// Somebody who puts it in its place, by its pid, before it does anything else, and says which folders of control groups it joins then
    /// (instead of <see cref="Cgroups"/>); null: nobody.
    /// </summary>
    public Func<int, CancellationToken, ValueTask<IReadOnlyList<string>>>? Place { get; init; }
    /// <summary>What it says to somebody at a socket, with whom it stays connected; null: nothing.</summary>
    public Greeting? Greeting { get; init; }
    /// <summary>Has a view of the mounts of its own.</summary>
    public bool PrivateMounts { get; init; }
    /// <summary>The /dev that it has for itself, in a view of the mounts of its own; null: the host's.</summary>
    public Namespaces.PrivateDev? Dev { get; init; }
}

/// <summary>
/// The first that a process says to somebody who shall know it by its number: a unix socket tells who connected to it, which must be the process
/// itself. The connection stays open, whatever program the process becomes.
/// </summary>
/// <param name="Socket">The unix socket.</param>
/// <param name="Bytes">What is said: calls of libvirt's protocol.</param>
/// <param name="PidAt">Where in it the process's number belongs, as four bytes, the highest first.</param>
/// <param name="Replies">How many answers are waited for; each must say that all is well.</param>
/// <param name="Number">The number of the descriptor that stays.</param>
public sealed record Greeting(string Socket, byte[] Bytes, IReadOnlyList<int> PidAt, int Replies, int Number);

/// <summary>A descriptor for a program.</summary>
/// <param name="Handle">Ours.</param>
/// <param name="Number">The number that the program finds it under.</param>
public readonly record struct PassedDescriptor(System.Runtime.InteropServices.SafeHandle Handle, int Number);

/// <summary>A limit of a process.</summary>
/// <param name="Resource">Which (RLIMIT_*).</param>
/// <param name="Soft">What counts now.</param>
/// <param name="Hard">What it can be raised to.</param>
public readonly record struct ResourceLimit(Resource Resource, ulong Soft, ulong Hard)
{
    /// <summary>No limit.</summary>
    public const ulong Unlimited = ulong.MaxValue;
}

/// <summary>What can be limited, in Linux's numbers.</summary>
public enum Resource
{
#pragma warning disable CS1591
    Cpu = 0, FileSize = 1, Data = 2, Stack = 3, Core = 4, Processes = 6, Files = 7, LockedMemory = 8, AddressSpace = 9,
#pragma warning restore CS1591
}
