using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Daemon.Service;
using Vireo.Driver;
using Vireo.Host.Users;
using Vireo.Rpc.Server;

namespace Vireo.Daemon.Admin;

/// <summary>The clients of the daemon's servers as administrators see them.</summary>
sealed class AdminClients(Servers servers) : IAdminClients
{
    public ValueTask<AdminClientRef[]> ListClientsAsync(AdminServerRef server, uint flags, CancellationToken cancel)
    {
        AdminErrors.NoFlags(flags, "adminServerListClients");
        return new([.. servers.Find(server.Name).Clients().Select(client => RefOf(server, client))]);
    }

    public ValueTask<AdminClientRef> LookupClientAsync(AdminServerRef server, ulong id, uint flags, CancellationToken cancel)
    {
        AdminErrors.NoFlags(flags, "adminServerLookupClient");
        return new(RefOf(server, Find(server, id)));
    }

    public ValueTask<TypedParameter[]> GetClientInformationAsync(AdminClientRef client, uint flags, CancellationToken cancel)
    {
        AdminErrors.NoFlags(flags, "adminClientGetInfo");
        return new(Describe(Find(client.Server, client.Id)));
    }

    public ValueTask CloseClientAsync(AdminClientRef client, uint flags, CancellationToken cancel)
    {
        AdminErrors.NoFlags(flags, "adminClientClose");
        Find(client.Server, client.Id).Disconnect();
        return default;
    }

    RpcPeer Find(AdminServerRef server, ulong id) =>
        servers.Find(server.Name).Clients().FirstOrDefault(client => (ulong)client.Id == id)
        ?? throw new VireoException(ErrorCode.NoClient, ErrorDomain.Rpc, $"No client with matching ID '{id}'");

    static AdminClientRef RefOf(AdminServerRef server, RpcPeer client) =>
        new(server, (ulong)client.Id, client.Since.ToUnixTimeSeconds(), (ClientTransport)client.Service.Transport);

    static TypedParameter[] Describe(RpcPeer client)
    {
        var known = new List<TypedParameter> { new("readonly", client.ReadOnly) };
        if (client.SaslName is { } sasl)
            known.Add(new("sasl_user_name", sasl));
        if (client.Service.Transport is not RpcTransport.Unix)
        {
            known.Add(new("sock_addr", client.Identity.Remote?.ToString() ?? ""));
            if (client.Tls?.Name is { } name)
                known.Add(new("tls_x509_dname", name));
        }
        else if (client.Identity is { Uid: { } user, Gid: { } group, Pid: { } process })
        {
            known.Add(new("unix_user_id", (int)user));
            known.Add(new("unix_user_name", HostUsers.NameOfUser(user) ?? user.ToString()));
            known.Add(new("unix_group_id", (int)group));
            known.Add(new("unix_group_name", HostUsers.NameOfGroup(group) ?? group.ToString()));
            known.Add(new("unix_process_id", process));
        }
        if (client.Identity.SecurityLabel is { } label)
            known.Add(new("selinux_context", label));
        return [.. known];
    }
}
