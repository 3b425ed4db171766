using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Definition.Volumes;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Drivers.Qemu.Start;
using Vireo.Drivers.Qemu.Start.Tpm;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>The QEMU command that a document means. Nothing of the host is changed for it, and no file of the machine needs to be there.</summary>
sealed class NativeConfigurations(QemuConnection connection) : IDomainXmlToNative
{
    const string Arguments = "qemu-argv";

    /// <summary>As libvirt: a machine that does not run has no id.</summary>
    const int NoId = -1;

    QemuKeeper Keeper => connection.Keeper;

    public async ValueTask<string> ConvertToNativeAsync(string format, string xml, uint flags, CancellationToken cancel)
    {
        NodeNumbers.None(flags, "qemuConnectDomainXMLToNative", ErrorDomain.Qemu);
        if (format != Arguments)
            throw new VireoException(ErrorCode.InvalidArg, ErrorDomain.Qemu, $"unsupported config type {format}");
        var (written, facts) = await Keeper.ReadAsync(xml, cancel).ConfigureAwait(false);
        if (Keeper.Options.Storage is { } storage && VolumeSources.AreIn(written))
            written = await VolumeSources.ResolveAsync(written, storage, cancel).ConfigureAwait(false);
        var places = StartRun.PlacesOf(Keeper.Paths, NoId, written.Name);
        var machine = Keeper.Planning.WithDefaults(OnTaps(written), facts);
        var live = Keeper.Planning.MakeLive(
            ScreenSetup.WithFirstPorts(machine, Keeper.Config, Keeper.Ports), facts, HostSettings.PathsOf(Keeper, places, facts));
        using var secrets = await Security.GuestSecrets.FetchAsync(Security.MasterKey.Make(), live, Keeper.Config, Keeper.Options.Secrets, cancel).ConfigureAwait(false);
        return ShellText.Of(Keeper.Planning.Build(live, facts, HostSettings.ContextOf(Keeper, places, written.Type) with
        {
            StandAlone = true,
            Secrets = secrets,
            TpmSocketPath = _ => TpmEmulator.SocketOf(Keeper.Paths, NoId, machine.Name),
            Environment = StartContext.DaemonsEnvironment,
        }));
    }

    // What a network or a device of the host would give a card is not there, so each is a tap, as libvirt shows it; that frees its place too.
    static DomainDef OnTaps(DomainDef machine) => machine with
    {
        Devices = machine.Devices with
        {
            Interfaces = machine.Devices.Interfaces.Map(static card => new Interface
            {
                Source = new InterfaceSource.OfEthernet(), Mac = card.Mac, Model = card.Model, Script = card.Script,
            }),
        },
    };
}
