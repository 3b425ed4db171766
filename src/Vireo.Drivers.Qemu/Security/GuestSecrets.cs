using System.Security.Cryptography;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using SecretRef = Vireo.Model.Domain.Devices.SecretRef;

namespace Vireo.Drivers.Qemu.Security;

/// <summary>
/// Values of the secrets that a guest's devices name, fetched before anything is planned and given to QEMU only as the guest's key encrypts them.
/// </summary>
sealed class GuestSecrets : ISecretSource, IDisposable
{
    readonly Dictionary<SecretLookup, byte[]> _values = [];
    readonly MasterKey _key;

    GuestSecrets(MasterKey key) => _key = key;

    /// <summary>Asks for the values that a machine needs.</summary>
    /// <exception cref="VireoException">VIR_ERR_NO_SECRET: one is not there or has no value; VIR_ERR_INVALID_ARG: it is for something else; VIR_ERR_NO_SUPPORT: nobody here has secrets.</exception>
    internal static async Task<GuestSecrets> FetchAsync(MasterKey key, DomainDef machine, QemuConfig config, ISecretValues? values, CancellationToken cancel)
    {
        var found = new GuestSecrets(key);
        foreach ((SecretRef secret, SecretUsageType usage) in NeededBy(machine, config))
        {
            var which = new SecretLookup(secret.Uuid, secret.Usage);
            if (!found._values.ContainsKey(which))
                found._values.Add(which, await (values ?? throw VireoException.NoSupport("secrets of devices", ErrorDomain.Qemu))
                    .GetValueAsync(which, usage, cancel).ConfigureAwait(false));
        }
        return found;
    }

    /// <summary>Those that a machine's devices name, and those that unlock keys of the certificates that they use.</summary>
    internal static IEnumerable<(SecretRef Secret, SecretUsageType Usage)> NeededBy(DomainDef machine, QemuConfig config) => Named(machine).Concat(Certificates(machine, config));

    /// <inheritdoc/>
    public (string Data, string Iv) Encrypt(SecretRef secret) => _values.TryGetValue(new SecretLookup(secret.Uuid, secret.Usage), out byte[]? value)
        ? _key.Encrypt(value) : throw VireoException.NoSupport("secrets of devices", ErrorDomain.Qemu);

    /// <inheritdoc/>
    public (string Data, string Iv) Encrypt(ReadOnlySpan<byte> value) => _key.Encrypt(value);

    /// <summary>Forgets the values.</summary>
    public void Dispose()
    {
        foreach (byte[] value in _values.Values) CryptographicOperations.ZeroMemory(value);
        _values.Clear();
    }

    static IEnumerable<(SecretRef Secret, SecretUsageType Usage)> Named(DomainDef machine)
    {
        var named = new List<(SecretRef, SecretUsageType)>();
        foreach (Disk disk in machine.Devices.Disks)
        {
            named.AddRange(Of(disk.Auth, disk.Encryption));
            for (BackingStore? image = new() { Source = disk.Source, Next = disk.BackingStore }; image is { Source: { } source }; image = image.Next)
                named.AddRange(Of(source.Auth, source.Encryption));
        }
        foreach (Hostdev hostdev in machine.Devices.Hostdevs)
            if (hostdev.Source is HostdevSource.OfScsi { Auth: { } auth })
                named.Add((auth.Secret, SecretUsageType.Iscsi));
        return named;
    }

    static IEnumerable<(SecretRef, SecretUsageType)> Of(DiskAuth? auth, DiskEncryption? encryption)
    {
        if (auth is not null)
            yield return (auth.Secret, auth.Secret.Type is "ceph" ? SecretUsageType.Ceph : SecretUsageType.Iscsi);
        if (encryption is { Secrets: [{ } secret, ..] })
            yield return (secret, SecretUsageType.Volume);
    }

    // Those that unlock keys of certificates; only what the machine uses is asked for.
    static IEnumerable<(SecretRef, SecretUsageType)> Certificates(DomainDef machine, QemuConfig config)
    {
        string?[] named =
        [
            machine.Devices.Graphics.Any(static g => g is Graphics.Vnc) && config.Vnc.Tls.Enabled ? config.Vnc.Tls.SecretUuid : null,
            machine.Devices.Disks.Any(static d => d.Source is DiskSource.OfNetwork { Protocol: NetworkDiskProtocol.Nbd }) ? config.NbdTls.SecretUuid : null,
            machine.Devices.OfType<CharDevice>().Any(d => d.Source is ChardevSource.OfTcp tcp && (tcp.Tls ?? config.CharacterTls.Enabled)) ? config.CharacterTls.SecretUuid : null,
        ];
        foreach (string? text in named)
            if (Uuid.TryParse(text ?? "", out Uuid uuid))
                yield return (new SecretRef { Uuid = uuid }, SecretUsageType.Tls);
    }
}
