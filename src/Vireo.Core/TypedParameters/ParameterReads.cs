namespace Vireo.Core.TypedParameters;

/// <summary>Looks up parameters that a caller gave.</summary>
public static class ParameterReads
{
    /// <summary>The parameter of this name, if it was given.</summary>
    public static TypedParameter? Get(this TypedParameter[] parameters, string name)
    {
        foreach (TypedParameter parameter in parameters)
            if (parameter.Name == name)
                return parameter;
        return null;
    }

    /// <summary>The number of this name, if it was given.</summary>
    public static ulong? GetULong(this TypedParameter[] parameters, string name) => parameters.Get(name)?.AsULong;

    /// <summary>The number of this name, if it was given.</summary>
    public static long? GetLong(this TypedParameter[] parameters, string name) => parameters.Get(name)?.AsLong;

    /// <summary>The number of this name, if it was given.</summary>
    public static uint? GetUInt(this TypedParameter[] parameters, string name) => parameters.Get(name)?.AsUInt;
}
