namespace Vireo.Driver;

/// <summary>
/// A right that the caller needs. Several stand together: all must be held. With <see cref="If"/> or <see cref="Unless"/> it is
/// asked for only when the call's flags say so.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class AclAttribute : Attribute
{
    /// <summary>A right on the connection.</summary>
    public AclAttribute(ConnectRight right) => Right = right;
    /// <summary>A right on the domain.</summary>
    public AclAttribute(DomainRight right) => Right = right;
    /// <summary>A right on the network.</summary>
    public AclAttribute(NetworkRight right) => Right = right;
    /// <summary>A right on the network port.</summary>
    public AclAttribute(NetworkPortRight right) => Right = right;
    /// <summary>A right on the pool.</summary>
    public AclAttribute(StoragePoolRight right) => Right = right;
    /// <summary>A right on the volume.</summary>
    public AclAttribute(StorageVolumeRight right) => Right = right;
    /// <summary>A right on the interface.</summary>
    public AclAttribute(InterfaceRight right) => Right = right;
    /// <summary>A right on the node device.</summary>
    public AclAttribute(NodeDeviceRight right) => Right = right;
    /// <summary>A right on the secret.</summary>
    public AclAttribute(SecretRight right) => Right = right;
    /// <summary>A right on the filter.</summary>
    public AclAttribute(NwFilterRight right) => Right = right;
    /// <summary>A right on the filter binding.</summary>
    public AclAttribute(NwFilterBindingRight right) => Right = right;

    /// <summary>The right, of one of the enums of rights.</summary>
    public object Right { get; }

    /// <summary>Only when one of these flags is set.</summary>
    public object? If { get; set; }

    /// <summary>Only when none of these flags is set.</summary>
    public object? Unless { get; set; }

    /// <summary>The parameter that <see cref="If"/> looks at by value; without it, the flags.</summary>
    public string? Of { get; set; }

    /// <summary>Not asked before the call but of each listed object: those without the right are left out.</summary>
    public bool Filter { get; set; }
}
