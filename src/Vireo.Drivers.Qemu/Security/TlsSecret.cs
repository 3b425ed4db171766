using System.Security.Cryptography;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;

namespace Vireo.Drivers.Qemu.Security;

/// <summary>The secret that unlocks the key of certificates, given to a QEMU that runs.</summary>
static class TlsSecret
{
    /// <summary>Gives it, encrypted with the run's own key.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="monitor">The QEMU.</param>
    /// <param name="facts">What it can do.</param>
    /// <param name="places">Where it keeps its key.</param>
    /// <param name="setting">What qemu.conf says, and in which key.</param>
    /// <param name="id">The object's name.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The object's name; null: there is no secret.</returns>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: qemu.conf names none; VIR_ERR_NO_SECRET: there is none of that name.</exception>
    internal static async ValueTask<string?> GiveAsync(
        QemuKeeper keeper, QmpMonitor monitor, QemuFacts facts, RunPlaces places, (string Key, string? Uuid) setting, string id, CancellationToken cancel)
    {
        if (setting.Uuid is not { } text)
            return null;
        if (!Uuid.TryParse(text, out Uuid uuid)) throw VireoException.Internal(ErrorDomain.Qemu, $"{setting.Key} '{text}' of qemu.conf is no uuid");
        ISecretValues values = keeper.Options.Secrets ?? throw VireoException.NoSupport("secrets of certificates", ErrorDomain.Qemu);
        byte[] value = await values.GetValueAsync(new SecretLookup(uuid, null), SecretUsageType.Tls, cancel).ConfigureAwait(false);
        var key = new MasterKey(await File.ReadAllBytesAsync(places.MasterKey, cancel).ConfigureAwait(false));
        try
        {
            await MakeAsync(monitor, facts, BlockObjects.Secret(id, key.Encrypt(value)), cancel).ConfigureAwait(false);
            return id;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(value);
        }
    }

    /// <summary>Makes an object.</summary>
    internal static async ValueTask MakeAsync(QmpMonitor monitor, QemuFacts facts, QemuPart made, CancellationToken cancel) =>
        await monitor.RunAsync(new MakePart("object-add", made) { IsNested = !facts.Has(QemuFlag.ObjectQapified) }, cancel).ConfigureAwait(false);
}
