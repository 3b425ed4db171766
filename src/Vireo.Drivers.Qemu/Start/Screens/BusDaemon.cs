using System.IO.Pipes;
using System.Security;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Security;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Host.Users;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Screens;

/// <summary>The bus of a guest's own on which its screen is, where the definition names none: a dbus-daemon that runs as the guest does and ends with it.</summary>
static class BusDaemon
{
    const int OwnerOnly = 0x180, AddressDescriptor = 3;

    /// <summary>The address of a run's bus.</summary>
    internal static string AddressOf(DriverPaths paths, int id, string name) => "unix:path=" + PathOf(paths, id, name, ".sock");

    /// <summary>Screens on D-Bus that leave the bus open are on the run's own.</summary>
    internal static DomainDef WithAddress(DomainDef live, string address) => live with
    {
        Devices = live.Devices with
        {
            Graphics = live.Devices.Graphics.Map<Graphics>(screen => screen is Graphics.DBus { Address: null, PeerToPeer: not true } bus ? bus with { Address = address } : screen),
        },
    };

    internal static async ValueTask StartAsync(StartRun run, CancellationToken cancel)
    {
        DriverPaths paths = run.Keeper.Paths;
        string program = run.Keeper.Config.DbusDaemon ?? "/usr/bin/dbus-daemon";
        if (!File.Exists(program))
            throw VireoException.System(ErrorDomain.Qemu, 2, $"'{program}' is not a suitable dbus-daemon");
        Ids? guest = run.Keeper.Security.ProcessOf(run.Live);
        string settings = PathOf(paths, run.Id, run.Definition.Name, ".conf");
        AtomicFile.Write(settings, Settings(AddressOf(paths, run.Id, run.Definition.Name)), OwnerOnly, durable: false);
        run.Keeper.Security.GiveOwn(run.Live, settings);
        using var told = new AnonymousPipeServerStream(PipeDirection.In);
        using var end = new SafeFileHandle(told.ClientSafePipeHandle.DangerousGetHandle(), ownsHandle: false);
        using HostProcess process = await run.Keeper.Processes.StartAsync(new ProcessPlan
        {
            Program = program,
            Arguments = ["--config-file=" + settings, "--nopidfile", $"--print-address={AddressDescriptor}"],
            Environment = [new("LC_ALL", "C"), .. CommandLine.StartContext.DaemonsPath],
            ExecLabel = run.Keeper.Security.Confinement?.OfHelper(run.Live),
            User = guest?.User,
            Group = guest?.Group,
            Groups = guest is { } both ? HostUsers.GroupsOf(both.User, both.Group) : null,
            Descriptors = [new(end, AddressDescriptor)],
            Cgroups = run.Cgroup?.Folders ?? [],
        }, cancel).ConfigureAwait(false);
        told.DisposeLocalCopyOfClientHandle();
        HelperPrograms.Note(run, process, PathOf(paths, run.Id, run.Definition.Name, ".pid"));
        // It says where it listens when it does.
        using var reader = new StreamReader(told);
        if (await reader.ReadLineAsync(cancel).ConfigureAwait(false) is null)
            throw VireoException.Internal(ErrorDomain.Qemu, $"'{program}' ended before its bus was there");
    }

    /// <summary>Ends it and takes its files away; idle where the run has none.</summary>
    internal static async ValueTask StopAsync(QemuKeeper keeper, DomainDef live, int id)
    {
        string settings = PathOf(keeper.Paths, id, live.Name, ".conf");
        if (!File.Exists(settings))
            return;
        await HelperPrograms.EndAsync(keeper, PathOf(keeper.Paths, id, live.Name, ".pid"), settings).ConfigureAwait(false);
        File.Delete(settings);
        File.Delete(PathOf(keeper.Paths, id, live.Name, ".sock"));
    }

    static string PathOf(DriverPaths paths, int id, string name, string ending) => Path.Join(paths.DbusStateDir, DriverPaths.RunName(id, name) + "-dbus" + ending);

    // Whoever may open the socket may say everything.
    static string Settings(string address) => $"""
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>org.libvirt.qemu</type>
          <listen>{SecurityElement.Escape(address)}</listen>
          <auth>EXTERNAL</auth>
          <policy context='default'>
            <allow send_destination='*' eavesdrop='true'/>
            <allow eavesdrop='true'/>
            <allow own='*'/>
          </policy>
          <include if_selinux_enabled='yes' selinux_root_relative='yes'>contexts/dbus_contexts</include>
        </busconfig>

        """;
}
