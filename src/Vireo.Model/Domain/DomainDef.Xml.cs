using Vireo.Core.Errors;

namespace Vireo.Model.Domain;

public sealed partial record DomainDef
{
    /// <summary>Reads a document; throws a <see cref="VireoException"/> that says line, column and path.</summary>
    public static DomainDef Parse(string xml, DomainParse flags = DomainParse.Inactive) => throw VireoException.NoSupport(nameof(Parse), ErrorDomain.Dom);

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml(DomainFormat flags = DomainFormat.Inactive) => throw VireoException.NoSupport(nameof(ToXml), ErrorDomain.Dom);
}
