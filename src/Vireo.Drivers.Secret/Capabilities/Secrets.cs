using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Model.Documents;
using Vireo.Model.Secret;

namespace Vireo.Drivers.Secret.Capabilities;

/// <summary>Lists, makes and opens secrets.</summary>
sealed class Secrets(SecretKeeper keeper) : ISecretListing, ISecretLifecycle, ISecretEvents
{
    const ListSecretsFlags Known = ListSecretsFlags.Ephemeral | ListSecretsFlags.NoEphemeral | ListSecretsFlags.Private | ListSecretsFlags.NoPrivate;

    public ValueTask<SecretRef[]> ListAllAsync(ListSecretsFlags flags, CancellationToken cancel)
    {
        SecretErrors.Only((uint)flags, (uint)Known, "secretConnectListAllSecrets");
        return new([.. keeper.All.Where(secret => flags.Pair(ListSecretsFlags.Ephemeral, ListSecretsFlags.NoEphemeral, secret.IsEphemeral)
            && flags.Pair(ListSecretsFlags.Private, ListSecretsFlags.NoPrivate, secret.IsPrivate)).Select(static secret => secret.Ref)]);
    }

    public ValueTask<int> CountAsync(CancellationToken cancel) => new(keeper.All.Count());

    public ValueTask<string[]> ListUuidsAsync(CancellationToken cancel) => new([.. keeper.All.Select(static secret => secret.Uuid.ToString())]);

    public ValueTask<SecretRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel) => new(keeper.Get(uuid).Ref);

    public ValueTask<SecretRef> LookupByUsageAsync(SecretUsageType usageType, string usageId, CancellationToken cancel) =>
        usageType is not SecretUsageType.None && keeper.Find(usageType, usageId) is { } found ? new(found.Ref) : throw SecretErrors.NoSecretFor(usageId);

    public ValueTask<string> GetXmlAsync(SecretRef secret, uint flags, CancellationToken cancel)
    {
        SecretErrors.Only(flags, 0, "secretGetXMLDesc");
        return new(keeper.Get(secret.Uuid).Def.ToXml());
    }

    public ValueTask<SecretRef> DefineAsync(string xml, SecretDefineFlags flags, CancellationToken cancel)
    {
        SecretErrors.Only((uint)flags, (uint)SecretDefineFlags.Validate, "secretDefineXML");
        if (flags.HasFlag(SecretDefineFlags.Validate))
            DocumentKinds.Secret.Validate(xml);
        KeptSecret secret = keeper.Define(SecretDef.Define(xml));
        keeper.Events.Raise(new SecretLifecycleEvent(secret.Ref, SecretEventType.Defined, 0));
        return new(secret.Ref);
    }

    public ValueTask SetValueAsync(SecretRef secret, byte[] value, uint flags, CancellationToken cancel)
    {
        SecretErrors.Only(flags, 0, "secretSetValue");
        if (value.Length == 0)
            throw SecretErrors.Empty();
        keeper.SetValue(secret.Uuid, value);
        keeper.Events.Raise(new SecretValueChangedEvent(keeper.Get(secret.Uuid).Ref));
        return default;
    }

    public ValueTask<byte[]> GetValueAsync(SecretRef secret, uint flags, CancellationToken cancel)
    {
        SecretErrors.Only(flags, 0, "secretGetValue");
        KeptSecret found = keeper.Get(secret.Uuid);
        return found.IsPrivate ? throw SecretErrors.IsPrivate() : new(keeper.ValueOf(found));
    }

    public ValueTask UndefineAsync(SecretRef secret, CancellationToken cancel)
    {
        SecretRef gone = keeper.Get(secret.Uuid).Ref;
        keeper.Undefine(secret.Uuid);
        keeper.Events.Raise(new SecretLifecycleEvent(gone, SecretEventType.Undefined, 0));
        return default;
    }

    public ValueTask<IAsyncDisposable> SubscribeAsync(SecretEventId kind, SecretRef? only, Action<SecretEvent> sink, CancellationToken cancel) =>
        new(keeper.Events.Subscribe(kind, only, sink));
}
