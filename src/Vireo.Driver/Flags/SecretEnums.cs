namespace Vireo.Driver;

/// <summary>virConnectListAllSecretsFlags.</summary>
[Flags]
public enum ListSecretsFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_CONNECT_LIST_SECRETS_EPHEMERAL, since libvirt 0.10.2.</summary>
    Ephemeral = 1,
    /// <summary>VIR_CONNECT_LIST_SECRETS_NO_EPHEMERAL, since libvirt 0.10.2.</summary>
    NoEphemeral = 2,
    /// <summary>VIR_CONNECT_LIST_SECRETS_PRIVATE, since libvirt 0.10.2.</summary>
    Private = 4,
    /// <summary>VIR_CONNECT_LIST_SECRETS_NO_PRIVATE, since libvirt 0.10.2.</summary>
    NoPrivate = 8,
}

/// <summary>virSecretUsageType.</summary>
public enum SecretUsageType
{
    /// <summary>VIR_SECRET_USAGE_TYPE_NONE, since libvirt 0.7.1.</summary>
    None = 0,
    /// <summary>VIR_SECRET_USAGE_TYPE_VOLUME, since libvirt 0.7.1.</summary>
    Volume = 1,
    /// <summary>VIR_SECRET_USAGE_TYPE_CEPH, since libvirt 0.9.7.</summary>
    Ceph = 2,
    /// <summary>VIR_SECRET_USAGE_TYPE_ISCSI, since libvirt 1.0.4.</summary>
    Iscsi = 3,
    /// <summary>VIR_SECRET_USAGE_TYPE_TLS, since libvirt 2.3.0.</summary>
    Tls = 4,
    /// <summary>VIR_SECRET_USAGE_TYPE_VTPM, since libvirt 5.6.0.</summary>
    Vtpm = 5,
}

/// <summary>virSecretEventLifecycleType.</summary>
public enum SecretEventType
{
    /// <summary>VIR_SECRET_EVENT_DEFINED, since libvirt 3.0.0.</summary>
    Defined = 0,
    /// <summary>VIR_SECRET_EVENT_UNDEFINED, since libvirt 3.0.0.</summary>
    Undefined = 1,
}

/// <summary>virSecretEventID.</summary>
public enum SecretEventId
{
    /// <summary>VIR_SECRET_EVENT_ID_LIFECYCLE, since libvirt 3.0.0.</summary>
    Lifecycle = 0,
    /// <summary>VIR_SECRET_EVENT_ID_VALUE_CHANGED, since libvirt 3.0.0.</summary>
    ValueChanged = 1,
}

/// <summary>How a secret is defined (virSecretDefineFlags).</summary>
[Flags]
public enum SecretDefineFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_SECRET_DEFINE_VALIDATE, since libvirt 7.7.0.</summary>
    Validate = 1,
}
