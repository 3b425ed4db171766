using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Vireo.Core.TypedParameters;

namespace Vireo;

/// <summary>Named values as a driver gave them, by name. Numbers of all sizes can be asked for as any that holds them.</summary>
public sealed class ParameterSet(IReadOnlyList<TypedParameter> all) : IReadOnlyList<TypedParameter>
{
    /// <summary>How many there are.</summary>
    public int Count => all.Count;

    /// <summary>The parameter at a place.</summary>
    public TypedParameter this[int index] => all[index];

    /// <summary>The value of a parameter.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public object this[string name] => Find(name)?.Boxed ?? throw new KeyNotFoundException($"no parameter '{name}'");

    /// <summary>A parameter; null: there is none of that name.</summary>
    public TypedParameter? Find(string name)
    {
        foreach (TypedParameter one in all)
            if (one.Name == name)
                return one;
        return null;
    }

    /// <summary>A number of any of the wire's sizes; false: there is none of that name, it is no number, or it does not fit.</summary>
    public bool TryGetNumber(string name, out long value)
    {
        value = 0;
        switch (Find(name))
        {
            case { Type: ParameterType.Int } one: value = one.AsInt; return true;
            case { Type: ParameterType.UInt } one: value = one.AsUInt; return true;
            case { Type: ParameterType.Long } one: value = one.AsLong; return true;
            case { Type: ParameterType.ULong } one when one.AsULong <= long.MaxValue: value = (long)one.AsULong; return true;
            default: return false;
        }
    }

    /// <summary>A text; false: there is none of that name, or it is no text.</summary>
    public bool TryGetText(string name, [NotNullWhen(true)] out string? value)
    {
        value = Find(name) is { Type: ParameterType.String } one ? one.AsString : null;
        return value is not null;
    }

    /// <summary>Those whose names begin so, without that beginning: <c>block.0.</c> gives <c>name</c>, <c>rd.bytes</c> and so on.</summary>
    public ParameterSet Below(string prefix) => new([.. all.Where(p => p.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(p => Renamed(p, p.Name[prefix.Length..]))]);

    static TypedParameter Renamed(TypedParameter one, string name) => one.Type switch
    {
        ParameterType.Int => new(name, one.AsInt),
        ParameterType.UInt => new(name, one.AsUInt),
        ParameterType.Long => new(name, one.AsLong),
        ParameterType.ULong => new(name, one.AsULong),
        ParameterType.Double => new(name, one.AsDouble),
        ParameterType.Boolean => new(name, one.AsBoolean),
        _ => new(name, one.AsString),
    };

    /// <inheritdoc/>
    public IEnumerator<TypedParameter> GetEnumerator() => all.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
