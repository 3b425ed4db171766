using Vireo.Core;
using Vireo.Driver;
using Vireo.Model.Documents;
using Vireo.Model.NwFilter;

namespace Vireo.Drivers.NwFilter.Capabilities;

/// <summary>Lists, makes and forgets filters.</summary>
sealed class FilterCalls(NwFilterKeeper keeper) : INwFilterListing, INwFilterLifecycle
{
    public ValueTask<NwFilterRef[]> ListAllAsync(uint flags, CancellationToken cancel)
    {
        NwFilterErrors.Only(flags, 0, "nwfilterConnectListAllNWFilters");
        return new([.. keeper.Filters.All.Values.Select(Ref)]);
    }

    public ValueTask<int> CountAsync(CancellationToken cancel) => new(keeper.Filters.All.Count);

    public ValueTask<string[]> ListNamesAsync(CancellationToken cancel) => new([.. keeper.Filters.All.Keys]);

    public ValueTask<NwFilterRef> LookupByNameAsync(string name, CancellationToken cancel) => new(Ref(keeper.Filters.Get(name)));

    public ValueTask<NwFilterRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel) => new(Ref(keeper.Filters.Get(uuid)));

    public ValueTask<string> GetXmlAsync(NwFilterRef filter, uint flags, CancellationToken cancel)
    {
        NwFilterErrors.Only(flags, 0, "nwfilterGetXMLDesc");
        return new(keeper.Filters.Get(filter.Uuid).ToXml());
    }

    public async ValueTask<NwFilterRef> DefineAsync(string xml, NwFilterDefineFlags flags, CancellationToken cancel)
    {
        NwFilterErrors.Only((uint)flags, (uint)NwFilterDefineFlags.Validate, "nwfilterDefineXMLFlags");
        if (flags.HasFlag(NwFilterDefineFlags.Validate))
            DocumentKinds.Filter.Validate(xml);
        return Ref(await keeper.DefineAsync(FilterDef.Define(xml), cancel).ConfigureAwait(false));
    }

    public ValueTask UndefineAsync(NwFilterRef filter, CancellationToken cancel) => keeper.UndefineAsync(keeper.Filters.Get(filter.Uuid).Name, cancel);

    static NwFilterRef Ref(FilterDef filter) => new(filter.Name, filter.Uuid!.Value);
}
