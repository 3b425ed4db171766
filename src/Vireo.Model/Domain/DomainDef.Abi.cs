using Vireo.Core.Errors;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain;

public sealed partial record DomainDef
{
    /// <summary>
    /// What a guest could tell apart if it ran by <paramref name="target"/> in place of this definition. Both are definitions with every default in place.
    /// Host matters (paths, names of taps, labels, tuning) are never among the differences.
    /// </summary>
    public AbiDifferences AbiDifferencesTo(DomainDef target)
    {
        var found = new AbiDifferences();
        CompareAbi(this, target, found);
        return found;
    }

    /// <summary>Refuses a definition under which the guest would find another machine than under this one.</summary>
    /// <exception cref="VireoException">VIR_ERR_CONFIG_UNSUPPORTED with libvirt's text of the first difference.</exception>
    public void RequireSameAbi(DomainDef target)
    {
        if (AbiDifferencesTo(target).All is [var first, ..])
            throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Domain, first);
    }
}
