using Vireo.Core;
using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Drivers.Qemu.Definition.Addresses;
using Vireo.Drivers.Qemu.Definition.Defaults;
using Vireo.Drivers.Qemu.Definition.Firmware;
using Vireo.Drivers.Qemu.Definition.Rules;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition;

/// <summary>Where a running machine keeps the sockets that its definition leaves open.</summary>
/// <param name="ChannelDirectory">Folder of the machine's channel sockets.</param>
public sealed record LivePaths(string ChannelDirectory)
{
    /// <summary>Folder of the machine's own sockets, such as those of screens.</summary>
    public string DomainDirectory { get; init; } = ChannelDirectory;

    /// <summary>The firmwares that are installed, for machines that ask for a kind.</summary>
    public Func<IReadOnlyList<FirmwareDescriptor>> Firmwares { get; init; } = static () => [];

    /// <summary>Where machines have their firmware's variables.</summary>
    public string VariablesDirectory { get; init; } = "/var/lib/libvirt/qemu/nvram";

    /// <summary>The host's architecture; null: that of the machine.</summary>
    public string? HostArch { get; init; }

    /// <summary>The host's CPU, if guests' compatibility with it is to be looked at.</summary>
    public CpuSpec? HostCpu { get; init; }

    /// <summary>What CPU models and features mean.</summary>
    public CpuMap CpuMap { get; init; } = CpuMap.Default;

    /// <summary>A node of the host's graphics card, for screens that ask for one and do not say which.</summary>
    public string? RenderNode { get; init; }
}

/// <summary>
/// What turns a definition into that of a machine about to run: addresses that only a start gives, aliases, image indexes and
/// paths of sockets.
/// </summary>
public static class LivePasses
{
    /// <summary>Applies them all.</summary>
    public static DomainDef Apply(DomainDef machine, LivePaths paths)
    {
        StartRules.Check(machine, paths.HostCpu, paths.CpuMap).ThrowFirst();
        return SocketPaths(Apply(WithVariables(WithFirmware(machine, paths), paths)), paths);
    }

    /// <summary>Applies all but the paths of sockets, which then are in the machine's folder.</summary>
    public static DomainDef Apply(DomainDef machine) =>
        ImageIndexes.Apply(Aliases.Apply(UsbAddresses.Assign(MemoryAlignment.ForRun(machine))));

    static DomainDef WithFirmware(DomainDef machine, LivePaths paths) => machine.Os is { Firmware: null, Loader.Type: not LoaderKind.Pflash } or { Firmware: null, Loader: null }
        ? machine
        : FirmwareChoice.Apply(machine, paths.Firmwares(), paths.VariablesDirectory);

    // A firmware with variables that has no store of its own yet gets one named like the machine.
    static DomainDef WithVariables(DomainDef machine, LivePaths paths) => machine.Os is { Nvram: { Path: null, Source: null } nvram, Loader.Type: LoaderKind.Pflash } os
        ? machine with { Os = os with { Nvram = nvram with { Path = $"{paths.VariablesDirectory}/{machine.Name}_VARS.fd" } } }
        : machine;

    /// <summary>Screens that leave open where they listen do so on a UNIX socket if the host is set up so.</summary>
    public static DomainDef ScreensOnSockets(DomainDef machine, bool vnc, bool spice)
    {
        static bool IsOpen(ValueList<GraphicsListen> listens) => listens.IsEmpty || listens[0] is GraphicsListen.OfAddress { Address: null };
        ValueList<GraphicsListen> socket = [new GraphicsListen.OfSocket()];
        return machine with
        {
            Devices = machine.Devices with
            {
                Graphics = machine.Devices.Graphics.Map<Graphics>(graphics => graphics switch
                {
                    Graphics.Vnc screen when vnc && IsOpen(screen.Listens) => screen with { Listens = socket, Port = null, AutoPort = null, WebSocket = null },
                    Graphics.Spice screen when spice && IsOpen(screen.Listens) => screen with { Listens = socket, Port = null, TlsPort = null, AutoPort = null },
                    _ => graphics,
                }),
            },
        };
    }

    /// <summary>Sockets that their devices leave open have a path in the folders of the run.</summary>
    internal static DomainDef SocketPaths(DomainDef machine, LivePaths paths) => machine with
    {
        Devices = machine.Devices with
        {
            Disks = machine.Devices.Disks.Map(disk => BlockGraph.IsEmpty(disk.Source) && disk.Driver is { Type: StorageFormat.Raw } driver
                ? disk with { Driver = driver with { Type = null } }       // without a medium there is no format
                : WithReservations(disk, paths)),
            Channels = machine.Devices.Channels.Map(channel => channel.Source is ChardevSource.OfUnix { Path: null } unix
                ? channel with
                {
                    Source = unix with
                    {
                        Mode = unix.Mode ?? ChardevMode.Bind,
                        Path = $"{paths.ChannelDirectory}/{(channel.Target as ChannelTarget.OfVirtio)?.Name ?? channel.Alias}",
                    },
                }
                : channel),
            Graphics = machine.Devices.Graphics.Map(graphics => WithSocket(graphics, paths)),
        },
    };

    static Disk WithReservations(Disk disk, LivePaths paths) => disk.Source.Reservations is not { Managed: true } kept ? disk
        : disk with
        {
            Source = disk.Source with
            {
                Reservations = kept with { SourceType = "unix", Path = $"{paths.DomainDirectory}/{BlockObjects.ManagedReservations}.sock", Mode = "client" },
            },
        };

    static Graphics WithSocket(Graphics graphics, LivePaths paths) => graphics switch
    {
        Graphics.Vnc { Listens: [GraphicsListen.OfSocket { Socket: null }, ..] } vnc => vnc with
        {
            Socket = paths.DomainDirectory + "/vnc.sock",
            Listens = [new GraphicsListen.OfSocket { Socket = paths.DomainDirectory + "/vnc.sock" }],
        },
        Graphics.Spice { Listens: [GraphicsListen.OfSocket { Socket: null }, ..] } spice => spice with
        {
            Listens = [new GraphicsListen.OfSocket { Socket = paths.DomainDirectory + "/spice.sock" }],
        },
        Graphics.EglHeadless headless => headless with { Gl = WithNode(headless.Gl ?? new GraphicsGl(), paths) },
        Graphics.Spice { Gl.Enable: true } spice => spice with { Gl = WithNode(spice.Gl, paths) },
        _ => graphics,
    };

    static GraphicsGl WithNode(GraphicsGl gl, LivePaths paths) => gl with { RenderNode = gl.RenderNode ?? paths.RenderNode };
}
