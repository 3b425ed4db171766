using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>Numbers of s390 channel devices: virtio has a channel subsystem of its own, and in it the lowest free number.</summary>
static class CcwAddresses
{
    const uint VirtioSubsystem = 0xfe;
    const uint LastSubchannelSet = 3;
    const uint LastDevice = 0xffff;

    /// <summary>Completes the set.</summary>
    /// <param name="set">The devices.</param>
    /// <param name="users">Those that may be on channels, in the order in which they get numbers.</param>
    /// <param name="wants">Who has no address and needs one.</param>
    public static DeviceSet Assign(DeviceSet set, IReadOnlyList<Device> users, Func<Device, bool> wants)
    {
        var taken = new HashSet<(uint Css, uint Ss, uint Dev)>();
        foreach (Device device in set)
            if (device.Address is DeviceAddress.Ccw { DevNo: { } number } given
                && !taken.Add((given.CssId ?? VirtioSubsystem, given.SsId ?? 0, number)))
                throw VireoException.Internal(ErrorDomain.Device, string.Create(CultureInfo.InvariantCulture,
                    $"The CCW devno '{given.CssId ?? VirtioSubsystem:x}.{given.SsId ?? 0:x}.{number:x4}' is in use already"));
        var numbered = new Dictionary<Device, DeviceAddress.Ccw>(ReferenceEqualityComparer.Instance);
        (uint Ss, uint Dev) next = (0, 0);
        foreach (Device device in users)
            if (wants(device) || device.Address is DeviceAddress.Ccw { DevNo: null })
                numbered.Add(device, Next(taken, ref next));
        return set.WithAddresses(d => numbered.TryGetValue(d, out DeviceAddress.Ccw? made) ? made : d.Address);
    }

    static DeviceAddress.Ccw Next(HashSet<(uint, uint, uint)> taken, ref (uint Ss, uint Dev) next)
    {
        while (!taken.Add((VirtioSubsystem, next.Ss, next.Dev)))
        {
            if (next.Dev < LastDevice)
                next.Dev++;
            else if (next.Ss < LastSubchannelSet)
                next = (next.Ss + 1, 0);
            else
                throw VireoException.Internal(ErrorDomain.Device, "There are no more free CCW devnos.");
        }
        return new DeviceAddress.Ccw { CssId = VirtioSubsystem, SsId = next.Ss, DevNo = next.Dev };
    }
}
