using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

public abstract class DomainJobsContract<TSubject> : DomainContract<TSubject, IDomainJobs> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Who_does_nothing_has_no_job_to_tell_of_or_to_stop()
    {
        DomainRef domain = await StartedAsync();
        Assert.Equal(DomainJobType.None, (await Offered.GetJobInfoAsync(domain, Cancel)).Type);
        Assert.Equal(DomainJobType.None, (await Offered.GetJobStatisticsAsync(domain, DomainGetJobStatsFlags.None, Cancel)).Type);
        await RefusedAsync(ErrorCode.OperationInvalid, async () => await Offered.AbortJobAsync(domain, Cancel));
    }

    [Fact]
    public Task There_are_jobs_while_it_runs() => OnlyRunningAsync(async domain => await Offered.GetJobInfoAsync(domain, Cancel));
}

public abstract class DomainManagedSaveXmlContract<TSubject> : DomainContract<TSubject, IDomainManagedSaveXml> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task The_definition_in_saved_state_is_the_domains_and_may_be_replaced_by_one_that_the_guest_sees_as_the_same()
    {
        DomainRef domain = await StartedAsync();
        await RefusedAsync(ErrorCode.NoDomain, async () => await Offered.GetManagedSaveXmlAsync(new("nobody", Core.Uuid.NewRandom(), -1), DomainSaveImageXmlFlags.None, Cancel));
        await On<IDomainManagedSave>().ManagedSaveAsync(domain, DomainSaveRestoreFlags.None, Cancel);
        string saved = await Offered.GetManagedSaveXmlAsync(domain, DomainSaveImageXmlFlags.None, Cancel);
        Assert.Contains($"<name>{domain.Name}</name>", saved, StringComparison.Ordinal);
        await Offered.DefineManagedSaveXmlAsync(domain, saved.Replace("</name>", "</name><title>another</title>", StringComparison.Ordinal), DomainSaveRestoreFlags.None, Cancel);
        Assert.Contains("<title>another</title>", await Offered.GetManagedSaveXmlAsync(domain, DomainSaveImageXmlFlags.None, Cancel), StringComparison.Ordinal);
    }
}

public abstract class DomainSaveParametersContract<TSubject> : DomainContract<TSubject, IDomainSaveParameters> where TSubject : IDomainSubject, new()
{
    readonly string folder = Directory.CreateTempSubdirectory("contract").FullName;

    [Fact]
    public async Task A_domain_is_saved_into_the_file_that_is_named_and_restored_from_it()
    {
        DomainRef domain = await StartedAsync();
        TypedParameter[] file = [new("file", Path.Join(folder, "saved"))];
        await Offered.SaveParamsAsync(domain, file, DomainSaveRestoreFlags.None, Cancel);
        Assert.Equal(DomainState.ShutOff, await StateAsync(domain));
        await Offered.RestoreParamsAsync(file, DomainSaveRestoreFlags.None, Cancel);
        Assert.Equal(DomainState.Running, await StateAsync(domain));
    }

    [Fact]
    public async Task What_nobody_knows_is_refused() => await RefusedAsync(ErrorCode.ArgumentUnsupported, async () =>
        await Offered.SaveParamsAsync(await StartedAsync(), [new TypedParameter("colour", "blue")], DomainSaveRestoreFlags.None, Cancel));

    protected override void Cleanup() => Directory.Delete(folder, recursive: true);
}

public abstract class DomainSecurityListContract<TSubject> : DomainContract<TSubject, IDomainSecurityList> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task What_does_not_run_has_no_labels() => Assert.Empty(await Offered.GetSecurityLabelsAsync(await DefinedAsync(), Cancel));
}

public abstract class DomainBlockParametersContract<TSubject> : DomainContract<TSubject, IDomainBlockParameters> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Counters_of_a_disk_have_names_once_each()
    {
        DomainRef domain = await StartedAsync();
        string[] names = [.. (await Offered.GetBlockParametersAsync(domain, "vda", 0, Cancel)).Select(one => one.Name)];
        Assert.Contains("rd_bytes", names);
        Assert.Distinct(names);
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.GetBlockParametersAsync(domain, "vdz", 0, Cancel));
    }

    [Fact]
    public Task Disks_work_while_it_runs() => OnlyRunningAsync(async domain => await Offered.GetBlockParametersAsync(domain, "vda", 0, Cancel));
}
