namespace Vireo.Fuzz.Engine;

/// <summary>What is fed with inputs that nobody sane would send.</summary>
public abstract class FuzzTarget : IDisposable
{
    /// <summary>Its name, and that of its folder in the kept corpus.</summary>
    public abstract string Name { get; }

    /// <summary>How files of its kept corpus end. Those of ".hex" hold bytes in hexadecimal digits, with remarks behind '#'.</summary>
    public abstract string Extension { get; }

    /// <summary>Sound inputs to begin with, beside the kept corpus.</summary>
    public virtual IEnumerable<byte[]> Seeds() => [];

    /// <summary>A new input made of a seed and, if it likes, of another.</summary>
    public abstract byte[] Mutate(byte[] seed, byte[] other, Random random);

    /// <summary>Feeds one input. Gives true if it was taken and false if it was refused as it should be; throws what is a finding.</summary>
    public abstract bool Run(byte[] input);

    /// <summary>Looks after the whole now and then, and at the end; throws what is a finding.</summary>
    public virtual void Check() { }

    /// <summary>How many inputs <c>./test --long</c> makes.</summary>
    public virtual long LongRun => 2_000_000;

    /// <summary>How many bytes an input may make its thread allocate.</summary>
    public virtual long AllocationLimit => 64 * 1024 * 1024;

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
