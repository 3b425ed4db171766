using System.Globalization;
using Vireo.Drivers.Network.State;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Ports;

/// <summary>The classes of tc on a network's bridge: the first three numbers are the network's own, each port that is promised a rate has one more.</summary>
static class PortClasses
{
    const uint FirstOfPorts = 3;

    /// <summary>The numbers in use, as libvirt writes a set: "0-2,4".</summary>
    public static string Text(NetworkState state)
    {
        var text = new List<string> { };
        uint start = 0, last = FirstOfPorts - 1;
        foreach (uint number in Used(state).Append(uint.MaxValue))
        {
            if (number == last + 1)
            {
                last = number;
                continue;
            }
            text.Add(start == last ? $"{start}" : string.Create(CultureInfo.InvariantCulture, $"{start}-{last}"));
            start = last = number;
        }
        return string.Join(',', text);
    }

    /// <summary>The first number that no port has.</summary>
    public static uint Next(NetworkState state)
    {
        uint next = FirstOfPorts;
        foreach (uint used in Used(state))
            if (used == next)
                next++;
        return next;
    }

    /// <summary>What ports are promised together, in kilobytes a second.</summary>
    public static ulong Promised(NetworkState state) =>
        state.Ports.Values.Aggregate(0ul, static (sum, port) => sum + (port.Bandwidth is { ClassId: > 0, Inbound.Floor: { } floor } ? floor : 0));

    static IEnumerable<uint> Used(NetworkState state) =>
        state.Ports.Values.Select(static port => port.Bandwidth?.ClassId ?? 0).Where(static number => number >= FirstOfPorts).Order();
}
