namespace Vireo.Driver.Contracts;

/// <summary>
/// The processes beside the daemon that keep what must outlive it: logs of guests, and leases of their disks. Calls complete before they return.
/// </summary>
public interface IGuestManagers
{
    /// <summary>Connects to the log manager; null: none is there.</summary>
    IManagerConnection<IGuestLogs>? FindLogs();

    /// <summary>Connects to the lock manager.</summary>
    /// <exception cref="Core.Errors.VireoException">None is there.</exception>
    IManagerConnection<IDiskLocks> OpenLocks();

    /// <summary>What a guest's own process says to the lock manager, before it becomes the guest: whose leases end with it.</summary>
    /// <param name="owner">The guest; its process is not known yet.</param>
    LockRegistration RegistrationOf(LockOwner owner);
}

/// <summary>A connection, which ends when it is disposed of.</summary>
/// <typeparam name="T">What can be asked there.</typeparam>
public interface IManagerConnection<out T> : IDisposable
{
    /// <summary>What can be asked there.</summary>
    T Program { get; }
}

/// <summary>The bytes of a registration.</summary>
/// <param name="Socket">The lock manager's socket.</param>
/// <param name="Bytes">The calls.</param>
/// <param name="PidAt">Where in them the process's number belongs.</param>
/// <param name="Replies">How many answers there will be.</param>
public sealed record LockRegistration(string Socket, byte[] Bytes, IReadOnlyList<int> PidAt, int Replies);
