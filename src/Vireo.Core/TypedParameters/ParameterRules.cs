using Vireo.Core.Errors;

namespace Vireo.Core.TypedParameters;

/// <summary>Parameters of a caller, held against the names and types that a function knows: in libvirt's words.</summary>
public static class ParameterRules
{
    /// <summary>Refuses unknown names, wrong types and names that come twice.</summary>
    /// <exception cref="VireoException">ArgumentUnsupported for a name, InvalidArg for the rest.</exception>
    public static void Check(IReadOnlyList<TypedParameter> parameters, params ReadOnlySpan<(string Name, ParameterType Type)> known)
    {
        for (int at = 0; at < parameters.Count; at++)
        {
            TypedParameter given = parameters[at];
            for (int before = 0; before < at; before++)
                if (parameters[before].Name == given.Name)
                    throw VireoException.InvalidArgument(ErrorDomain.None, $"parameter '{given.Name}' occurs multiple times");
            CheckOne(given, known);
        }
    }

    static void CheckOne(TypedParameter given, ReadOnlySpan<(string Name, ParameterType Type)> known)
    {
        foreach (var (name, type) in known)
        {
            if (name != given.Name)
                continue;
            if (given.Type == type)
                return;
            throw VireoException.InvalidArgument(ErrorDomain.None, $"invalid type '{Word(given.Type)}' for parameter '{name}', expected '{Word(type)}'");
        }
        throw new VireoException(ErrorCode.ArgumentUnsupported, ErrorDomain.None, $"parameter '{given.Name}' not supported");
    }

    static string Word(ParameterType type) => type switch
    {
        ParameterType.Int => "int",
        ParameterType.UInt => "uint",
        ParameterType.Long => "llong",
        ParameterType.ULong => "ullong",
        ParameterType.Double => "double",
        ParameterType.Boolean => "boolean",
        _ => "string",
    };
}
