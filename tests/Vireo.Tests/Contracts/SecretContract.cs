using System.Text;
using Vireo.Core.Errors;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

/// <summary>What a driver that keeps secrets keeps.</summary>
[Holds(typeof(ISecretListing), typeof(ISecretLifecycle), typeof(ISecretEvents))]
public abstract class SecretContract(ISubject subject) : Contract(subject)
{
    ISecretListing Lists => On<ISecretListing>();

    ISecretLifecycle Make => On<ISecretLifecycle>();

    static string Document(string path, string attributes = "") => $"<secret{attributes}><usage type='volume'><volume>{path}</volume></usage></secret>";

    async Task<SecretRef> DefineAsync(string path, string attributes = "") => await Make.DefineAsync(Document(path, attributes), SecretDefineFlags.None, default);

    [Fact]
    public async Task A_secret_is_found_by_uuid_and_by_use()
    {
        SecretRef secret = await DefineAsync("/a");
        Assert.Equal((SecretUsageType.Volume, "/a"), (secret.UsageType, secret.UsageId));
        Assert.Equal(secret, await Lists.LookupByUuidAsync(secret.Uuid, default));
        Assert.Equal(secret, await Lists.LookupByUsageAsync(SecretUsageType.Volume, "/a", default));
        Assert.Equal([secret], await Lists.ListAllAsync(ListSecretsFlags.None, default));
        Assert.Equal([secret.Uuid.ToString()], await Lists.ListUuidsAsync(default));
        Assert.Equal(1, await Lists.CountAsync(default));
        Assert.Contains("<volume>/a</volume>", await Lists.GetXmlAsync(secret, 0, default), StringComparison.Ordinal);
        await RefusedAsync(ErrorCode.NoSecret, () => Lists.LookupByUsageAsync(SecretUsageType.Ceph, "/a", default));
        await RefusedAsync(ErrorCode.NoSecret, () => Lists.LookupByUsageAsync(SecretUsageType.None, "", default));
        await Make.UndefineAsync(secret, default);
        await RefusedAsync(ErrorCode.NoSecret, () => Lists.LookupByUuidAsync(secret.Uuid, default));
        await RefusedAsync(ErrorCode.NoSecret, () => Make.UndefineAsync(secret, default));
    }

    [Fact]
    public async Task A_value_comes_back_unless_it_is_private()
    {
        SecretRef secret = await DefineAsync("/a"), hidden = await DefineAsync("/b", " private='yes' ephemeral='yes'");
        await RefusedAsync(ErrorCode.NoSecret, () => Make.GetValueAsync(secret, 0, default));
        byte[] value = Encoding.UTF8.GetBytes("open\0sesame");
        await Make.SetValueAsync(secret, value, 0, default);
        Assert.Equal(value, await Make.GetValueAsync(secret, 0, default));
        await Make.SetValueAsync(secret, [1], 0, default);
        Assert.Equal([1], await Make.GetValueAsync(secret, 0, default));
        await Make.SetValueAsync(hidden, value, 0, default);
        await RefusedAsync(ErrorCode.InvalidSecret, () => Make.GetValueAsync(hidden, 0, default));
        await RefusedAsync(ErrorCode.InvalidArg, () => Make.GetValueAsync(secret, 1, default));
        await RefusedAsync(ErrorCode.InvalidArg, () => Make.SetValueAsync(secret, value, 1, default));
    }

    [Fact]
    public async Task A_use_is_one_secrets_and_a_secrets_use_stays()
    {
        SecretRef secret = await DefineAsync("/a");
        await RefusedAsync(ErrorCode.InternalError, () => Make.DefineAsync(Document("/a"), SecretDefineFlags.None, default));
        await RefusedAsync(ErrorCode.InternalError, () => Make.DefineAsync(
            Document("/b").Replace("<usage", $"<uuid>{secret.Uuid}</uuid><usage", StringComparison.Ordinal), SecretDefineFlags.None, default));
        await Make.SetValueAsync(secret, [1], 0, default);
        await Make.DefineAsync(Document("/a").Replace("<usage", $"<uuid>{secret.Uuid}</uuid><description>new</description><usage", StringComparison.Ordinal), SecretDefineFlags.None, default);
        Assert.Contains("new", await Lists.GetXmlAsync(secret, 0, default), StringComparison.Ordinal);
        Assert.Equal([1], await Make.GetValueAsync(secret, 0, default));
        await RefusedAsync(ErrorCode.XmlError, () => Make.DefineAsync("<network/>", SecretDefineFlags.None, default));
        await RefusedAsync(ErrorCode.InvalidArg, () => Make.DefineAsync(Document("/c"), (SecretDefineFlags)0x80, default));
    }

    [Fact]
    public async Task Lists_are_narrowed()
    {
        SecretRef plain = await DefineAsync("/a"), both = await DefineAsync("/b", " private='yes' ephemeral='yes'");
        foreach (var (yes, no) in new[] { (ListSecretsFlags.Ephemeral, ListSecretsFlags.NoEphemeral), (ListSecretsFlags.Private, ListSecretsFlags.NoPrivate) })
        {
            Assert.Equal([both], await Lists.ListAllAsync(yes, default));
            Assert.Equal([plain], await Lists.ListAllAsync(no, default));
        }
        await RefusedAsync(ErrorCode.InvalidArg, () => Lists.ListAllAsync((ListSecretsFlags)0x80, default));
    }

    [Fact]
    public async Task Who_listens_is_told()
    {
        var heard = new List<object>();
        await using IAsyncDisposable lifecycle = await On<ISecretEvents>().SubscribeAsync(SecretEventId.Lifecycle, null, e => heard.Add(((SecretLifecycleEvent)e).Type), default);
        await using IAsyncDisposable values = await On<ISecretEvents>().SubscribeAsync(SecretEventId.ValueChanged, null, e => heard.Add(e.Kind), default);
        SecretRef secret = await DefineAsync("/a");
        await Make.SetValueAsync(secret, [1], 0, default);
        await Make.UndefineAsync(secret, default);
        Hear();
        Assert.Equal([SecretEventType.Defined, SecretEventId.ValueChanged, SecretEventType.Undefined], heard);
    }
}
