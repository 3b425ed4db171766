using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

/// <summary>What a driver of network filters keeps.</summary>
[Holds(typeof(INwFilterListing), typeof(INwFilterLifecycle), typeof(INwFilterBindings), typeof(INwFilterBindingLifecycle))]
public abstract class NwFilterContract(ISubject subject) : Contract(subject)
{
    const string Guest = "11111111-2222-3333-4444-5555555555aa";

    INwFilterListing Lists => On<INwFilterListing>();

    INwFilterLifecycle Make => On<INwFilterLifecycle>();

    INwFilterBindings Bindings => On<INwFilterBindings>();

    INwFilterBindingLifecycle Bind => On<INwFilterBindingLifecycle>();

    static string Document(string name, string content = "", Uuid? uuid = null) => $"<filter name='{name}'>{(uuid is null ? "" : $"<uuid>{uuid}</uuid>")}{content}</filter>";

    static string Binding(string port, string filter) =>
        $"<filterbinding><owner><name>g</name><uuid>{Guest}</uuid></owner><portdev name='{port}'/><mac address='52:54:00:00:00:01'/><filterref filter='{filter}'/></filterbinding>";

    async Task<NwFilterRef> DefineAsync(string document) => await Make.DefineAsync(document, NwFilterDefineFlags.None, default);

    [Fact]
    public async Task A_filter_is_found_by_name_and_by_uuid()
    {
        NwFilterRef filter = await DefineAsync(Document("c1"));
        Assert.Equal(filter, await Lists.LookupByNameAsync("c1", default));
        Assert.Equal(filter, await Lists.LookupByUuidAsync(filter.Uuid, default));
        Assert.Contains(filter, await Lists.ListAllAsync(0, default));
        Assert.Contains("c1", await Lists.ListNamesAsync(default));
        Assert.Equal((await Lists.ListAllAsync(0, default)).Length, await Lists.CountAsync(default));
        Assert.Contains($"<uuid>{filter.Uuid}</uuid>", await Lists.GetXmlAsync(filter, 0, default), StringComparison.Ordinal);
        await Make.UndefineAsync(filter, default);
        await RefusedAsync(ErrorCode.NoNwfilter, () => Lists.LookupByNameAsync("c1", default));
        await RefusedAsync(ErrorCode.NoNwfilter, () => Lists.LookupByUuidAsync(filter.Uuid, default));
        await RefusedAsync(ErrorCode.NoNwfilter, () => Make.UndefineAsync(filter, default));
    }

    [Fact]
    public async Task A_name_and_a_uuid_are_one_filters_and_none_refers_to_itself()
    {
        NwFilterRef one = await DefineAsync(Document("c1")), two = await DefineAsync(Document("c2", "<filterref filter='c1'/>"));
        Assert.Equal(one, await DefineAsync(Document("c1", "<rule action='drop' direction='in'/>", one.Uuid)));
        await RefusedAsync(ErrorCode.OperationFailed, () => Make.DefineAsync(Document("c1"), default));
        await RefusedAsync(ErrorCode.OperationFailed, () => Make.DefineAsync(Document("c3", uuid: one.Uuid), default));
        await RefusedAsync(ErrorCode.OperationFailed, () => Make.DefineAsync(Document("c1", "<filterref filter='c2'/>", one.Uuid), default));
        await RefusedAsync(ErrorCode.OperationFailed, () => Make.DefineAsync(Document("c1", "<filterref filter='c1'/>", one.Uuid), default));
        Assert.Contains("<rule action='drop'", await Lists.GetXmlAsync(one, 0, default), StringComparison.Ordinal);
        await Make.UndefineAsync(two, default);
    }

    [Fact]
    public async Task A_binding_is_found_by_its_port_and_has_the_cards_address()
    {
        await DefineAsync(Document("c1"));
        NwFilterBindingRef binding = await Bind.CreateBindingAsync(Binding("nobody0", "c1"), NwFilterBindingCreateFlags.Validate, default);
        Assert.Equal(new NwFilterBindingRef("nobody0", "c1"), binding);
        Assert.Equal(binding, await Bindings.LookupBindingAsync("nobody0", default));
        Assert.Equal([binding], await Bindings.ListBindingsAsync(0, default));
        Assert.Contains("<parameter name='MAC' value='52:54:00:00:00:01'/>", await Bindings.GetBindingXmlAsync(binding, 0, default), StringComparison.Ordinal);
        await RefusedAsync(ErrorCode.OperationFailed, () => Bind.CreateBindingAsync(Binding("nobody0", "c1"), default, default));
        await RefusedAsync(ErrorCode.InternalError, () => Bind.CreateBindingAsync(Binding("nobody1", "c9"), default, default));
        await Bind.DeleteBindingAsync(binding, default);
        await RefusedAsync(ErrorCode.NoNwfilterBinding, () => Bindings.LookupBindingAsync("nobody0", default));
        await RefusedAsync(ErrorCode.NoNwfilterBinding, () => Bind.DeleteBindingAsync(binding, default));
        Assert.Empty(await Bindings.ListBindingsAsync(0, default));
    }

    [Fact]
    public async Task What_is_no_filter_and_flags_that_nobody_knows_are_refused()
    {
        NwFilterRef filter = await DefineAsync(Document("c1"));
        await RefusedAsync(ErrorCode.XmlDetail, () => Make.DefineAsync("<filter", default));
        await RefusedAsync(ErrorCode.XmlInvalidSchema, () => Make.DefineAsync("<filter name='c2'><nothing/></filter>", NwFilterDefineFlags.Validate, default));
        await RefusedAsync(ErrorCode.ConfigUnsupported, () => Make.DefineAsync(Document("c2", "<rule action='maybe' direction='in'/>"), default));
        await RefusedAsync(ErrorCode.InvalidArg, () => Make.DefineAsync(Document("c2"), (NwFilterDefineFlags)2, default));
        await RefusedAsync(ErrorCode.InvalidArg, () => Lists.GetXmlAsync(filter, 1, default));
        await RefusedAsync(ErrorCode.InvalidArg, () => Lists.ListAllAsync(1, default));
        await RefusedAsync(ErrorCode.InvalidArg, () => Bindings.ListBindingsAsync(1, default));
        await RefusedAsync(ErrorCode.InvalidArg, () => Bind.CreateBindingAsync(Binding("nobody0", "c1"), (NwFilterBindingCreateFlags)2, default));
    }
}
