namespace Vireo.Driver;

/// <summary>How a filter is defined (virNWFilterDefineFlags).</summary>
[Flags]
public enum NwFilterDefineFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_NWFILTER_DEFINE_VALIDATE, since libvirt 7.7.0.</summary>
    Validate = 1,
}

/// <summary>How a binding is made (virNWFilterBindingCreateFlags).</summary>
[Flags]
public enum NwFilterBindingCreateFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_NWFILTER_BINDING_CREATE_VALIDATE, since libvirt 7.8.0.</summary>
    Validate = 1,
}
