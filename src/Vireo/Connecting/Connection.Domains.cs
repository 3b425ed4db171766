using Microsoft.Win32.SafeHandles;
using Vireo.Core;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Model.Domain;

namespace Vireo;

public sealed partial class Connection
{
    /// <summary>The domains that match every group of the given flags.</summary>
    public async Task<IReadOnlyList<Domain>> ListDomainsAsync(ListDomainsFlags flags = default, CancellationToken cancel = default) =>
        Array.ConvertAll(await Require<IDomainListing>().ListAllAsync(flags, cancel).ConfigureAwait(false), r => new Domain(this, r));

    /// <summary>The domain with this name.</summary>
    public async Task<Domain> GetDomainAsync(string name, CancellationToken cancel = default) =>
        new(this, await Require<IDomainLookup>().LookupByNameAsync(name, cancel).ConfigureAwait(false));

    /// <summary>The domain with this uuid.</summary>
    public async Task<Domain> GetDomainAsync(Uuid uuid, CancellationToken cancel = default) =>
        new(this, await Require<IDomainLookup>().LookupByUuidAsync(uuid, cancel).ConfigureAwait(false));

    /// <summary>The running domain with this id.</summary>
    public async Task<Domain> GetDomainAsync(int id, CancellationToken cancel = default) =>
        new(this, await Require<IDomainLookup>().LookupByIdAsync(id, cancel).ConfigureAwait(false));

    /// <summary>Makes a persistent domain of a document, or changes one.</summary>
    public async Task<Domain> DefineDomainAsync(string xml, DomainDefineFlags flags = default, CancellationToken cancel = default) =>
        new(this, await Require<IDomainDefinition>().DefineAsync(xml, flags, cancel).ConfigureAwait(false));

    /// <summary>Makes a persistent domain of a definition, or changes one.</summary>
    public async Task<Domain> DefineDomainAsync(DomainDef definition, DomainDefineFlags flags = default, CancellationToken cancel = default) =>
        await DefineDomainAsync(definition.ToXml(), flags, cancel).ConfigureAwait(false);

    /// <summary>Starts a domain that is gone when it stops.</summary>
    public async Task<Domain> CreateDomainAsync(string xml, DomainCreateFlags flags = default, CancellationToken cancel = default) =>
        new(this, await Require<IDomainPower>().CreateTransientAsync(xml, flags, cancel).ConfigureAwait(false));

    /// <summary>Starts a domain that is gone when it stops; it finds these descriptors open, from 3 on.</summary>
    public async Task<Domain> CreateDomainAsync(
        string xml, IEnumerable<SafeFileHandle> files, DomainCreateFlags flags = default, CancellationToken cancel = default) =>
        new(this, await Require<IDomainStartWithFiles>().CreateTransientWithFilesAsync(xml, flags, [.. files], cancel).ConfigureAwait(false));

    /// <summary>Lets a domain run on from a file that it was saved to; null: with the document in the file.</summary>
    public async Task RestoreDomainAsync(string from, string? xml = null, DomainSaveRestoreFlags flags = default, CancellationToken cancel = default) =>
        await Require<IDomainSave>().RestoreAsync(from, xml, flags, cancel).ConfigureAwait(false);

    /// <summary>Lets a domain run on from a file; VIR_DOMAIN_SAVE_PARAM_* by name.</summary>
    public async Task RestoreDomainAsync(IEnumerable<TypedParameter> parameters, DomainSaveRestoreFlags flags = default, CancellationToken cancel = default) =>
        await Require<IDomainSaveParameters>().RestoreParamsAsync([.. parameters], flags, cancel).ConfigureAwait(false);

    /// <summary>The document in a file that a domain was saved to.</summary>
    public async Task<string> GetSaveImageXmlAsync(string file, DomainSaveImageXmlFlags flags = default, CancellationToken cancel = default) =>
        await Require<IDomainSave>().GetSaveImageXmlAsync(file, flags, cancel).ConfigureAwait(false);

    /// <summary>Changes the document in a file that a domain was saved to.</summary>
    public async Task DefineSaveImageXmlAsync(string file, string xml, DomainSaveRestoreFlags flags = default, CancellationToken cancel = default) =>
        await Require<IDomainSave>().DefineSaveImageXmlAsync(file, xml, flags, cancel).ConfigureAwait(false);

    /// <summary>A document made of a hypervisor's own configuration.</summary>
    public async Task<string> ConvertFromNativeAsync(string format, string configuration, CancellationToken cancel = default) =>
        await Require<IDomainXmlFromNative>().ConvertFromNativeAsync(format, configuration, 0, cancel).ConfigureAwait(false);

    /// <summary>A hypervisor's own configuration made of a document.</summary>
    public async Task<string> ConvertToNativeAsync(string format, string xml, CancellationToken cancel = default) =>
        await Require<IDomainXmlToNative>().ConvertToNativeAsync(format, xml, 0, cancel).ConfigureAwait(false);

    /// <summary>Statistics groups of the given domains, or of all.</summary>
    public async Task<IReadOnlyDictionary<string, ParameterSet>> GetStatisticsAsync(
        DomainStatsTypes groups = default, IEnumerable<Domain>? domains = null, ConnectGetAllDomainStatsFlags flags = default, CancellationToken cancel = default)
    {
        DomainRef[] which = [.. (domains ?? []).Select(d => d.Ref)];
        DomainStatistics[] all = await Require<IDomainBulkStatistics>().GetAllAsync(which, groups, flags, cancel).ConfigureAwait(false);
        return all.ToDictionary(s => s.Domain.Name, s => new ParameterSet(s.Parameters));
    }
}
