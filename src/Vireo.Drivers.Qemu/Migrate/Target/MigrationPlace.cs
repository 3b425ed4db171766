using System.Net;
using System.Net.Sockets;
using Vireo.Core.Errors;
using Vireo.Core.Values;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Settings;

namespace Vireo.Drivers.Qemu.Migrate.Target;

/// <summary>Where the target's QEMU listens, and what the source is told of it.</summary>
/// <param name="Listen">The URI for the target's QEMU.</param>
/// <param name="Told">The URI for the source; null: the one that the caller said.</param>
/// <param name="Port">The port that was taken for it; 0: none.</param>
sealed record MigrationPlace(string Listen, string? Told, int Port)
{
    /// <summary>Chooses a place.</summary>
    /// <exception cref="VireoException">The URI is none that QEMU could listen at, or no port is free.</exception>
    internal static async ValueTask<MigrationPlace> ChooseAsync(QemuConfig config, ScreenPorts ports, Func<Task<string>> hostname, string? uri, string? listenAddress)
    {
        string? address = listenAddress ?? config.MigrationAddress;
        if (uri is null)
        {
            string host = config.MigrationHost ?? await hostname().ConfigureAwait(false);
            if (host.StartsWith("localhost", StringComparison.Ordinal))
                throw VireoException.Internal(ErrorDomain.Qemu, "hostname on destination resolved to localhost, but migration requires an FQDN");
            int free = Take(config, ports);
            return new(Listening("tcp", address, host, free), $"tcp:{Bracketed(host)}:{free}", free);
        }
        // Hosts without slashes are from before URIs were.
        bool old = uri.StartsWith("tcp:", StringComparison.Ordinal) && !uri.StartsWith("tcp://", StringComparison.Ordinal);
        UriText parsed = Read(uri);
        string scheme = parsed.Scheme ?? throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"missing scheme in migration URI: {uri}");
        if (scheme is "unix")
            return parsed.Path is { Length: > 0 } path ? new($"unix:{path}", null, 0)
                : throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"unable to parse URI: {uri}");
        if (scheme is not ("tcp" or "rdma"))
            throw QemuErrors.ArgumentUnsupported($"unsupported scheme {scheme} in migration URI {uri}");
        if (parsed.Server is not { Length: > 0 } server)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"missing host in migration URI: {uri}");
        if (parsed.Port > ushort.MaxValue)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"port of migration URI {uri} is beyond {ushort.MaxValue}");
        if (parsed.Port > 0) return new(Listening(scheme, address, server, parsed.Port), null, 0);
        int port = Take(config, ports);
        string told = old ? $"{uri}:{port}" : $"{scheme}://{Bracketed(server)}:{port}";
        return new(Listening(scheme, address, server, port), told, port);
    }

    static int Take(QemuConfig config, ScreenPorts ports) => ports.Take(ports.Migrations) ?? throw NoPort(config);

    internal static VireoException NoPort(QemuConfig config) => VireoException.Internal(ErrorDomain.Qemu, $"Unable to find an unused port in range 'migration' ({config.MigrationPortMin}-{config.MigrationPortMax})");

    static string Listening(string scheme, string? address, string server, int port) => scheme is "rdma"
        ? $"rdma:{Bracketed(address ?? server)}:{port}"
        : $"tcp:{Bracketed(address ?? Everywhere(server))}:{port}";

    // Both families by one socket, unless the source was told an address of the older one and the host has no other.
    internal static string Everywhere(string server) =>
        Socket.OSSupportsIPv6 && (!IPAddress.TryParse(server, out var named) || named.AddressFamily is AddressFamily.InterNetworkV6 || File.Exists("/proc/net/if_inet6"))
            ? "::" : "0.0.0.0";

    static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;

    /// <summary>The host that a migration's URI names; empty: none.</summary>
    internal static string HostOf(string? uri) => uri is null ? "" : Parse(uri)?.Server ?? "";

    /// <summary>Reads a URI that a caller said.</summary>
    /// <exception cref="VireoException">It is none.</exception>
    internal static UriText Read(string uri) => Parse(uri) ?? throw VireoException.Internal(ErrorDomain.Uri, $"Unable to parse URI {uri}");

    /// <summary>Reads a migration's URI; hosts without slashes are from before URIs were.</summary>
    internal static UriText? Parse(string uri) =>
        UriText.TryParse(uri.StartsWith("tcp:", StringComparison.Ordinal) && !uri.StartsWith("tcp://", StringComparison.Ordinal) ? $"tcp://{uri[4..]}" : uri);
}
