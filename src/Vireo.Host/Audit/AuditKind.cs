namespace Vireo.Host.Audit;

/// <summary>What a record is about, by the numbers that the kernel's audit gives to virtual machines.</summary>
public enum AuditKind
{
    /// <summary>VIRT_CONTROL: a machine starts or stops.</summary>
    Control = 2500,
    /// <summary>VIRT_RESOURCE: a machine gets something of the host, or loses it.</summary>
    Resource = 2501,
    /// <summary>VIRT_MACHINE_ID: a machine and its security labels belong together.</summary>
    MachineId = 2502,
}
