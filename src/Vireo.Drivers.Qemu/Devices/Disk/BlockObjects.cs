using System.Collections.Immutable;
using System.Text;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Objects that an image's nodes refer to: secrets, certificates, keepers of reservations.</summary>
static class BlockObjects
{
    /// <summary>The object that keeps reservations for all disks that leave it to the host's helper.</summary>
    public const string ManagedReservations = "pr-helper0";

    /// <summary>Names of an image's nodes and of all objects that it needs.</summary>
    public static ImageNames NamesOf(DiskSource source, DiskAuth? auth, DiskEncryption? encryption, DescriptorSets sets, PlanContext at)
    {
        ImageNames names = ImageNames.OfIndex(source.Index);
        var network = source as DiskSource.OfNetwork;
        if (network?.Protocol is NetworkDiskProtocol.Tftp)
            throw DiskErrors.Unsupported("'tftp' protocol is not supported with this QEMU binary");
        if (network?.Protocol is NetworkDiskProtocol.Vxhs)
            throw DiskErrors.Unsupported("VxHS protocol is not supported with this QEMU binary");
        return names with
        {
            AuthSecret = auth is null ? null : AuthSecretOf(names),
            EncryptionSecret = encryption is null || encryption.Secrets.IsEmpty ? null : EncryptionSecretOf(names),
            CookieSecret = network is not { Protocol: NetworkDiskProtocol.Http or NetworkDiskProtocol.Https, Cookies.IsEmpty: false } ? null : CookieSecretOf(names),
            TlsCredentials = network is not null && TlsOf(network, at) is not null ? TlsOf(names) : null,
            ReservationManager = ReservationsOf(source, names),
            DescriptorSet = source is DiskSource.OfFile { FdGroup: not null } && sets.Find(source.Index) is { } set ? $"/dev/fdset/{set}" : null,
        };
    }

    /// <summary>The secret with which the server of an image is asked.</summary>
    internal static string AuthSecretOf(ImageNames names) => $"{names.Storage}-auth-secret0";

    /// <summary>The secret that unlocks an image.</summary>
    internal static string EncryptionSecretOf(ImageNames names) => $"{names.Format}-encryption-secret0";

    /// <summary>The secret with the cookies for the server of an image.</summary>
    internal static string CookieSecretOf(ImageNames names) => $"{names.Storage}-httpcookie-secret0";

    /// <summary>The certificates for the server of an image.</summary>
    internal static string TlsOf(ImageNames names) => $"obj{names.Storage}_tls0";

    /// <summary>What keeps reservations of an image; null: nothing.</summary>
    internal static string? ReservationsOf(DiskSource source, ImageNames names) => source.Reservations switch
    {
        null => null,
        { Managed: true } => ManagedReservations,
        _ => $"pr-helper-{names.Storage}",
    };

    /// <summary>The objects, in the order in which they need each other.</summary>
    public static IEnumerable<QemuPart> Of(BlockImage image, PlanContext at)
    {
        ImageNames names = image.Names;
        if (image.Source.Reservations is { Managed: false } kept)
            yield return new QemuObject("pr-manager-helper", names.ReservationManager!) { { "path", kept.Path } };
        if (names.AuthSecret is { } auth)
            yield return Secret(auth, SecretsOf(at).Encrypt(image.Auth!.Secret));
        if (names.EncryptionSecret is { } key)
            yield return Secret(key, SecretsOf(at).Encrypt(image.Encryption!.Secrets[0]));
        if (image.Source is not DiskSource.OfNetwork network)
            yield break;
        if (names.CookieSecret is { } cookie)
            yield return Secret(cookie, SecretsOf(at).Encrypt(Encoding.UTF8.GetBytes(ServerNode.CookiesOf(network)!)));
        if (names.TlsCredentials is { } credentials)
            foreach (QemuPart part in TlsCredentials.Client(credentials, TlsOf(network, at)!, at))
                yield return part;
    }

    /// <summary>A secret, encrypted with the machine's own key.</summary>
    public static QemuObject Secret(string id, (string Data, string Iv) value) => new("secret", id)
    {
        { "data", value.Data },
        { "keyid", "masterKey0" },
        { "iv", value.Iv },
        { "format", "base64" },
    };

    /// <summary>Whoever knows the values of secrets.</summary>
    public static ISecretSource SecretsOf(PlanContext at) =>
        at.Start.Secrets ?? throw VireoException.NoSupport("secrets of devices", ErrorDomain.Qemu);

    static TlsFiles? TlsOf(DiskSource.OfNetwork source, PlanContext at)
    {
        if (source.Protocol is not (NetworkDiskProtocol.Nbd or NetworkDiskProtocol.Vxhs))
            return source.Tls is true
                ? throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Qemu, $"TLS transport is not supported for disk protocol '{source.Protocol.ToXml()}'")
                : null;
        TlsFiles files = source.Protocol is NetworkDiskProtocol.Nbd ? at.Start.Tls.Nbd : at.Start.Tls.Vxhs;
        return source.Tls ?? (files.ByDefault && source.Hosts.All(static h => h.Transport is not DiskHostTransport.Unix)) ? files : null;
    }
}

/// <summary>Certificates as objects.</summary>
static class TlsCredentials
{
    /// <summary>What a client shows and asks for.</summary>
    public static IEnumerable<QemuPart> Client(string id, TlsFiles files, PlanContext at) => Of(id, $"{id}-secret0", files, "client", verify: true, at);

    /// <summary>What one end shows, and whether it looks at what the other shows.</summary>
    public static IEnumerable<QemuPart> Of(string id, string secret, TlsFiles files, string endpoint, bool verify, PlanContext at)
    {
        string? password = null;
        if (files.SecretUuid is { } text && Uuid.TryParse(text, out Uuid uuid))
        {
            password = secret;
            yield return BlockObjects.Secret(password, BlockObjects.SecretsOf(at).Encrypt(new SecretRef { Uuid = uuid }));
        }
        yield return new QemuObject("tls-creds-x509", id)
        {
            { "dir", files.Directory },
            { "endpoint", endpoint },
            { "verify-peer", verify },
            { "passwordid", password },
        };
    }
}
