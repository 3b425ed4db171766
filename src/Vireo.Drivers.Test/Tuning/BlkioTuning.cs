using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Tuning;

/// <summary>Weights and limits of disk traffic, by devices of the host.</summary>
sealed class BlkioTuning(TestHost host) : DomainWork(host), IDomainBlkioParameters
{
    /// <summary>A limit of devices: its parameter, what it is of a device, and a device with another one. 0 is no limit.</summary>
    sealed record DeviceLimit(string Name, Func<BlockIoDevice, ulong> Get, Func<BlockIoDevice, ulong?, BlockIoDevice> Set, ulong Most = uint.MaxValue);

    static readonly DeviceLimit[] Limits =
    [
        new("device_weight", device => device.Weight ?? 0, (device, value) => device with { Weight = (uint?)value }),
        new("device_read_iops_sec", device => device.ReadIops ?? 0, (device, value) => device with { ReadIops = (uint?)value }),
        new("device_write_iops_sec", device => device.WriteIops ?? 0, (device, value) => device with { WriteIops = (uint?)value }),
        new("device_read_bytes_sec", device => device.ReadBytes ?? 0, (device, value) => device with { ReadBytes = value }, ulong.MaxValue),
        new("device_write_bytes_sec", device => device.WriteBytes ?? 0, (device, value) => device with { WriteBytes = value }, ulong.MaxValue),
    ];

    static readonly (string, ParameterType)[] Known = [("weight", ParameterType.UInt), .. Limits.Select(limit => (limit.Name, ParameterType.String))];

    public ValueTask<TypedParameter[]> GetBlkioParametersAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(flags, "virDomainGetBlkioParameters");
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainGetBlkioParameters");
        BlockIoTune? tune = SeeDef(domain, flags).BlockIoTune;
        return new([new("weight", tune?.Weight ?? 0), .. Limits.Select(limit => new TypedParameter(limit.Name, Text(tune, limit)))]);
    }

    static string Text(BlockIoTune? tune, DeviceLimit limit) => string.Join(',', (tune?.Devices ?? default)
        .Where(device => limit.Get(device) is not 0).Select(device => string.Create(CultureInfo.InvariantCulture, $"{device.Path},{limit.Get(device)}")));

    public ValueTask SetBlkioParametersAsync(DomainRef domain, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(flags, "virDomainSetBlkioParameters");
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainSetBlkioParameters");
        ParameterRules.Check(parameters, Known);
        return Edit(domain, flags, def => def with { BlockIoTune = Change(def.BlockIoTune ?? new BlockIoTune(), parameters) });
    }

    static BlockIoTune? Change(BlockIoTune tune, TypedParameter[] parameters)
    {
        if (parameters.GetUInt("weight") is { } weight)
            tune = tune with { Weight = weight is 0 ? null : weight };
        foreach (DeviceLimit limit in Limits)
        {
            if (parameters.Get(limit.Name)?.AsString is not { Length: > 0 } text)
                continue;
            foreach ((string path, ulong value) in Read(limit, text))
                tune = tune with { Devices = With(tune.Devices, limit, path, value) };
        }
        return tune == new BlockIoTune() ? null : tune;
    }

    static ValueList<BlockIoDevice> With(ValueList<BlockIoDevice> devices, DeviceLimit limit, string path, ulong value)
    {
        ulong? written = value is 0 ? null : value;
        for (int at = 0; at < devices.Count; at++)
            if (devices[at].Path == path)
                return devices.SetItem(at, limit.Set(devices[at], written));
        return devices.Add(limit.Set(new BlockIoDevice { Path = path }, written));
    }

    /// <summary>Reads <c>PATH,VALUE,PATH,VALUE</c>.</summary>
    static List<(string Path, ulong Value)> Read(DeviceLimit limit, string text)
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

    static VireoException Malformed(DeviceLimit limit, string text) =>
        VireoException.InvalidArgument(ErrorDomain.Domain, $"unable to parse blkio device '{limit.Name}' '{text}'");
}
