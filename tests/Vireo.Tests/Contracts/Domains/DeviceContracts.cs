using Vireo.Core.Errors;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

public abstract class DomainSingleVcpusContract<TSubject> : DomainContract<TSubject, IDomainSingleVcpus> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task One_cpu_comes_or_goes_and_the_first_stays()
    {
        DomainRef domain = await DefinedAsync();
        await Offered.SetVcpuAsync(domain, "3", true, DomainModificationImpact.Config, Cancel);
        string xml = await XmlAsync(domain);
        Assert.Contains("<vcpu id='3' enabled='yes' hotpluggable='yes'/>", xml, StringComparison.Ordinal);
        Assert.Contains("<vcpu id='2' enabled='no' hotpluggable='yes'/>", xml, StringComparison.Ordinal);
        await Offered.SetVcpuAsync(domain, "3", false, DomainModificationImpact.Config, Cancel);
        Assert.Contains("<vcpu id='3' enabled='no' hotpluggable='yes'/>", await XmlAsync(domain), StringComparison.Ordinal);
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.SetVcpuAsync(domain, "0", false, DomainModificationImpact.Config, Cancel));
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.SetVcpuAsync(domain, "9", true, DomainModificationImpact.Config, Cancel));
        await RefusedAsync(ErrorCode.OperationInvalid, async () => await Offered.SetVcpuAsync(domain, "3", true, DomainModificationImpact.Live, Cancel));
    }

    [Fact]
    public async Task What_runs_gets_one_more()
    {
        DomainRef domain = await StartedAsync();
        await Offered.SetVcpuAsync(domain, "2", true, DomainModificationImpact.Live, Cancel);
        Assert.Equal(2, await On<IDomainVcpus>().GetVcpuCountAsync(domain, DomainVcpuFlags.Live, Cancel));
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.SetVcpuAsync(domain, "2", true, DomainModificationImpact.Live, Cancel));
    }
}

public abstract class DomainDevicesContract<TSubject> : DomainContract<TSubject, IDomainDevices> where TSubject : IDomainSubject, new()
{
    const string Card = "<interface type='user'><mac address='52:54:00:00:00:77'/><model type='virtio'/></interface>";
    const string Unwired = "<interface type='user'><mac address='52:54:00:00:00:77'/><model type='virtio'/><link state='down'/></interface>";
    const string Mac = "52:54:00:00:00:77";

    Task<string> NextAsync(DomainRef domain) => On<IDomainInfo>().GetXmlAsync(domain, DomainXmlFlags.Inactive, Cancel).AsTask();

    [Fact]
    public async Task A_device_of_the_definition_comes_changes_and_goes()
    {
        DomainRef domain = await DefinedAsync();
        string before = await XmlAsync(domain);
        await Offered.AttachDeviceAsync(domain, Card, DomainDeviceModifyFlags.Config, Cancel);
        Assert.Contains(Mac, await XmlAsync(domain), StringComparison.Ordinal);
        await Offered.UpdateDeviceAsync(domain, Unwired, DomainDeviceModifyFlags.Config, Cancel);
        Assert.Contains("<link state='down'/>", await XmlAsync(domain), StringComparison.Ordinal);
        await Offered.DetachDeviceAsync(domain, Unwired, DomainDeviceModifyFlags.Config, Cancel);
        Assert.Equal(before, await XmlAsync(domain));
    }

    [Fact]
    public async Task What_runs_and_its_definition_change_apart_or_together()
    {
        DomainRef domain = await StartedAsync();
        await Offered.AttachDeviceAsync(domain, Card, DomainDeviceModifyFlags.Live, Cancel);
        Assert.Contains(Mac, await XmlAsync(domain), StringComparison.Ordinal);
        Assert.DoesNotContain(Mac, await NextAsync(domain), StringComparison.Ordinal);
        await Offered.UpdateDeviceAsync(domain, Unwired, DomainDeviceModifyFlags.Live, Cancel);
        Assert.Contains("<link state='down'/>", await XmlAsync(domain), StringComparison.Ordinal);
        await Offered.AttachDeviceAsync(domain, Card, DomainDeviceModifyFlags.Config, Cancel);
        Assert.Contains(Mac, await NextAsync(domain), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_cannot_go_or_change_and_what_is_off_has_no_live_devices()
    {
        DomainRef domain = await DefinedAsync();
        string before = await XmlAsync(domain);
        await RefusedAsync(ErrorCode.DeviceMissing, async () => await Offered.DetachDeviceAsync(domain, Card, DomainDeviceModifyFlags.Config, Cancel));
        await RefusedAsync(ErrorCode.DeviceMissing, async () => await Offered.UpdateDeviceAsync(domain, Card, DomainDeviceModifyFlags.Config, Cancel));
        await RefusedAsync(ErrorCode.OperationInvalid, async () => await Offered.AttachDeviceAsync(domain, Card, DomainDeviceModifyFlags.Live, Cancel));
        await RefusedAsync(ErrorCode.InternalError, async () => await Offered.DetachDeviceByAliasAsync(domain, "ua-none", DomainDeviceModifyFlags.Config, Cancel));
        await RefusedAsync(ErrorCode.ConfigUnsupported, async () => await Offered.AttachDeviceAsync(domain, "<nonsense/>", DomainDeviceModifyFlags.Config, Cancel));
        await RefusedAsync(ErrorCode.XmlDetail, async () => await Offered.AttachDeviceAsync(domain, "<interface", DomainDeviceModifyFlags.Config, Cancel));
        Assert.Equal(before, await XmlAsync(domain));
    }
}
