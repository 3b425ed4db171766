using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Model.Domain;

namespace Vireo.Driver;

/// <summary>A limit of devices of the host: its parameter, what it is of a device, and a device with another one. 0 is no limit.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Get">What a device has; 0: none.</param>
/// <param name="Set">A device with another one; null: none.</param>
/// <param name="Most">The largest value.</param>
public sealed record BlkioDeviceLimit(string Name, Func<BlockIoDevice, ulong> Get, Func<BlockIoDevice, ulong?, BlockIoDevice> Set, ulong Most = uint.MaxValue);

/// <summary>Weights and limits of disk traffic as parameters of calls: VIR_DOMAIN_BLKIO_*.</summary>
public static class BlkioParameters
{
    /// <summary>The limits of devices, in the order in which they are told.</summary>
    public static IReadOnlyList<BlkioDeviceLimit> Limits { get; } =
    [
        new("device_weight", device => device.Weight ?? 0, (device, value) => device with { Weight = (uint?)value }),
        new("device_read_iops_sec", device => device.ReadIops ?? 0, (device, value) => device with { ReadIops = (uint?)value }),
        new("device_write_iops_sec", device => device.WriteIops ?? 0, (device, value) => device with { WriteIops = (uint?)value }),
        new("device_read_bytes_sec", device => device.ReadBytes ?? 0, (device, value) => device with { ReadBytes = value }, ulong.MaxValue),
        new("device_write_bytes_sec", device => device.WriteBytes ?? 0, (device, value) => device with { WriteBytes = value }, ulong.MaxValue),
    ];

    /// <summary>All names and types.</summary>
    public static (string, ParameterType)[] Known => [("weight", ParameterType.UInt), .. Limits.Select(limit => (limit.Name, ParameterType.String))];

    /// <summary>What a definition has.</summary>
    /// <param name="tune">The definition's; null: nothing.</param>
    /// <param name="weight">The weight of all devices; 0: none.</param>
    public static TypedParameter[] All(BlockIoTune? tune, uint weight) =>
        [new("weight", weight), .. Limits.Select(limit => new TypedParameter(limit.Name, Text(tune, limit)))];

    static string Text(BlockIoTune? tune, BlkioDeviceLimit limit) => string.Join(',', (tune?.Devices ?? default)
        .Where(device => limit.Get(device) is not 0).Select(device => string.Create(CultureInfo.InvariantCulture, $"{device.Path},{limit.Get(device)}")));


    /// <summary>A definition's limits with those that were given; what has none is left out.</summary>
    /// <exception cref="VireoException">VIR_ERR_INVALID_ARG: a text is no list of devices and values.</exception>
    public static BlockIoTune? Change(BlockIoTune tune, TypedParameter[] parameters)
    {
        if (parameters.GetUInt("weight") is { } weight)
            tune = tune with { Weight = weight is 0 ? null : weight };
        foreach (BlkioDeviceLimit limit in Limits)
        {
            if (parameters.Get(limit.Name)?.AsString is not { Length: > 0 } text)
                continue;
            foreach ((string path, ulong value) in Read(limit, text))
                tune = tune with { Devices = With(tune.Devices, limit, path, value) };
        }
        return tune == new BlockIoTune() ? null : tune;
    }

    /// <summary>Devices with another limit of one of them.</summary>
    public static ValueList<BlockIoDevice> With(ValueList<BlockIoDevice> devices, BlkioDeviceLimit limit, string path, ulong value)
    {
        ulong? written = value is 0 ? null : value;
        for (int at = 0; at < devices.Count; at++)
            if (devices[at].Path == path)
                return devices.SetItem(at, limit.Set(devices[at], written));
        return devices.Add(limit.Set(new BlockIoDevice { Path = path }, written));
    }

    /// <summary>Reads <c>PATH,VALUE,PATH,VALUE</c>.</summary>
    /// <exception cref="VireoException">VIR_ERR_INVALID_ARG: it is something else.</exception>
    public static IReadOnlyList<(string Path, ulong Value)> Read(BlkioDeviceLimit limit, string text)
    {
        string[] parts = text.Split(',');
        if (parts.Length % 2 is not 0)
            throw Malformed(limit, text);
        var found = new List<(string, ulong)>();
        for (int at = 0; at < parts.Length; at += 2)
        {
            string number = parts[at + 1].TrimStart();
            int digits = number.AsSpan().IndexOfAnyExceptInRange('0', '9') is >= 0 and int end ? end : number.Length;
            if (digits is 0 || !ulong.TryParse(number.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) || value > limit.Most)
                throw VireoException.InvalidArgument(ErrorDomain.Domain,
                    $"invalid value '{string.Join(',', parts[(at + 1)..])}' for parameter '{limit.Name}' of device '{parts[at]}'");
            if (digits < number.Length)
                throw Malformed(limit, text);
            found.Add((parts[at], value));
        }
        return found;
    }

    static VireoException Malformed(BlkioDeviceLimit limit, string text) =>
        VireoException.InvalidArgument(ErrorDomain.Domain, $"unable to parse blkio device '{limit.Name}' '{text}'");
}
