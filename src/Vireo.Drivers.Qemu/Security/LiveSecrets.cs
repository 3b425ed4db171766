using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using SecretRef = Vireo.Model.Domain.Devices.SecretRef;

namespace Vireo.Drivers.Qemu.Security;

/// <summary>
/// Secrets for plans of a guest that runs. Those of devices that come are fetched before they are planned; what is planned of devices that are there
/// names the objects alone, and has no value that QEMU would take.
/// </summary>
sealed class LiveSecrets(QemuKeeper keeper, RunPlaces places) : ISecretSource
{
    static readonly (string Data, string Iv) NameAlone = ("", "");
    readonly Dictionary<SecretLookup, (string Data, string Iv)> encrypted = [];
    MasterKey? key;

    MasterKey Key => key ??= new MasterKey(File.ReadAllBytes(places.MasterKey));

    /// <summary>Asks for the values that a machine needs.</summary>
    /// <exception cref="VireoException">VIR_ERR_NO_SECRET: one is not there or has no value; VIR_ERR_INVALID_ARG: it is for something else; VIR_ERR_NO_SUPPORT: nobody here has secrets.</exception>
    internal async ValueTask FetchAsync(DomainDef machine, CancellationToken cancel)
    {
        SecretRef[] needed = [.. GuestSecrets.NeededBy(machine, keeper.Config).Select(static one => one.Secret)];
        if (needed.Length == 0)
            return;
        using GuestSecrets found = await GuestSecrets.FetchAsync(Key, machine, keeper.Config, keeper.Options.Secrets, cancel).ConfigureAwait(false);
        foreach (SecretRef secret in needed)
            encrypted[new SecretLookup(secret.Uuid, secret.Usage)] = found.Encrypt(secret);
    }

    /// <inheritdoc/>
    public (string Data, string Iv) Encrypt(SecretRef secret) => encrypted.GetValueOrDefault(new SecretLookup(secret.Uuid, secret.Usage), NameAlone);

    /// <inheritdoc/>
    public (string Data, string Iv) Encrypt(ReadOnlySpan<byte> value) => Key.Encrypt(value);
}
