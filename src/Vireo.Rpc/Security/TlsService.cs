using Microsoft.Extensions.Logging;

namespace Vireo.Rpc.Security;

/// <summary>The files of one side of TLS.</summary>
/// <param name="Ca">Certificates of the authorities that the other side is certified by.</param>
/// <param name="Certificate">The own certificate, and those between it and an authority; null: a client without one.</param>
/// <param name="Key">Its private key.</param>
/// <param name="Crl">Revoked certificates; the file may be missing. Null: none.</param>
public sealed record TlsFiles(string Ca, string? Certificate, string? Key, string? Crl);

/// <summary>Who is let in.</summary>
public sealed record TlsRules
{
    /// <summary>The server's own certificates are not looked at critically.</summary>
    public bool NoSanity { get; init; }

    /// <summary>The name that the other side's certificate must have: the other side is a server. Null: it is a client.</summary>
    public string? ServerName { get; init; }

    /// <summary>The other side needs no certificate, or any will do.</summary>
    public bool NoVerify { get; init; }

    /// <summary>Patterns of names that are let in; null: all.</summary>
    public IReadOnlyList<string>? AllowedNames { get; init; }

    /// <summary>Protocols and ciphers.</summary>
    public TlsPriority Priority { get; init; } = TlsPriority.Normal;
}

/// <summary>A TLS service: certificates that can be changed while it runs, and who is let in.</summary>
public sealed class TlsService
{
    readonly TlsFiles files;
    readonly TlsRules rules;
    readonly ILogger log;
    volatile TlsCredentials current;

    TlsService(TlsFiles files, TlsRules rules, ILogger log)
    {
        (this.files, this.rules, this.log) = (files, rules, log);
        current = TlsCredentials.Load(files, rules, log);
    }

    /// <summary>Reads the files.</summary>
    /// <exception cref="Core.Errors.VireoException">One of them is missing or wrong.</exception>
    public static TlsService Load(TlsFiles files, TlsRules rules, ILogger log) => new(files, rules, log);

    internal TlsCredentials Current => current;

    /// <summary>Reads the files again, for clients that come from now on. If they are wrong, what was there stays in force.</summary>
    /// <exception cref="Core.Errors.VireoException">One of them is missing or wrong.</exception>
    public void Reload() => current = TlsCredentials.Load(files, rules, log);

    /// <summary>Why a certified client is not let in, or null.</summary>
    internal string? Refusal(string? name)
    {
        if (rules.NoVerify || rules.AllowedNames is not { } allowed)
            return null;
        return name is not null && allowed.Any(pattern => DistinguishedName.Fits(pattern, name))
            ? null
            : $"Client's Distinguished Name '{name}' is not on the list of allowed clients (tls_allowed_dn_list)";
    }
}
