using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Security.Confinement;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Host.Namespaces;
using Vireo.Host.Processes;
using Vireo.Host.Users;
using Vireo.Hypervisor.Security;
using Vireo.Hypervisor.Security.AppArmor;
using Vireo.Model.Capabilities;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Security;

/// <summary>
/// As whom guests run, and which files are theirs while they do. The system's daemon gives every guest a user and a group (libvirt's
/// model "dac"); in a user's session guests run as the user, and no file changes hands.
/// </summary>
sealed class QemuSecurity
{
    static readonly string[] UsualUsers = ["libvirt-qemu", "qemu"];

    QemuSecurity(Ids? guests, bool dynamic, Ownership ownership, bool fallback) =>
        (Guests, Dynamic, Ownership, FellBack) = (guests, dynamic, ownership, fallback);

    /// <summary>The user and group of guests that do not say otherwise; null: they run as the daemon does.</summary>
    internal Ids? Guests { get; }

    /// <summary>Files are given to guests while they run.</summary>
    internal bool Dynamic { get; }

    /// <summary>Gives files away and takes them back.</summary>
    internal Ownership Ownership { get; }

    /// <summary>There is no user for guests on this host: they run as root.</summary>
    internal bool FellBack { get; }

    /// <summary>The user and group of TPM emulators; null: they run as the daemon does.</summary>
    internal Ids? Tpms { get; private init; }

    /// <summary>Confines guests; null: the host has nothing that does, or qemu.conf wants none.</summary>
    internal GuestConfinement? Confinement { get; private init; }

    /// <summary>Guests have a /dev of their own.</summary>
    internal bool OwnDev { get; private init; }

    /// <summary>Guests that do not say so have a label, too. Without one they run and own their files all the same, and no document shows it.</summary>
    bool LabelsAll { get; init; }

    /// <summary>Guests that would not be confined are refused.</summary>
    bool WantsConfined { get; init; }

    /// <summary>The models, as the host's capabilities show them.</summary>
    internal IReadOnlyList<HostSecurityModel> Models
    {
        get
        {
            var first = Confinement?.Shown ?? new HostSecurityModel("none", "0", []);
            if (Guests is not { } ids) return [first];
            return [first, new HostSecurityModel(DacLabel.Model, "0", [("kvm", ids.ToString()), ("qemu", ids.ToString())])];
        }
    }

    /// <summary>What a daemon's configuration makes of it.</summary>
    /// <param name="config">qemu.conf.</param>
    /// <param name="paths">The daemon's places.</param>
    /// <param name="time">Tells when the host booted where the kernel does not.</param>
    /// <param name="processes">Starts the programs that security modules of the kernel's need; null: none is used.</param>
    /// <param name="host">Where those modules are looked for; null: on this host.</param>
    /// <param name="warn">Told what goes another way than who looks after the host may think; null: nobody is.</param>
    /// <exception cref="VireoException">It asks for a driver, a user or a group that is not there.</exception>
    internal static QemuSecurity Create(QemuConfig config, HostPaths paths, TimeProvider time, ProcessHost? processes = null, FileSystemRoot? host = null,
        Action<string>? warn = null)
    {
        bool system = paths.Privileged && OwnProcess.IsRoot;
        bool remember = config.RememberOwner ?? true;
        long bootTime = Ownership.BootTimeOf(FileSystemRoot.Host, time.GetUtcNow());
        GuestConfinement? confinement = FindConfinement(config, paths, system ? processes : null, host ?? FileSystemRoot.Host,
            policy => new SelinuxFiles(policy, system && remember, bootTime), warn);
        bool ownDev = WantsOwnDev(config.Namespaces, system);
        var ownership = new Ownership(remember, bootTime);
        if (!system)
            return new QemuSecurity(null, false, ownership, false) { LabelsAll = config.SecurityDefaultConfined, WantsConfined = config.SecurityRequireConfined, Confinement = confinement };
        uint? user = config.User is { } written
            ? HostUsers.FindUser(written) ?? throw VireoException.InvalidArgument(ErrorDomain.None, $"Failed to parse user '{written}'")
            : UsualUsers.Select(HostUsers.FindUser).FirstOrDefault(static id => id is not null);
        uint? group = config.Group is { } own
            ? HostUsers.FindGroup(own) ?? throw VireoException.InvalidArgument(ErrorDomain.None, $"Failed to parse group '{own}'")
            : UsualUsers.Select(HostUsers.FindGroup).FirstOrDefault(static id => id is not null);
        return new QemuSecurity(
            new Ids(user ?? 0, group ?? 0), config.DynamicOwnership ?? true, ownership,
            user is null && config.User is null)
        {
            LabelsAll = config.SecurityDefaultConfined,
            WantsConfined = config.SecurityRequireConfined,
            Confinement = confinement,
            OwnDev = ownDev,
            Tpms = new Ids(Named(config.SwtpmUser, "tss", HostUsers.FindUser, "user"), Named(config.SwtpmGroup, "tss", HostUsers.FindGroup, "group")),
        };
    }

    // The model "dac" is nobody's choice: the system's daemon always has it. A list without names is as good as none.
    static GuestConfinement? FindConfinement(QemuConfig config, HostPaths paths, ProcessHost? processes, FileSystemRoot host,
        Func<SelinuxPolicy, SelinuxFiles> files, Action<string>? warn)
    {
        IReadOnlyList<string> drivers = config.SecurityDrivers ?? [];
        if (drivers.GroupBy(static driver => driver, StringComparer.Ordinal).FirstOrDefault(static same => same.Count() > 1) is { Key: var twice })
            throw new VireoException(ErrorCode.ConfSyntax, ErrorDomain.Conf, $"Duplicate security driver {twice}");
        GuestConfinement?[] offered =
        [
            Wants(SelinuxLabels.Model) && SelinuxPolicy.IsThere(host) ? Selinux(SelinuxPolicy.Load(host)) : null,
            Wants(AppArmorHost.Model) && processes is not null && AppArmorHost.Find(host) is { } found ? new AppArmorConfinement(found, paths, config, processes) : null,
        ];
        foreach (string driver in drivers)
        {
            if (driver is "none" || offered.Any(one => one?.Model == driver)) continue;
            throw driver is SelinuxLabels.Model or AppArmorHost.Model ? QemuErrors.Unsupported($"Security driver {driver} not enabled")
                : VireoException.Internal(ErrorDomain.Security, $"Security driver {driver} not found");
        }
        GuestConfinement? first = offered.FirstOrDefault(static one => one is not null);
        return first is null && config.SecurityRequireConfined ? throw QemuErrors.Unsupported("Security driver \"none\" cannot create confined guests") : first;

        SelinuxConfinement Selinux(SelinuxPolicy policy) => new(policy, files(policy), warn ?? (static _ => { }));

        bool Wants(string model) => drivers.Count == 0 || drivers.Contains(model);
    }

    // Where nothing is written it is as the host can.
    static bool WantsOwnDev(IReadOnlyList<string>? written, bool system)
    {
        foreach (string name in written ?? [])
        {
            if (name != "mount")
                throw new VireoException(ErrorCode.ConfSyntax, ErrorDomain.Conf, $"Unknown namespace: {name}");
            if (!system)
                throw QemuErrors.Unsupported("cannot use namespaces in session mode");
            if (!MountNamespaces.AreAvailable())
                throw QemuErrors.Unsupported($"{name} namespace is not available");
        }
        return written is null ? system && MountNamespaces.AreAvailable() : written.Count > 0;
    }

    static uint Named(string? written, string usual, Func<string, uint?> find, string what) => written is null
        ? find(usual) ?? 0
        : find(written) ?? throw VireoException.InvalidArgument(ErrorDomain.None, $"Failed to parse {what} '{written}'");

    /// <summary>Refuses labels of a model that is not there. Nothing of a run has begun then, and no id is used up.</summary>
    internal void CheckModels(DomainDef machine)
    {
        foreach (var label in machine.SecurityLabels)
        {
            if (label.Model is not (null or "none") && label.Model != Confinement?.Model && (Guests is null || label.Model != DacLabel.Model))
                throw QemuErrors.Unsupported($"Security driver model '{label.Model}' is not available");
        }
        bool isFree = machine.SecurityLabels.Any(static l => l is { Type: SecurityLabelType.None, Model: not DacLabel.Model })
            || !LabelsAll && machine.SecurityLabels.All(l => l.Model != Confinement?.Model);
        if (WantsConfined && Confinement is not null && isFree)
            throw QemuErrors.Unsupported("Unconfined guests are not allowed on this host");
    }

    /// <summary>A definition, whose models are checked, with the labels of its run.</summary>
    /// <exception cref="VireoException">It asks for a user that is not there.</exception>
    internal DomainDef Label(DomainDef machine)
    {
        var labels = new List<SecurityLabel>();
        bool dac = false, confined = false;
        foreach (var label in machine.SecurityLabels)
        {
            if (label.Model is not null && label.Model == Confinement?.Model)
            {
                labels.Add(Confinement.Complete(machine, label));
                confined = true;
            }
            else if (label.Model is DacLabel.Model && Guests is { } ids)
            {
                labels.Add(Complete(label, ids));
                dac = true;
            }
            else labels.Add(new SecurityLabel { Type = SecurityLabelType.None, Model = "none" });
        }
        if (!confined && LabelsAll && Confinement is not null)
            labels.Add(Confinement.Complete(machine, new SecurityLabel { Type = SecurityLabelType.Dynamic, Model = Confinement.Model }));
        if (!dac && LabelsAll && Guests is { } own) labels.Add(Complete(new SecurityLabel { Type = SecurityLabelType.Dynamic, Model = DacLabel.Model }, own));
        return machine with { SecurityLabels = labels.ToValueList() };
    }

    static SecurityLabel Complete(SecurityLabel written, Ids ids)
    {
        switch (written.Type)
        {
            case SecurityLabelType.None:
                return written;
            case SecurityLabelType.Static:
                if (written.Label is not { } label)
                    throw VireoException.Internal(ErrorDomain.Security, "missing label for static security driver in domain");
                _ = DacLabel.Resolve(label);
                return written with { ImageLabel = written.Relabel is false ? null : written.ImageLabel ?? label };
            default:
                return written with
                {
                    Type = SecurityLabelType.Dynamic,
                    Relabel = written.Relabel ?? true,
                    Label = ids.ToString(),
                    ImageLabel = ids.ToString(),
                };
        }
    }

    /// <summary>Labels sockets that a guest gets; null: nothing does.</summary>
    internal UnixSockets.Labelling? SocketsOf(DomainDef live) => Confinement is { } confinement ? () => confinement.LabelSockets(live) : null;

    /// <summary>Labels the daemon's ends of connections with a guest; null: nothing does.</summary>
    internal UnixSockets.Labelling? ConnectionsTo(DomainDef live) => Confinement is { } confinement ? () => confinement.LabelConnections(live) : null;

    /// <summary>Gives a guest a file that the daemon has made for it and takes away with it.</summary>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: its owner or its label cannot be set.</exception>
    internal void GiveOwn(DomainDef live, string path) => GiveOwn(live, path, ErrorDomain.Qemu, static (ids, path) => $"unable to set ownership of '{path}' to {ids.User}:{ids.Group}");

    /// <summary>The same of the socket of a program beside the guest.</summary>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: its owner or its label cannot be set.</exception>
    internal void GiveSocket(DomainDef live, string path) =>
        GiveOwn(live, path, ErrorDomain.Security, static (ids, path) => $"unable to set user and group to '{ids.User}:{ids.Group}' on '{path}'");

    void GiveOwn(DomainDef live, string path, ErrorDomain domain, Func<Ids, string, string> refused)
    {
        if (ProcessOf(live) is { } owner && FileOwner.Give(path, owner) is not 0 and var errno)
            throw VireoException.System(domain, errno, refused(owner, path));
        Confinement?.LabelOwn(live, path);
    }

    /// <summary>As whom a guest's process runs; null: as the daemon.</summary>
    internal Ids? ProcessOf(DomainDef live) => Guests is null ? null : Written(live)?.Label is { } label ? DacLabel.Resolve(label) : Guests;

    /// <summary>Whose a guest's files are while it runs; null: nothing changes hands.</summary>
    internal Ids? ImagesOf(DomainDef live)
    {
        if (Guests is null || !Dynamic) return null;
        return Written(live) switch
        {
            { Type: SecurityLabelType.None } or { Relabel: false } => null,
            { ImageLabel: { } label } => DacLabel.Resolve(label),
            _ => Guests,
        };
    }

    static SecurityLabel? Written(DomainDef live) => live.SecurityLabels.FirstOrDefault(static l => l.Model == DacLabel.Model);
}
