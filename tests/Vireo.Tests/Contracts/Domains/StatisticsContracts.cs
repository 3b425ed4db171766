using Vireo.Core.Errors;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

public abstract class DomainBlockStatisticsContract<TSubject> : DomainContract<TSubject, IDomainBlockStatistics> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_disk_that_runs_has_counters_that_do_not_go_back()
    {
        DomainRef domain = await StartedAsync();
        BlockStatistics first = await Offered.GetBlockStatisticsAsync(domain, "vda", Cancel), second = await Offered.GetBlockStatisticsAsync(domain, "vda", Cancel);
        Assert.True(second.ReadRequests >= first.ReadRequests && second.WriteBytes >= first.WriteBytes);
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.GetBlockStatisticsAsync(domain, "vdz", Cancel));
    }

    [Fact]
    public async Task An_image_has_a_size()
    {
        DomainRef domain = await StartedAsync();
        Assert.True((await Offered.GetBlockInfoAsync(domain, "vda", 0, Cancel)).Capacity > 0);
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.GetBlockInfoAsync(domain, "vdz", 0, Cancel));
    }

    [Fact]
    public Task Disks_work_while_it_runs() => OnlyRunningAsync(async domain => await Offered.GetBlockStatisticsAsync(domain, "vda", Cancel));
}

public abstract class DomainInterfaceStatisticsContract<TSubject> : DomainContract<TSubject, IDomainInterfaceStatistics> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_card_that_is_not_there_has_none() =>
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.GetInterfaceStatisticsAsync(await StartedAsync(), "52:54:00:ff:ff:ff", Cancel));

    [Fact]
    public async Task What_does_not_run_has_none() =>
        await RefusedAsync(ErrorCode.OperationInvalid, async () => await Offered.GetInterfaceStatisticsAsync(await DefinedAsync(), Subject.Card, Cancel));
}

public abstract class DomainMemoryStatisticsContract<TSubject> : DomainContract<TSubject, IDomainMemoryStatistics> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task There_are_no_more_than_were_asked_for_and_each_once()
    {
        DomainRef domain = await StartedAsync();
        MemoryStatistic[] all = await Offered.GetMemoryStatisticsAsync(domain, 100, 0, Cancel);
        Assert.Contains(all, one => one.Tag is DomainMemoryStatTag.ActualBalloon && one.Value > 0);
        Assert.Distinct(all.Select(one => one.Tag));
        Assert.Equal(all[0].Tag, Assert.Single(await Offered.GetMemoryStatisticsAsync(domain, 1, 0, Cancel)).Tag);
    }

    [Fact]
    public Task There_are_some_while_it_runs() => OnlyRunningAsync(async domain => await Offered.GetMemoryStatisticsAsync(domain, 100, 0, Cancel));
}

public abstract class DomainCpuStatisticsContract<TSubject> : DomainContract<TSubject, IDomainCpuStatistics> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task How_many_there_are_is_what_comes_then()
    {
        DomainRef domain = await StartedAsync();
        int totals = (await Offered.GetCpuStatisticsAsync(domain, 0, -1, 1, 0, Cancel)).Count;
        Assert.Equal(totals, (await Offered.GetCpuStatisticsAsync(domain, (uint)totals, -1, 1, 0, Cancel)).Parameters.Length);
        int processors = (await Offered.GetCpuStatisticsAsync(domain, 0, 0, 0, 0, Cancel)).Count;
        int each = (await Offered.GetCpuStatisticsAsync(domain, 0, 0, 1, 0, Cancel)).Count;
        CpuStatistics all = await Offered.GetCpuStatisticsAsync(domain, (uint)each, 0, (uint)processors, 0, Cancel);
        Assert.Equal((each, each * processors), (all.Count, all.Parameters.Length));
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.GetCpuStatisticsAsync(domain, (uint)each, processors, 1, 0, Cancel));
    }

    [Fact]
    public Task It_takes_time_while_it_runs() => OnlyRunningAsync(async domain => await Offered.GetCpuStatisticsAsync(domain, 0, -1, 1, 0, Cancel));
}

public abstract class DomainDiskErrorsContract<TSubject> : DomainContract<TSubject, IDomainDiskErrors> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Disks_that_are_told_of_are_the_domains() =>
        Assert.All(await Offered.GetDiskErrorsAsync(await StartedAsync(), 0, Cancel), one => Assert.Equal("vda", one.Disk));

    [Fact]
    public Task They_fail_while_it_runs() => OnlyRunningAsync(async domain => await Offered.GetDiskErrorsAsync(domain, 0, Cancel));
}

public abstract class DomainMemoryPeekContract<TSubject> : DomainContract<TSubject, IDomainMemoryPeek> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task As_many_bytes_come_as_were_asked_for()
    {
        DomainRef domain = await StartedAsync();
        Assert.Equal(16, (await Offered.PeekMemoryAsync(domain, 0, 16, DomainMemoryPeekFlags.Physical, Cancel)).Length);
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.PeekMemoryAsync(domain, 0, 16, 0, Cancel));
    }

    [Fact]
    public Task There_is_memory_while_it_runs() => OnlyRunningAsync(async domain => await Offered.PeekMemoryAsync(domain, 0, 16, DomainMemoryPeekFlags.Virtual, Cancel));
}

public abstract class DomainMessagesContract<TSubject> : DomainContract<TSubject, IDomainMessages> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Of_a_plain_domain_there_is_nothing_to_say()
    {
        DomainRef domain = await DefinedAsync();
        Assert.Empty(await Offered.GetMessagesAsync(domain, DomainMessageType.Deprecation, Cancel));
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.GetMessagesAsync(domain, (DomainMessageType)0x80, Cancel));
    }
}

public abstract class DomainSecurityContract<TSubject> : DomainContract<TSubject, IDomainSecurity> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task What_does_not_run_has_no_label()
    {
        Assert.Equal(new SecurityLabel("", false), await Offered.GetSecurityLabelAsync(await DefinedAsync("off"), Cancel));
        await Offered.GetSecurityLabelAsync(await StartedAsync("on"), Cancel);
        await RefusedAsync(ErrorCode.NoDomain, async () => await Offered.GetSecurityLabelAsync(new("nobody", Core.Uuid.NewRandom(), -1), Cancel));
    }
}
