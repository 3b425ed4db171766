using Vireo.Core.TypedParameters;

namespace Vireo.Drivers.Test.Tuning;

/// <summary>Parameters that a caller sets.</summary>
static class Parameters
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
    public static uint? GetUInt(this TypedParameter[] parameters, string name) => parameters.Get(name)?.AsUInt;
}
