namespace Vireo.Drivers.Qemu.Settings;

/// <summary>What comes of a key of qemu.conf.</summary>
public enum KeyFate
{
    /// <summary>It does what it does in libvirt.</summary>
    Honoured,
    /// <summary>Nothing depends on it.</summary>
    Same,
    /// <summary>A value that would need what is not there ends the daemon's start, with its name.</summary>
    Refused,
    /// <summary>What it is for is not there yet; the log says so when it is set.</summary>
    Missing,
}

/// <summary>A key.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fate">What comes of it.</param>
/// <param name="Text">What it does; for those that are missing, what is not there.</param>
public sealed record QemuConfigKey(string Name, KeyFate Fate, string Text);

/// <summary>All keys of libvirt 9.0.0, in the order of its file. The table in the documentation is made from this.</summary>
public static class QemuConfigKeys
{
    /// <summary>The keys.</summary>
    public static IReadOnlyList<QemuConfigKey> All { get; } =
    [
        new("default_tls_x509_cert_dir", KeyFate.Honoured, "Certificates of services that have no folder of their own."),
        new("default_tls_x509_verify", KeyFate.Honoured, "Whether peers must show a certificate, where a service does not say."),
        new("default_tls_x509_secret_uuid", KeyFate.Honoured, "The secret that unlocks the key of services that have none of their own."),
        new("vnc_listen", KeyFate.Honoured, "Where VNC listens for guests that do not say."),
        new("vnc_auto_unix_socket", KeyFate.Honoured, "VNC screens that do not say where get a UNIX socket."),
        new("vnc_tls", KeyFate.Honoured, "VNC uses TLS."),
        new("vnc_tls_x509_cert_dir", KeyFate.Honoured, "Certificates of VNC."),
        new("vnc_tls_x509_secret_uuid", KeyFate.Honoured, "The secret that unlocks VNC's key."),
        new("vnc_tls_x509_verify", KeyFate.Honoured, "VNC clients must show a certificate."),
        new("vnc_password", KeyFate.Honoured, "The password of guests without one."),
        new("vnc_sasl", KeyFate.Honoured, "VNC users prove themselves by SASL."),
        new("vnc_sasl_dir", KeyFate.Honoured, "SASL's configuration for VNC."),
        new("vnc_allow_host_audio", KeyFate.Honoured, "Audio of guests with VNC may play on the host."),
        new("spice_listen", KeyFate.Honoured, "Where SPICE listens for guests that do not say."),
        new("spice_tls", KeyFate.Honoured, "SPICE may use TLS."),
        new("spice_tls_x509_cert_dir", KeyFate.Honoured, "Certificates of SPICE."),
        new("spice_auto_unix_socket", KeyFate.Honoured, "SPICE screens that do not say where get a UNIX socket."),
        new("spice_password", KeyFate.Honoured, "The password of guests without one."),
        new("spice_sasl", KeyFate.Honoured, "SPICE users prove themselves by SASL."),
        new("spice_sasl_dir", KeyFate.Honoured, "SASL's configuration for SPICE."),
        new("chardev_tls", KeyFate.Honoured, "Character devices over TCP use TLS."),
        new("chardev_tls_x509_cert_dir", KeyFate.Honoured, "Certificates of character devices."),
        new("chardev_tls_x509_verify", KeyFate.Honoured, "Clients of character devices must show a certificate."),
        new("chardev_tls_x509_secret_uuid", KeyFate.Honoured, "The secret that unlocks the key of character devices."),
        new("vxhs_tls", KeyFate.Same, "No QEMU has VxHS any more: such disks are refused."),
        new("vxhs_tls_x509_cert_dir", KeyFate.Same, "No QEMU has VxHS any more: such disks are refused."),
        new("vxhs_tls_x509_secret_uuid", KeyFate.Same, "No QEMU has VxHS any more: such disks are refused."),
        new("nbd_tls", KeyFate.Honoured, "NBD disks use TLS."),
        new("nbd_tls_x509_cert_dir", KeyFate.Honoured, "Certificates for NBD disks."),
        new("nbd_tls_x509_secret_uuid", KeyFate.Honoured, "The secret that unlocks the key for NBD disks."),
        new("migrate_tls_x509_cert_dir", KeyFate.Honoured, "Certificates of migrations with TLS."),
        new("migrate_tls_x509_verify", KeyFate.Honoured, "Whether sources of migrations must show a certificate."),
        new("migrate_tls_x509_secret_uuid", KeyFate.Honoured, "The secret that unlocks the key of migrations."),
        new("migrate_tls_force", KeyFate.Honoured, "Migrations without TLS are refused."),
        new("backup_tls_x509_cert_dir", KeyFate.Honoured, "Certificates for backups that are read over NBD."),
        new("backup_tls_x509_verify", KeyFate.Honoured, "Whoever reads a backup must show a certificate."),
        new("backup_tls_x509_secret_uuid", KeyFate.Honoured, "The secret that unlocks the key of backups."),
        new("nographics_allow_host_audio", KeyFate.Honoured, "Audio of guests without screens may play on the host."),
        new("remote_display_port_min", KeyFate.Honoured, "The first port given to screens."),
        new("remote_display_port_max", KeyFate.Honoured, "The last port given to screens."),
        new("remote_websocket_port_min", KeyFate.Honoured, "The first port given to VNC's web sockets."),
        new("remote_websocket_port_max", KeyFate.Honoured, "The last port given to VNC's web sockets."),
        new("security_driver", KeyFate.Honoured, "What confines guests: \"selinux\" or \"apparmor\", where the host has it; \"none\": nothing does. What the host does not have is refused."),
        new("security_default_confined", KeyFate.Honoured, "0: guests that do not ask for a label show none, and nothing but ownership confines them."),
        new("security_require_confined", KeyFate.Honoured, "1: guests that would not be confined are refused, and so is 1 itself where nothing confines guests."),
        new("user", KeyFate.Honoured, "The user that guests run as."),
        new("group", KeyFate.Honoured, "The group that guests run as."),
        new("dynamic_ownership", KeyFate.Honoured, "0: files keep their owners."),
        new("remember_owner", KeyFate.Honoured, "0: files go back to root, not to the owner from before."),
        new("cgroup_controllers", KeyFate.Honoured, "The controllers used; the others are left alone."),
        new("cgroup_device_acl", KeyFate.Honoured, "The devices that every guest may use, instead of the usual ones."),
        new("save_image_format", KeyFate.Honoured, "The format of saved guests: raw, or the program that compresses them."),
        new("dump_image_format", KeyFate.Honoured, "The format of dumps of whole guests: raw, or the program that compresses them."),
        new("snapshot_image_format", KeyFate.Honoured, "The format of memory in snapshots."),
        new("auto_dump_path", KeyFate.Honoured, "Where guests are dumped to that crash, or whose watchdog barks."),
        new("auto_dump_bypass_cache", KeyFate.Honoured, "The kernel keeps nothing of such dumps in memory."),
        new("auto_start_bypass_cache", KeyFate.Honoured, "The kernel keeps nothing in memory of saved guests that are started with the daemon."),
        new("hugetlbfs_mount", KeyFate.Honoured, "Where huge pages are mounted."),
        new("bridge_helper", KeyFate.Honoured, "The program that makes taps on bridges for the guests of users."),
        new("set_process_name", KeyFate.Honoured, "The process shows the guest's name."),
        new("max_processes", KeyFate.Honoured, "Limit of the guest's user."),
        new("max_files", KeyFate.Honoured, "The last descriptor that a guest's process may have."),
        new("max_threads_per_process", KeyFate.Honoured, "Limit of the threads of a guest and its helpers, where systemd keeps its group."),
        new("max_core", KeyFate.Honoured, "Limit of core files."),
        new("dump_guest_core", KeyFate.Honoured, "Core files hold the guest's memory."),
        new("mac_filter", KeyFate.Honoured, "What cards on bridges send from their own address passes by libvirt's chain of ebtables."),
        new("relaxed_acs_check", KeyFate.Honoured, "1: PCI devices are lent although a switch lets them speak to their neighbours past the IOMMU."),
        new("lock_manager", KeyFate.Honoured, "\"lockd\" takes leases of disks ([the lock manager](log-and-lock-daemons.md)), \"nop\" does not; anything else is refused: starting guests without the locks that were asked for would be worse."),
        new("max_queued", KeyFate.Honoured, "How many changes may wait for one guest."),
        new("keepalive_interval", KeyFate.Honoured, "Seconds of silence before the daemon that a guest moves to is asked whether it is there."),
        new("keepalive_count", KeyFate.Honoured, "How many of these questions may stay unanswered."),
        new("seccomp_sandbox", KeyFate.Honoured, "0: QEMU is not told to limit its system calls."),
        new("migration_address", KeyFate.Honoured, "Where a guest is awaited that comes from another host; unset: everywhere."),
        new("migration_host", KeyFate.Honoured, "How hosts that guests come from are told to call this one; unset: by its name."),
        new("migration_port_min", KeyFate.Honoured, "The first port for guests that come."),
        new("migration_port_max", KeyFate.Honoured, "The last port for guests that come."),
        new("log_timestamp", KeyFate.Honoured, "0: QEMU's lines in the log have no time."),
        new("nvram", KeyFate.Honoured, "Firmwares that no descriptor describes, each with the store that its variables begin as."),
        new("stdio_handler", KeyFate.Honoured, "\"logd\": guests write to [the log manager](log-and-lock-daemons.md) if there is one. \"file\", and without it: straight into their logs, which no daemon's end disturbs."),
        new("gluster_debug_level", KeyFate.Honoured, "How much the Gluster client of disks logs."),
        new("virtiofsd_debug", KeyFate.Honoured, "virtiofsd logs all it does."),
        new("namespaces", KeyFate.Honoured, "\"mount\": guests have a /dev of their own, with what they need in it. Unset: where the host can. A session has none."),
        new("memory_backing_dir", KeyFate.Honoured, "Guest memory in files is below this folder, in libvirt/qemu."),
        new("pr_helper", KeyFate.Honoured, "The program that sends commands of persistent reservations for guests."),
        new("slirp_helper", KeyFate.Refused, "A program that is there is refused: user networks are QEMU's own, or passt's."),
        new("dbus_daemon", KeyFate.Honoured, "The program that is the bus of guests with a screen on D-Bus."),
        new("swtpm_user", KeyFate.Honoured, "The user of TPM emulators."),
        new("swtpm_group", KeyFate.Honoured, "The group of TPM emulators."),
        new("capability_filters", KeyFate.Honoured, "QEMU is used as if it could not do these."),
        new("deprecation_behavior", KeyFate.Honoured, "What QEMU does with members of commands that will go away: \"none\", \"omit\", \"reject\", \"crash\"."),
        new("sched_core", KeyFate.Refused, "Anything but \"none\" is refused: by libvirt where the kernel cannot, by us everywhere."),
        new("allow_disk_format_probing", KeyFate.Refused, "1 is refused, as by libvirt."),
        new("clear_emulator_capabilities", KeyFate.Same, "Read by nobody, here as in libvirt 9.0.0."),
    ];

    /// <summary>The key of a name; null if there is none.</summary>
    public static QemuConfigKey? Find(string name) => All.FirstOrDefault(k => k.Name == name);
}
