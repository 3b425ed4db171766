using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

public abstract partial record Device
{
    /// <summary>What a user's own alias begins with; any other belongs to a running machine only.</summary>
    public const string UserAliasPrefix = "ua-";

    private protected static void ReadAlias(XmlInput x, ref string? alias)
    {
        string? name = x.Attribute("name");
        if (!x.Inactive || name?.StartsWith(UserAliasPrefix, StringComparison.Ordinal) is true)
            alias ??= name;
    }

    private protected void WriteAlias(XmlOutput o)
    {
        if (Alias is null || o.Inactive && !Alias.StartsWith(UserAliasPrefix, StringComparison.Ordinal))
            return;
        o.Open("alias");
        o.Attribute("name", Alias);
        o.Close("alias");
    }
}
