using Vireo.Core.Errors;
using Vireo.Model.Domain;

namespace Vireo.Model.Rules;

/// <summary>Huge pages are for nodes that the guest has; without nodes all memory counts as node 0.</summary>
public sealed class HugePageRules : IRules<MemoryBacking, DomainDef>
{
    /// <inheritdoc/>
    public static void Check(MemoryBacking element, DomainDef document, Findings found)
    {
        int nodes = Math.Max(1, document.Cpu?.Numa?.Cells.Count ?? 0);
        foreach (HugePage page in element.HugePages?.Pages ?? default)
            if (page.NodeSet is { } set)
                foreach (int node in set.Members)
                    if (node >= nodes)
                    {
                        found.Add(page, ErrorCode.XmlDetail, $"hugepages: node {node} not found");
                        break;
                    }
    }
}
