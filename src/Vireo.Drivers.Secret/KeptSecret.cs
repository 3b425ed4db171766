using Vireo.Core;
using Vireo.Driver;
using Vireo.Model.Secret;

namespace Vireo.Drivers.Secret;

/// <summary>A secret as it is now.</summary>
/// <param name="Def">Without its value.</param>
/// <param name="Value">Its value, which whoever reads copies; null: it has none.</param>
sealed record KeptSecret(SecretDef Def, byte[]? Value)
{
    public Uuid Uuid => Def.Uuid!.Value;

    public bool IsEphemeral => Def.Ephemeral is true;

    public bool IsPrivate => Def.Private is true;

    public SecretUsageType UsageType => Def.Usage switch
    {
        SecretUsage.OfVolume => SecretUsageType.Volume,
        SecretUsage.OfCeph => SecretUsageType.Ceph,
        SecretUsage.OfIscsi => SecretUsageType.Iscsi,
        SecretUsage.OfTls => SecretUsageType.Tls,
        SecretUsage.OfVtpm => SecretUsageType.Vtpm,
        _ => SecretUsageType.None,
    };

    /// <summary>What it is found by, beside its uuid.</summary>
    public string UsageId => Def.Usage switch
    {
        SecretUsage.OfVolume volume => volume.Path,
        SecretUsage.OfCeph ceph => ceph.Name,
        SecretUsage.OfIscsi iscsi => iscsi.Target,
        SecretUsage.OfTls tls => tls.Name,
        SecretUsage.OfVtpm vtpm => vtpm.Name,
        _ => "",
    };

    public SecretRef Ref => new(Uuid, UsageType, UsageId);

    /// <summary>Never a value.</summary>
    public override string ToString() => $"secret {Uuid}";
}
