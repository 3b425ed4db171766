using Vireo.Rights;

namespace Vireo.Shell.Rights;

/// <summary>A file of rules for people.</summary>
static class RightsText
{
    /// <summary>Refusing rules first, as they are asked; then the roles.</summary>
    public static void Write(TextWriter output, RightsFile file)
    {
        foreach (Rule rule in file.Rules.OrderBy(rule => !rule.Refuses))
        {
            string who = string.Join(" or ", rule.Who.Select(Explanation.Describe));
            string on = rule.On is null ? "" : $" on {string.Join(" or ", rule.On.Select(Explanation.Describe))}";
            output.WriteLine($"{rule.Title}: {who} {(rule.Refuses ? "may not" : "may")} {string.Join(", ", rule.Words)}{on}");
        }
        if (file.Rules.Count > 0)
            output.WriteLine();
        foreach ((string name, RightSet rights) in file.Roles.OrderBy(role => role.Key, StringComparer.Ordinal)
            .Prepend(new("admin", BuiltInRoles.Admin)).Prepend(new("operator", BuiltInRoles.Operator)).Prepend(new("viewer", BuiltInRoles.Viewer)))
            output.WriteLine($"role {name}: {(name is "admin" ? "everything" : string.Join(", ", rights.All.Select(right => right.Name)))}");
    }
}
