using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Settings;

namespace Vireo.Drivers.Qemu.Migrate;

/// <summary>The certificates that a QEMU shows while it migrates: objects that are there as long as the migration is.</summary>
static class MigrationTls
{
    /// <summary>The object with the certificates.</summary>
    internal const string Alias = "objlibvirt_migrate_tls0";
    const string Secret = "libvirt_migrate-secret0";

    /// <summary>Makes them.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="monitor">The QEMU.</param>
    /// <param name="facts">What it can do.</param>
    /// <param name="places">Where it keeps its master key.</param>
    /// <param name="source">It sends; else it receives, and asks for certificates if qemu.conf says so.</param>
    /// <param name="cancel">Gives up.</param>
    internal static async ValueTask AddAsync(QemuKeeper keeper, QmpMonitor monitor, QemuFacts facts, RunPlaces places, bool source, CancellationToken cancel)
    {
        TlsFiles files = HostSettings.MigrationTls(keeper.Config, keeper.Host);
        // What a migration before left behind would be in the way.
        await RemoveAsync(monitor).ConfigureAwait(false);
        string? password = await TlsSecret.GiveAsync(keeper, monitor, facts, places, ("migrate_tls_x509_secret_uuid", files.SecretUuid), Secret, cancel).ConfigureAwait(false);
        await TlsSecret.MakeAsync(monitor, facts, new QemuObject("tls-creds-x509", Alias)
        {
            { "dir", files.Directory },
            { "endpoint", source ? "client" : "server" },
            { "verify-peer", source || files.Verify },
            { "passwordid", password },
        }, cancel).ConfigureAwait(false);
    }

    /// <summary>Takes them away; none are there: nothing happens.</summary>
    internal static async ValueTask RemoveAsync(QmpMonitor monitor)
    {
        foreach (string id in new[] { Alias, Secret })
            try
            {
                await monitor.RunAsync(new ObjectDel(id), CancellationToken.None).ConfigureAwait(false);
            }
            catch (QmpRefusal)
            {
                // It is not there.
            }
    }
}
