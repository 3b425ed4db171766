using Vireo.Core.Errors;
using Vireo.Daemon.Roles;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Host;
using Vireo.Remote;
using Vireo.Rpc.Client;

namespace Vireo.Daemon.Managers;

/// <summary>Where this daemon finds the log and the lock manager: ours or libvirt's, which share their sockets.</summary>
/// <param name="paths">The daemon's places.</param>
sealed class ManagerDoors(HostPaths paths) : IGuestManagers
{
    string SocketOf(DaemonRole role) => paths.Socket(role.SocketFile(Service.SocketRole.ReadWrite)!);

    public IManagerConnection<IGuestLogs>? FindLogs()
    {
        string path = SocketOf(ManagerRoles.Log);
        try
        {
            return File.Exists(path) ? new Door<IGuestLogs>(path) : null;
        }
        catch (VireoException)
        {
            return null;    // what a dead one left behind
        }
    }

    public IManagerConnection<IDiskLocks> OpenLocks() => new Door<IDiskLocks>(SocketOf(ManagerRoles.Lock));

    public LockRegistration RegistrationOf(LockOwner owner)
    {
        byte[] bytes = LockCalls.Registration(owner, out int pidAt);
        return new LockRegistration(SocketOf(ManagerRoles.Lock), bytes, [pidAt], 2);
    }

    sealed class Door<T>(string path) : IManagerConnection<T> where T : class
    {
        readonly ManagerClient client = new(BlockingRpcChannel.Connect(path));

        public T Program => client.Capabilities.Find<T>()!;

        public void Dispose() => client.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
