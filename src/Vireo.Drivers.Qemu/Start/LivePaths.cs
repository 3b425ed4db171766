using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>Paths that a run chooses because its owner left them out.</summary>
static class LivePaths
{
    internal static DomainDef Fill(DomainDef live, RunPlaces places) => live with
    {
        Devices = live.Devices with { Channels = [.. live.Devices.Channels.Select(c => Fill(c, places))] },
    };

    static Channel Fill(Channel channel, RunPlaces places) =>
        channel.Source is ChardevSource.OfUnix { Path: null } socket && channel.Target is ChannelTarget.OfVirtio target
            ? channel with
            {
                Source = socket with
                {
                    Mode = socket.Mode ?? ChardevMode.Bind,
                    Path = Path.Join(places.ChannelFolder, target.Name is { } name ? name.Replace('/', '_') : channel.Alias),
                },
            }
            : channel;
}
