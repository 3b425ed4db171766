using Vireo.Host;
using Vireo.Model.Domain;

namespace Vireo.Hypervisor.Stores;

/// <summary>Persistent definitions of machines, in a driver's place for them.</summary>
public static class DefinitionStore
{
    /// <summary>The store of a driver.</summary>
    /// <param name="paths">The driver's places.</param>
    /// <param name="parse">Reads a document.</param>
    public static ObjectStore<DomainDef> Of(DriverPaths paths, Func<string, DomainDef> parse) => new(paths.ConfigDir, "edit", parse, static def => def.Name);
}
