using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Status;
using Vireo.Model.Backup;

namespace Vireo.Drivers.Qemu.Backups;

/// <summary>QEMU's NBD server, through which backups are read.</summary>
static class BackupServing
{
    const string Tls = "objlibvirt_backup_tls0", Secret = "libvirt_backup-secret0";

    /// <summary>libvirt has QEMU find no port of its own.</summary>
    internal static void Check(BackupServer? server)
    {
        if (server is { Transport: not BackupTransport.Unix, Port: null or 0 })
            throw Checkpoints.CheckpointErrors.Operation("<domainbackup> must specify TCP port for now");
    }

    /// <summary>What a status file remembers of them.</summary>
    internal static XmlFragment? Remembered(IPlugGuest guest, BackupServer? server)
    {
        if (server is not { Tls: true })
            return null;
        var data = new SourcePrivateData { TlsAlias = Tls };
        return (guest.Start.Tls.Backup.SecretUuid is null ? data : data.WithSecret(SourceSecretKind.TlsKey, Secret)).ToFragment();
    }

    internal static async ValueTask StartAsync(QemuKeeper keeper, LiveQemu live, IPlugGuest guest, BackupServer server, CancellationToken cancel)
    {
        if (server.Tls is true)
        {
            TlsFiles files = guest.Start.Tls.Backup;
            string? password = await TlsSecret.GiveAsync(
                keeper, live.Monitor, live.Facts, live.Places, ("backup_tls_x509_secret_uuid", files.SecretUuid), Secret, cancel).ConfigureAwait(false);
            await TlsSecret.MakeAsync(live.Monitor, live.Facts, new QemuObject("tls-creds-x509", Tls)
            {
                { "dir", files.Directory },
                { "endpoint", "server" },
                { "verify-peer", files.Verify },
                { "passwordid", password },
            }, cancel).ConfigureAwait(false);
        }
        var address = server.Transport is BackupTransport.Unix
            ? new QemuProperties { { "type", "unix" }, { "data", new QemuProperties { { "path", server.Socket } } } }
            : new QemuProperties
            {
                { "type", "inet" },
                { "data", new QemuProperties { { "host", server.Name }, { "port", server.Port!.Value.ToString(CultureInfo.InvariantCulture) } } },
            };
        await guest.Monitor.RunAsync(new NbdServerStart(address, server.Tls is true ? Tls : null), cancel).ConfigureAwait(false);
    }

    /// <summary>Ends it. What is gone already, or was never there, does not matter.</summary>
    internal static async ValueTask StopAsync(QmpMonitor monitor, BackupServer? server)
    {
        await TryAsync(monitor, new NbdServerStop()).ConfigureAwait(false);
        if (server is { Tls: true })
        {
            await TryAsync(monitor, new ObjectDel(Tls)).ConfigureAwait(false);
            await TryAsync(monitor, new ObjectDel(Secret)).ConfigureAwait(false);
        }
    }

    /// <summary>QEMU has ended, and may have left its socket.</summary>
    internal static void Forget(BackupServer? server)
    {
        if (server is { Transport: BackupTransport.Unix, Socket: { } socket })
            File.Delete(socket);
    }

    internal static async ValueTask TryAsync(QmpMonitor monitor, IQmpAction command)
    {
        try
        {
            await monitor.RunAsync(command, CancellationToken.None).ConfigureAwait(false);
        }
        catch (QmpRefusal)
        {
            // It is not there.
        }
    }
}
