using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

public abstract class DomainSchedulerContract<TSubject> : DomainContract<TSubject, IDomainScheduler> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task The_scheduler_has_as_many_parameters_as_it_says()
    {
        DomainRef domain = await StartedAsync();
        SchedulerType scheduler = await Offered.GetSchedulerTypeAsync(domain, Cancel);
        Assert.NotEmpty(scheduler.Type);
        Assert.Equal(scheduler.Parameters, (await On<IDomainSchedulerParameters>().GetSchedulerParametersAsync(domain, Cancel)).Length);
    }
}

public abstract class DomainSchedulerParametersContract<TSubject> : DomainContract<TSubject, IDomainSchedulerParameters> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Names_are_there_once_each_and_nobody_is_no_domain()
    {
        string[] names = [.. (await Offered.GetSchedulerParametersAsync(await StartedAsync(), Cancel)).Select(one => one.Name)];
        Assert.NotEmpty(names);
        Assert.Distinct(names);
        await RefusedAsync(ErrorCode.NoDomain, async () => await Offered.GetSchedulerParametersAsync(new("nobody", Core.Uuid.NewRandom(), -1), Cancel));
    }
}

public abstract class DomainSchedulerChangesContract<TSubject> : DomainContract<TSubject, IDomainSchedulerChanges> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task What_there_is_may_be_set_and_what_there_is_not_or_is_of_another_type_is_refused()
    {
        DomainRef domain = await StartedAsync();
        TypedParameter first = (await On<IDomainSchedulerParameters>().GetSchedulerParametersAsync(domain, Cancel))[0];
        await Offered.SetSchedulerParametersAsync(domain, [first], Cancel);
        await RefusedAsync(ErrorCode.ArgumentUnsupported, async () => await Offered.SetSchedulerParametersAsync(domain, [new TypedParameter("colour", 1u)], Cancel));
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.SetSchedulerParametersAsync(domain, [new TypedParameter(first.Name, "much")], Cancel));
    }
}

public abstract class DomainBlkioParametersContract<TSubject> : DomainContract<TSubject, IDomainBlkioParameters> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Weights_and_limits_are_as_they_were_set_and_in_the_document()
    {
        DomainRef domain = await DefinedAsync();
        await Offered.SetBlkioParametersAsync(domain, [new TypedParameter("weight", 500u), new("device_read_bytes_sec", "/dev/null,4096")], DomainModificationImpact.Config, Cancel);
        TypedParameter[] now = await Offered.GetBlkioParametersAsync(domain, DomainModificationImpact.Config, Cancel);
        Assert.Equal(500u, now.Single(one => one.Name == "weight").AsUInt);
        Assert.Equal("/dev/null,4096", now.Single(one => one.Name == "device_read_bytes_sec").AsString);
        Assert.Contains("<weight>500</weight>", await XmlAsync(domain), StringComparison.Ordinal);
        await RefusedAsync(ErrorCode.ArgumentUnsupported, async () =>
            await Offered.SetBlkioParametersAsync(domain, [new TypedParameter("height", 1u)], DomainModificationImpact.Config, Cancel));
        await RefusedAsync(ErrorCode.InvalidArg, async () =>
            await Offered.SetBlkioParametersAsync(domain, [new TypedParameter("device_read_bytes_sec", "/dev/null")], DomainModificationImpact.Config, Cancel));
    }
}

public abstract class DomainBlockIoTuneContract<TSubject> : DomainContract<TSubject, IDomainBlockIoTune> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Limits_of_a_disk_are_as_they_were_set()
    {
        DomainRef domain = await DefinedAsync();
        await Offered.SetBlockIoTuneAsync(domain, "vda", [new TypedParameter("total_bytes_sec", 4096ul), new("total_bytes_sec_max", 8192ul)], DomainModificationImpact.Config, Cancel);
        TypedParameter[] now = await Offered.GetBlockIoTuneAsync(domain, "vda", DomainModificationImpact.Config, Cancel);
        Assert.Equal(4096ul, now.Single(one => one.Name == "total_bytes_sec").AsULong);
        Assert.Equal(now.Length, (await Offered.GetBlockIoTuneAsync(domain, null, DomainModificationImpact.Config, Cancel)).Length);
        Assert.Contains("<total_bytes_sec>4096</total_bytes_sec>", await XmlAsync(domain), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_total_goes_with_no_part_of_it_and_a_disk_that_is_not_there_has_no_limits()
    {
        DomainRef domain = await DefinedAsync();
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.SetBlockIoTuneAsync(
            domain, "vda", [new TypedParameter("total_bytes_sec", 1ul), new("read_bytes_sec", 1ul)], DomainModificationImpact.Config, Cancel));
        await RefusedAsync(ErrorCode.InvalidArg, async () =>
            await Offered.SetBlockIoTuneAsync(domain, "vdz", [new TypedParameter("total_bytes_sec", 1ul)], DomainModificationImpact.Config, Cancel));
    }
}

public abstract class DomainNumaParametersContract<TSubject> : DomainContract<TSubject, IDomainNumaParameters> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_domain_that_says_nothing_is_strict_and_anywhere()
    {
        TypedParameter[] now = await Offered.GetNumaParametersAsync(await DefinedAsync(), DomainModificationImpact.Config, Cancel);
        Assert.Equal((int)DomainNumaMemoryMode.Strict, now.Single(one => one.Name == "numa_mode").AsInt);
        Assert.Equal("", now.Single(one => one.Name == "numa_nodeset").AsString);
    }
}

public abstract class DomainNumaChangesContract<TSubject> : DomainContract<TSubject, IDomainNumaChanges> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Mode_and_cells_are_as_they_were_set()
    {
        DomainRef domain = await DefinedAsync();
        await Offered.SetNumaParametersAsync(
            domain, [new TypedParameter("numa_mode", (int)DomainNumaMemoryMode.Interleave), new("numa_nodeset", "0")], DomainModificationImpact.Config, Cancel);
        TypedParameter[] now = await On<IDomainNumaParameters>().GetNumaParametersAsync(domain, DomainModificationImpact.Config, Cancel);
        Assert.Equal((int)DomainNumaMemoryMode.Interleave, now.Single(one => one.Name == "numa_mode").AsInt);
        Assert.Equal("0", now.Single(one => one.Name == "numa_nodeset").AsString);
        await RefusedAsync(ErrorCode.InvalidArg, async () =>
            await Offered.SetNumaParametersAsync(domain, [new TypedParameter("numa_mode", 77)], DomainModificationImpact.Config, Cancel));
        await RefusedAsync(ErrorCode.InvalidArg, async () =>
            await Offered.SetNumaParametersAsync(domain, [new TypedParameter("numa_nodeset", "all")], DomainModificationImpact.Config, Cancel));
    }
}

public abstract class DomainInterfaceParametersContract<TSubject> : DomainContract<TSubject, IDomainInterfaceParameters> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Bandwidth_is_as_it_was_set_and_lifted_by_zero()
    {
        DomainRef domain = await DefinedAsync();
        await Offered.SetInterfaceParametersAsync(domain, Subject.Card, [new TypedParameter("inbound.average", 100u), new("inbound.peak", 200u)], DomainModificationImpact.Config, Cancel);
        Assert.Equal((100u, 200u), await RatesAsync(domain));
        await Offered.SetInterfaceParametersAsync(domain, Subject.Card, [new TypedParameter("inbound.average", 0u)], DomainModificationImpact.Config, Cancel);
        Assert.Equal((0u, 0u), await RatesAsync(domain));
    }

    async Task<(uint Average, uint Peak)> RatesAsync(DomainRef domain)
    {
        TypedParameter[] now = await Offered.GetInterfaceParametersAsync(domain, Subject.Card, DomainModificationImpact.Config, Cancel);
        return (now.Single(one => one.Name == "inbound.average").AsUInt, now.Single(one => one.Name == "inbound.peak").AsUInt);
    }

    [Fact]
    public async Task A_card_that_is_not_there_and_a_rate_that_is_none_are_refused()
    {
        DomainRef domain = await DefinedAsync();
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.GetInterfaceParametersAsync(domain, "52:54:00:ff:ff:ff", DomainModificationImpact.Config, Cancel));
        await RefusedAsync(ErrorCode.ArgumentUnsupported, async () =>
            await Offered.SetInterfaceParametersAsync(domain, Subject.Card, [new TypedParameter("inbound.colour", 1u)], DomainModificationImpact.Config, Cancel));
    }
}

public abstract class DomainPerfEventsContract<TSubject> : DomainContract<TSubject, IDomainPerfEvents> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_counter_is_on_when_it_was_switched_on()
    {
        DomainRef domain = await DefinedAsync();
        Assert.DoesNotContain(await Offered.GetPerfEventsAsync(domain, DomainModificationImpact.Config, Cancel), one => one.AsBoolean);
        await Offered.SetPerfEventsAsync(domain, [new TypedParameter("cpu_cycles", true)], DomainModificationImpact.Config, Cancel);
        Assert.Equal("cpu_cycles", (await Offered.GetPerfEventsAsync(domain, DomainModificationImpact.Config, Cancel)).Single(one => one.AsBoolean).Name);
        await RefusedAsync(ErrorCode.ArgumentUnsupported, async () =>
            await Offered.SetPerfEventsAsync(domain, [new TypedParameter("coffee", true)], DomainModificationImpact.Config, Cancel));
    }
}

public abstract class DomainVcpuChangesContract<TSubject> : DomainContract<TSubject, IDomainVcpuChanges> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task There_are_as_many_as_were_asked_for_and_no_more_than_the_most()
    {
        DomainRef domain = await DefinedAsync();
        await Offered.SetVcpuCountAsync(domain, 3, DomainVcpuFlags.Config, Cancel);
        Assert.Equal(3, await On<IDomainVcpus>().GetVcpuCountAsync(domain, DomainVcpuFlags.Config, Cancel));
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.SetVcpuCountAsync(domain, 5, DomainVcpuFlags.Config, Cancel));
        await Offered.SetVcpuCountAsync(domain, 2, DomainVcpuFlags.Config | DomainVcpuFlags.Maximum, Cancel);
        Assert.Equal(2, await On<IDomainVcpus>().GetVcpuCountAsync(domain, DomainVcpuFlags.Config, Cancel));
    }

    [Fact]
    public async Task What_does_not_run_has_no_running_ones() =>
        await RefusedAsync(ErrorCode.OperationInvalid, async () => await Offered.SetVcpuCountAsync(await DefinedAsync(), 2, DomainVcpuFlags.Live, Cancel));
}

public abstract class DomainPinsContract<TSubject> : DomainContract<TSubject, IDomainPins> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_thread_is_where_it_was_pinned()
    {
        DomainRef domain = await StartedAsync();
        await Offered.PinVcpuAsync(domain, 0, [1], Cancel);
        CpuMaps pins = await Offered.GetVcpuPinsAsync(domain, 8, 1, DomainModificationImpact.Current, Cancel);
        // Some drivers tell of those that could come, too.
        Assert.InRange(pins.Count, 1, 4);
        Assert.Equal(1, pins.Maps[0]);
        await Offered.PinEmulatorAsync(domain, [1], DomainModificationImpact.Current, Cancel);
        Assert.Equal([1], (await Offered.GetEmulatorPinAsync(domain, 1, DomainModificationImpact.Current, Cancel)).Maps);
    }

    [Fact]
    public async Task A_vcpu_that_is_not_there_and_no_processor_at_all_are_refused()
    {
        DomainRef domain = await StartedAsync();
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.PinVcpuAsync(domain, 99, [1], Cancel));
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.PinEmulatorAsync(domain, [0], DomainModificationImpact.Current, Cancel));
    }
}
