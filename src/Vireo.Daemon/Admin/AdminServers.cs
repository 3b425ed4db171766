using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Daemon.Service;
using Vireo.Driver;
using Vireo.Rpc.Server;

namespace Vireo.Daemon.Admin;

/// <summary>The daemon's servers as administrators see and change them.</summary>
sealed class AdminServers(Servers servers) : IAdminServers
{
    public ValueTask<AdminServerRef[]> ListServersAsync(uint flags, CancellationToken cancel)
    {
        AdminErrors.NoFlags(flags, "adminConnectListServers");
        return new([.. servers.Names.Select(static name => new AdminServerRef(name))]);
    }

    public ValueTask<AdminServerRef> LookupServerAsync(string name, uint flags, CancellationToken cancel)
    {
        AdminErrors.NoFlags(flags, "adminConnectLookupServer");
        _ = servers.Find(name);
        return new(new AdminServerRef(name));
    }

    public ValueTask<TypedParameter[]> GetThreadPoolAsync(AdminServerRef server, uint flags, CancellationToken cancel)
    {
        AdminErrors.NoFlags(flags, "adminServerGetThreadPoolParameters");
        WorkerState now = servers.Find(server.Name).WorkerState;
        return new([
            new("minWorkers", (uint)now.Min), new("maxWorkers", (uint)now.Max), new("nWorkers", (uint)now.Current),
            new("freeWorkers", (uint)now.Free), new("prioWorkers", (uint)now.Prio), new("jobQueueDepth", (uint)now.Waiting)]);
    }

    public ValueTask SetThreadPoolAsync(AdminServerRef server, TypedParameter[] parameters, uint flags, CancellationToken cancel)
    {
        AdminErrors.NoFlags(flags, "adminServerSetThreadPoolParameters");
        int?[] values = AdminErrors.Numbers(parameters, "minWorkers", "maxWorkers", "prioWorkers");
        if (!servers.Find(server.Name).ChangeWorkers(values[0], values[1], values[2]))
            throw VireoException.InvalidArgument(ErrorDomain.None, "minWorkers cannot be larger than maxWorkers");
        return default;
    }

    public ValueTask<TypedParameter[]> GetClientLimitsAsync(AdminServerRef server, uint flags, CancellationToken cancel)
    {
        AdminErrors.NoFlags(flags, "adminServerGetClientLimits");
        RpcServer found = servers.Find(server.Name);
        return new([
            new("nclients_max", (uint)found.MaxClients), new("nclients", (uint)found.ClientCount),
            new("nclients_unauth_max", (uint)found.MaxAnonymousClients), new("nclients_unauth", (uint)found.AnonymousCount)]);
    }

    public ValueTask SetClientLimitsAsync(AdminServerRef server, TypedParameter[] parameters, uint flags, CancellationToken cancel)
    {
        AdminErrors.NoFlags(flags, "adminServerSetClientLimits");
        int?[] values = AdminErrors.Numbers(parameters, "nclients_max", "nclients_unauth_max");
        if (!servers.Find(server.Name).ChangeClientLimits(values[0], values[1]))
            throw VireoException.InvalidArgument(ErrorDomain.Rpc,
                "The overall maximum number of clients waiting for authentication must not be less than the overall maximum number of clients");
        return default;
    }

    public ValueTask UpdateTlsFilesAsync(AdminServerRef server, uint flags, CancellationToken cancel)
    {
        AdminErrors.NoFlags(flags, "adminServerUpdateTlsFiles");
        if (servers.Find(server.Name) != servers.Main || servers.Tls is not { } tls)
            throw VireoException.Internal(ErrorDomain.Rpc, "no tls service found, unable to update tls files");
        tls.Reload();
        return default;
    }
}

/// <summary>What administrators do wrong.</summary>
static class AdminErrors
{
    internal static void NoFlags(uint flags, string function)
    {
        if (flags != 0)
            throw VireoException.UnsupportedFlags(flags, function, ErrorDomain.Admin);
    }

    /// <summary>The values of unsigned parameters by name; null: not given.</summary>
    internal static int?[] Numbers(TypedParameter[] parameters, params ReadOnlySpan<string> names)
    {
        int?[] values = new int?[names.Length];
        foreach (TypedParameter parameter in parameters)
        {
            int at = names.IndexOf(parameter.Name);
            if (at < 0)
                throw new VireoException(ErrorCode.ArgumentUnsupported, ErrorDomain.None, $"parameter '{parameter.Name}' not supported");
            if (values[at] is not null)
                throw VireoException.InvalidArgument(ErrorDomain.None, $"parameter '{parameter.Name}' occurs multiple times");
            if (parameter.Type is not ParameterType.UInt)
                throw VireoException.InvalidArgument(ErrorDomain.None,
                    $"invalid type '{WireName(parameter.Type)}' for parameter '{parameter.Name}', expected 'uint'");
            values[at] = (int)Math.Min(parameter.AsUInt, int.MaxValue);
        }
        return values;
    }

    static string WireName(ParameterType type) => type switch
    {
        ParameterType.Int => "int",
        ParameterType.UInt => "uint",
        ParameterType.Long => "llong",
        ParameterType.ULong => "ullong",
        ParameterType.Double => "double",
        ParameterType.Boolean => "boolean",
        _ => "string",
    };
}
