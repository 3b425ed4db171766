using Vireo.Driver;
using Vireo.Model.Documents;
using Vireo.Model.NwFilter;

namespace Vireo.Drivers.NwFilter.Capabilities;

/// <summary>Lists, makes and takes away bindings of filters to cards.</summary>
sealed class BindingCalls(NwFilterKeeper keeper) : INwFilterBindings, INwFilterBindingLifecycle
{
    public ValueTask<NwFilterBindingRef[]> ListBindingsAsync(uint flags, CancellationToken cancel)
    {
        NwFilterErrors.Only(flags, 0, "nwfilterConnectListAllNWFilterBindings");
        return new([.. keeper.Cards.Select(static card => card.Ref)]);
    }

    public ValueTask<NwFilterBindingRef> LookupBindingAsync(string name, CancellationToken cancel) => new(keeper.Get(name).Ref);

    public ValueTask<string> GetBindingXmlAsync(NwFilterBindingRef filter, uint flags, CancellationToken cancel)
    {
        NwFilterErrors.Only(flags, 0, "nwfilterBindingGetXMLDesc");
        return new(keeper.Get(filter.PortDevice).Binding.ToXml());
    }

    public async ValueTask<NwFilterBindingRef> CreateBindingAsync(string xml, NwFilterBindingCreateFlags flags, CancellationToken cancel)
    {
        NwFilterErrors.Only((uint)flags, (uint)NwFilterBindingCreateFlags.Validate, "nwfilterBindingCreateXML");
        if (flags.HasFlag(NwFilterBindingCreateFlags.Validate))
            DocumentKinds.FilterBinding.Validate(xml);
        return (await keeper.BindAsync(FilterBindingDef.Parse(xml), cancel).ConfigureAwait(false)).Ref;
    }

    public ValueTask DeleteBindingAsync(NwFilterBindingRef binding, CancellationToken cancel) => keeper.UnbindAsync(binding.PortDevice, cancel);
}
