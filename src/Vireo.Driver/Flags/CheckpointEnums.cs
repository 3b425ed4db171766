namespace Vireo.Driver;

/// <summary>virDomainCheckpointListFlags.</summary>
[Flags]
public enum CheckpointListFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_CHECKPOINT_LIST_ROOTS, since libvirt 5.6.0.</summary>
    Roots = 1,
    /// <summary>VIR_DOMAIN_CHECKPOINT_LIST_DESCENDANTS, since libvirt 5.6.0.</summary>
    Descendants = Roots,
    /// <summary>VIR_DOMAIN_CHECKPOINT_LIST_TOPOLOGICAL, since libvirt 5.6.0.</summary>
    Topological = 2,
    /// <summary>VIR_DOMAIN_CHECKPOINT_LIST_LEAVES, since libvirt 5.6.0.</summary>
    Leaves = 4,
    /// <summary>VIR_DOMAIN_CHECKPOINT_LIST_NO_LEAVES, since libvirt 5.6.0.</summary>
    NoLeaves = 8,
}

/// <summary>virDomainCheckpointXMLFlags.</summary>
[Flags]
public enum CheckpointXmlFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_CHECKPOINT_XML_SECURE, since libvirt 5.6.0.</summary>
    Secure = 1,
    /// <summary>VIR_DOMAIN_CHECKPOINT_XML_NO_DOMAIN, since libvirt 5.6.0.</summary>
    NoDomain = 2,
    /// <summary>VIR_DOMAIN_CHECKPOINT_XML_SIZE, since libvirt 5.6.0.</summary>
    Size = 4,
}

/// <summary>virDomainCheckpointCreateFlags.</summary>
[Flags]
public enum CheckpointCreateFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE, since libvirt 5.6.0.</summary>
    Redefine = 1,
    /// <summary>VIR_DOMAIN_CHECKPOINT_CREATE_QUIESCE, since libvirt 5.6.0.</summary>
    Quiesce = 2,
    /// <summary>VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE_VALIDATE, since libvirt 6.10.0.</summary>
    RedefineValidate = 4,
}

/// <summary>virDomainCheckpointDeleteFlags.</summary>
[Flags]
public enum CheckpointDeleteFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_CHECKPOINT_DELETE_CHILDREN, since libvirt 5.6.0.</summary>
    Children = 1,
    /// <summary>VIR_DOMAIN_CHECKPOINT_DELETE_METADATA_ONLY, since libvirt 5.6.0.</summary>
    MetadataOnly = 2,
    /// <summary>VIR_DOMAIN_CHECKPOINT_DELETE_CHILDREN_ONLY, since libvirt 5.6.0.</summary>
    ChildrenOnly = 4,
}
