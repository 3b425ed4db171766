namespace Vireo.Core.TypedParameters;

/// <summary>The type of a parameter's value (virTypedParameterType); the numbers travel.</summary>
public enum ParameterType
{
    /// <summary>int.</summary>
    Int = 1,
    /// <summary>unsigned int.</summary>
    UInt = 2,
    /// <summary>long long.</summary>
    Long = 3,
    /// <summary>unsigned long long.</summary>
    ULong = 4,
    /// <summary>double.</summary>
    Double = 5,
    /// <summary>boolean.</summary>
    Boolean = 6,
    /// <summary>Text.</summary>
    String = 7,
}

/// <summary>A named value of one of seven types: how libvirt passes sets that grow with time.</summary>
public readonly record struct TypedParameter
{
    readonly long bits;
    readonly string? text;

    TypedParameter(string name, ParameterType type, long bits, string? text = null)
    {
        Name = name;
        Type = type;
        this.bits = bits;
        this.text = text;
    }

    /// <summary>An int.</summary>
    public TypedParameter(string name, int value) : this(name, ParameterType.Int, value) { }
    /// <summary>An unsigned int.</summary>
    public TypedParameter(string name, uint value) : this(name, ParameterType.UInt, value) { }
    /// <summary>A 64-bit integer.</summary>
    public TypedParameter(string name, long value) : this(name, ParameterType.Long, value) { }
    /// <summary>An unsigned 64-bit integer.</summary>
    public TypedParameter(string name, ulong value) : this(name, ParameterType.ULong, (long)value) { }
    /// <summary>A double.</summary>
    public TypedParameter(string name, double value) : this(name, ParameterType.Double, BitConverter.DoubleToInt64Bits(value)) { }
    /// <summary>A boolean.</summary>
    public TypedParameter(string name, bool value) : this(name, ParameterType.Boolean, value ? 1 : 0) { }
    /// <summary>Text.</summary>
    public TypedParameter(string name, string value) : this(name, ParameterType.String, 0, value) { }

    /// <summary>Its name; at most 79 bytes on the wire.</summary>
    public string Name { get; }

    /// <summary>Which of the values below it has.</summary>
    public ParameterType Type { get; }

    /// <summary>The value of an <see cref="ParameterType.Int"/>.</summary>
    public int AsInt => (int)Whole(ParameterType.Int);
    /// <summary>The value of a <see cref="ParameterType.UInt"/>.</summary>
    public uint AsUInt => (uint)Whole(ParameterType.UInt);
    /// <summary>The value of a <see cref="ParameterType.Long"/>.</summary>
    public long AsLong => Whole(ParameterType.Long);
    /// <summary>The value of a <see cref="ParameterType.ULong"/>.</summary>
    public ulong AsULong => (ulong)Whole(ParameterType.ULong);
    /// <summary>The value of a <see cref="ParameterType.Double"/>.</summary>
    public double AsDouble => BitConverter.Int64BitsToDouble(Whole(ParameterType.Double));
    /// <summary>The value of a <see cref="ParameterType.Boolean"/>.</summary>
    public bool AsBoolean => Whole(ParameterType.Boolean) is not 0;
    /// <summary>The value of a <see cref="ParameterType.String"/>.</summary>
    public string AsString => Type is ParameterType.String ? text! : throw Mismatch(ParameterType.String);

    /// <summary>The value whatever its type, for printing and comparing.</summary>
    public object Boxed => Type switch
    {
        ParameterType.Int => AsInt,
        ParameterType.UInt => AsUInt,
        ParameterType.Long => AsLong,
        ParameterType.ULong => AsULong,
        ParameterType.Double => AsDouble,
        ParameterType.Boolean => AsBoolean,
        _ => AsString,
    };

    /// <summary>name=value, as virsh prints it.</summary>
    public override string ToString() => $"{Name}={Boxed}";

    long Whole(ParameterType wanted) => Type == wanted ? bits : throw Mismatch(wanted);

    InvalidOperationException Mismatch(ParameterType wanted) => new($"parameter '{Name}' is of type {Type}, not {wanted}");
}
