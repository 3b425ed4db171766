using Vireo.Core.TypedParameters;

namespace Vireo.Remote.Access;

/// <summary>What identifies an object in parameters.</summary>
static class Told
{
    /// <summary>The text of a parameter; null: it is not there, or there twice, or no text.</summary>
    internal static string? Text(TypedParameter[] parameters, string name)
    {
        string? text = null;
        foreach (TypedParameter one in parameters)
        {
            if (one.Name != name)
                continue;
            if (text is not null || one.Type is not ParameterType.String)
                return null;
            text = one.AsString;
        }
        return text;
    }
}
