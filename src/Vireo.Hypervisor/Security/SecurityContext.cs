namespace Vireo.Hypervisor.Security;

/// <summary>What SELinux knows of a process or a file: "system_u:system_r:svirt_t:s0:c1,c2".</summary>
/// <param name="User">SELinux's user.</param>
/// <param name="Role">The role; files have "object_r".</param>
/// <param name="Type">The type, by which most of the policy decides.</param>
/// <param name="Range">Sensitivities and categories; null: the policy has none, or none is said.</param>
public sealed record SecurityContext(string User, string Role, string Type, string? Range = null)
{
    const int MostColons = 5;

    /// <summary>Takes a context apart; null if it has not the form of one. Whether the policy knows it is another question.</summary>
    public static SecurityContext? Parse(string text)
    {
        if (text.Count(':') > MostColons || text.Any(char.IsControl))
            return null;
        string[] parts = text.Split(':', 4);
        return parts.Length < 3 || parts[..3].Any(static p => p.Length == 0 || p.Any(char.IsWhiteSpace)) ? null
            : new SecurityContext(parts[0], parts[1], parts[2], parts is [_, _, _, { Length: > 0 } range] ? range : null);
    }

    /// <summary>As the kernel writes it.</summary>
    public override string ToString() => Range is null ? $"{User}:{Role}:{Type}" : $"{User}:{Role}:{Type}:{Range}";
}
