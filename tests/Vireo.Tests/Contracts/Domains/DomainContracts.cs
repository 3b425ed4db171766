using Vireo.Core.Errors;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

public abstract class DomainLookupContract<TSubject> : DomainContract<TSubject, IDomainLookup> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_domain_is_found_by_its_name_uuid_and_id()
    {
        DomainRef domain = await StartedAsync();
        Assert.Equal(domain, await Offered.LookupByNameAsync(domain.Name, Cancel));
        Assert.Equal(domain, await Offered.LookupByUuidAsync(domain.Uuid, Cancel));
        Assert.Equal(domain, await Offered.LookupByIdAsync(domain.Id, Cancel));
    }

    [Fact]
    public async Task What_is_not_there_is_no_domain()
    {
        await RefusedAsync(ErrorCode.NoDomain, async () => await Offered.LookupByNameAsync("nobody", Cancel));
        await RefusedAsync(ErrorCode.NoDomain, async () => await Offered.LookupByIdAsync(-1, Cancel));
        await RefusedAsync(ErrorCode.NoDomain, async () => await Offered.LookupByUuidAsync(Vireo.Core.Uuid.NewRandom(), Cancel));
    }
}

public abstract class DomainListingContract<TSubject> : DomainContract<TSubject, IDomainListing> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Lists_and_counts_agree()
    {
        await StartedAsync("on");
        await DefinedAsync("off");
        DomainRef[] all = await Offered.ListAllAsync(ListDomainsFlags.None, Cancel);
        int[] ids = await Offered.ListActiveIdsAsync(Cancel);
        string[] defined = await Offered.ListDefinedNamesAsync(Cancel);
        Assert.Equal(all.Length, ids.Length + defined.Length);
        Assert.Equal(ids.Length, await Offered.CountActiveAsync(Cancel));
        Assert.Equal(defined.Length, await Offered.CountDefinedAsync(Cancel));
        Assert.Contains("off", defined);
    }

    [Fact]
    public async Task Flags_of_a_group_add_up_and_groups_narrow()
    {
        DomainRef on = await StartedAsync("on"), off = await DefinedAsync("off");
        Assert.Contains(on, await Offered.ListAllAsync(ListDomainsFlags.Active, Cancel));
        Assert.DoesNotContain(off, await Offered.ListAllAsync(ListDomainsFlags.Active, Cancel));
        Assert.Contains(off, await Offered.ListAllAsync(ListDomainsFlags.Active | ListDomainsFlags.Inactive, Cancel));
        Assert.DoesNotContain(on, await Offered.ListAllAsync(ListDomainsFlags.Active | ListDomainsFlags.Transient, Cancel));
    }
}

public abstract class DomainDefinitionContract<TSubject> : DomainContract<TSubject, IDomainDefinition> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_defined_domain_is_kept_and_off()
    {
        DomainRef domain = await DefinedAsync();
        Assert.Equal(-1, domain.Id);
        Assert.True(await On<IDomainInfo>().IsPersistentAsync(domain, Cancel));
        Assert.Equal(DomainState.ShutOff, await StateAsync(domain));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused()
    {
        await DefinedAsync();
        await RefusedAsync(ErrorCode.OperationFailed, () => DefinedAsync());
    }

    [Fact]
    public async Task An_undefined_domain_is_gone_when_it_is_off()
    {
        DomainRef domain = await StartedAsync();
        await Offered.UndefineAsync(domain, Cancel);
        Assert.False(await On<IDomainInfo>().IsPersistentAsync(domain, Cancel));
        await On<IDomainPower>().DestroyAsync(domain, Cancel);
        await RefusedAsync(ErrorCode.NoDomain, () => StateAsync(domain));
    }

    [Fact]
    public Task A_malformed_document_is_refused() =>
        RefusedAsync(ErrorCode.XmlDetail, async () => await Offered.DefineAsync("<domain", Cancel));
}

public abstract class DomainPowerContract<TSubject> : DomainContract<TSubject, IDomainPower> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_started_domain_runs_until_it_is_destroyed()
    {
        DomainRef domain = await StartedAsync();
        Assert.True(domain.Id > 0);
        Assert.Equal(DomainState.Running, await StateAsync(domain));
        await Offered.DestroyAsync(domain, Cancel);
        Assert.Equal(DomainState.ShutOff, await StateAsync(domain));
        await RefusedAsync(ErrorCode.OperationInvalid, async () => await Offered.DestroyAsync(domain, Cancel));
    }

    [Fact]
    public async Task A_transient_domain_is_gone_when_it_stops()
    {
        DomainRef domain = await Offered.CreateTransientAsync(Subject.Definition("brief"), DomainCreateFlags.None, Cancel);
        Assert.False(await On<IDomainInfo>().IsPersistentAsync(domain, Cancel));
        await Offered.DestroyAsync(domain, Cancel);
        await RefusedAsync(ErrorCode.NoDomain, () => StateAsync(domain));
    }

    [Fact]
    public async Task Ids_are_not_used_twice()
    {
        DomainRef first = await StartedAsync();
        await Offered.DestroyAsync(first, Cancel);
        DomainRef second = await Offered.CreateAsync(first, DomainCreateFlags.None, Cancel);
        Assert.NotEqual(first.Id, second.Id);
    }
}

public abstract class DomainPauseContract<TSubject> : DomainContract<TSubject, IDomainPause> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_paused_domain_runs_on()
    {
        DomainRef domain = await StartedAsync();
        await Offered.SuspendAsync(domain, Cancel);
        Assert.Equal(DomainState.Paused, await StateAsync(domain));
        await Offered.ResumeAsync(domain, Cancel);
        Assert.Equal(DomainState.Running, await StateAsync(domain));
    }
}

public abstract class DomainInfoContract<TSubject> : DomainContract<TSubject, IDomainInfo> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task The_document_of_a_domain_defines_it_again()
    {
        DomainRef domain = await DefinedAsync();
        string xml = await Offered.GetXmlAsync(domain, DomainXmlFlags.Inactive | DomainXmlFlags.Secure, Cancel);
        Assert.Equal(domain, await On<IDomainDefinition>().DefineAsync(xml, Cancel));
        Assert.Equal(xml, await Offered.GetXmlAsync(domain, DomainXmlFlags.Inactive | DomainXmlFlags.Secure, Cancel));
    }

    [Fact]
    public async Task State_info_and_activity_agree()
    {
        DomainRef domain = await StartedAsync();
        DomainInfo info = await Offered.GetInfoAsync(domain, Cancel);
        Assert.Equal(await StateAsync(domain), info.State);
        Assert.Equal(await Offered.GetMaxMemoryAsync(domain, Cancel), info.MaxMemory);
        Assert.True(info.Memory <= info.MaxMemory);
        Assert.True(await Offered.IsActiveAsync(domain, Cancel));
    }

    [Fact]
    public async Task A_domain_that_is_gone_is_no_domain()
    {
        DomainRef domain = await DefinedAsync();
        await On<IDomainDefinition>().UndefineAsync(domain, Cancel);
        await RefusedAsync(ErrorCode.NoDomain, async () => await Offered.GetXmlAsync(domain, DomainXmlFlags.None, Cancel));
    }
}

public abstract class DomainAutostartContract<TSubject> : DomainContract<TSubject, IDomainAutostart> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task It_is_as_it_was_set()
    {
        DomainRef domain = await DefinedAsync();
        Assert.False(await Offered.GetAutostartAsync(domain, Cancel));
        await Offered.SetAutostartAsync(domain, true, Cancel);
        Assert.True(await Offered.GetAutostartAsync(domain, Cancel));
    }
}

public abstract class DomainMetadataContract<TSubject> : DomainContract<TSubject, IDomainMetadata> where TSubject : IDomainSubject, new()
{
    const string Space = "http://example.org/contract";

    [Fact]
    public async Task A_piece_comes_back_as_it_was_given_and_is_part_of_the_document()
    {
        DomainRef domain = await DefinedAsync();
        await Offered.SetMetadataAsync(domain, DomainMetadataType.Element, "<a><b/></a>", "k", Space, DomainModificationImpact.Config, Cancel);
        Assert.Equal("<a>\n  <b/>\n</a>", await Offered.GetMetadataAsync(domain, DomainMetadataType.Element, Space, DomainModificationImpact.Config, Cancel));
        Assert.Contains("<k:b/>", await On<IDomainInfo>().GetXmlAsync(domain, DomainXmlFlags.None, Cancel), StringComparison.Ordinal);
        await Offered.SetMetadataAsync(domain, DomainMetadataType.Element, null, "k", Space, DomainModificationImpact.Config, Cancel);
        await RefusedAsync(ErrorCode.NoDomainMetadata, async () =>
            await Offered.GetMetadataAsync(domain, DomainMetadataType.Element, Space, DomainModificationImpact.Config, Cancel));
    }

    [Fact]
    public async Task Titles_are_changed_and_removed()
    {
        DomainRef domain = await DefinedAsync();
        await Offered.SetMetadataAsync(domain, DomainMetadataType.Title, "a title", null, null, DomainModificationImpact.Config, Cancel);
        Assert.Equal("a title", await Offered.GetMetadataAsync(domain, DomainMetadataType.Title, null, DomainModificationImpact.Config, Cancel));
        await Offered.SetMetadataAsync(domain, DomainMetadataType.Title, "", null, null, DomainModificationImpact.Config, Cancel);
        await RefusedAsync(ErrorCode.NoDomainMetadata, async () =>
            await Offered.GetMetadataAsync(domain, DomainMetadataType.Title, null, DomainModificationImpact.Config, Cancel));
    }
}
