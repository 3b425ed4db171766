namespace Vireo.Cpu.Advice;

/// <summary>What keeps a guest from a host.</summary>
public enum ObstacleCause
{
    /// <summary>The CPU map of a release does not name it.</summary>
    Map,

    /// <summary>QEMU does not know it.</summary>
    Qemu,

    /// <summary>The processor has it, and the kernel or QEMU does not offer it to guests.</summary>
    Kernel,

    /// <summary>The processor gets it by a microcode update, or lost it by one.</summary>
    Microcode,

    /// <summary>The processor does not have it.</summary>
    Processor,

    /// <summary>Processor, kernel or QEMU: what is known of the host does not tell.</summary>
    Host,

    /// <summary>The definition asks for something that rules the host out.</summary>
    Policy,
}

/// <summary>One thing that stands in the way.</summary>
/// <param name="Name">A feature, a model or a vendor.</param>
/// <param name="Cause">Where it comes from.</param>
/// <param name="Why">What is wrong; the same words for all names of a kind.</param>
/// <param name="Remedy">What to change.</param>
public sealed record Obstacle(string Name, ObstacleCause Cause, string Why, string Remedy);
