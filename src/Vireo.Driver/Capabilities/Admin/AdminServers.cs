using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;

namespace Vireo.Driver;

/// <summary>The daemon's servers: sets of sockets with workers and clients of their own.</summary>
[Capability(ErrorDomain.Admin, Program = WireProgram.Admin)]
public interface IAdminServers
{
    /// <summary>All of them.</summary>
    [Procedure(4, Shape = Shape.List), CExport("virAdmConnectListServers")]
    [return: Bound(16384)]
    ValueTask<AdminServerRef[]> ListServersAsync(uint flags, CancellationToken cancel);

    /// <summary>The server with this name, or error NoServer.</summary>
    [Procedure(5), CExport("virAdmConnectLookupServer")]
    ValueTask<AdminServerRef> LookupServerAsync(string name, uint flags, CancellationToken cancel);

    /// <summary>Least, most, all, free and priority workers, and calls that wait for one, by name.</summary>
    [Procedure(6), CExport("virAdmServerGetThreadPoolParameters")]
    [return: Bound(32)]
    ValueTask<TypedParameter[]> GetThreadPoolAsync(AdminServerRef server, uint flags, CancellationToken cancel);

    /// <summary>Changes least, most or priority workers.</summary>
    [Procedure(7), CExport("virAdmServerSetThreadPoolParameters")]
    ValueTask SetThreadPoolAsync(AdminServerRef server, [Bound(32)] TypedParameter[] parameters, uint flags, CancellationToken cancel);

    /// <summary>How many clients there are and may be, before and after login, by name.</summary>
    [Procedure(12), CExport("virAdmServerGetClientLimits")]
    [return: Bound(32)]
    ValueTask<TypedParameter[]> GetClientLimitsAsync(AdminServerRef server, uint flags, CancellationToken cancel);

    /// <summary>Changes how many clients there may be.</summary>
    [Procedure(13), CExport("virAdmServerSetClientLimits")]
    ValueTask SetClientLimitsAsync(AdminServerRef server, [Bound(32)] TypedParameter[] parameters, uint flags, CancellationToken cancel);

    /// <summary>Reads the server's certificates and keys again.</summary>
    [Procedure(18), CExport("virAdmServerUpdateTlsFiles")]
    ValueTask UpdateTlsFilesAsync(AdminServerRef server, uint flags, CancellationToken cancel);
}

/// <summary>Clients of the daemon's servers.</summary>
[Capability(ErrorDomain.Admin, Program = WireProgram.Admin)]
public interface IAdminClients
{
    /// <summary>All clients of a server.</summary>
    [Procedure(8, Shape = Shape.List), CExport("virAdmServerListClients")]
    [return: Bound(16384)]
    ValueTask<AdminClientRef[]> ListClientsAsync(AdminServerRef server, uint flags, CancellationToken cancel);

    /// <summary>The client with this id, or error NoClient.</summary>
    [Procedure(9), CExport("virAdmServerLookupClient")]
    ValueTask<AdminClientRef> LookupClientAsync(AdminServerRef server, ulong id, uint flags, CancellationToken cancel);

    /// <summary>Who it is: rights, address, user, process and login, by name.</summary>
    [Procedure(10), CExport("virAdmClientGetInfo")]
    [return: Bound(64)]
    ValueTask<TypedParameter[]> GetClientInformationAsync(AdminClientRef client, uint flags, CancellationToken cancel);

    /// <summary>Ends its connection.</summary>
    [Procedure(11), CExport("virAdmClientClose")]
    ValueTask CloseClientAsync(AdminClientRef client, uint flags, CancellationToken cancel);
}
