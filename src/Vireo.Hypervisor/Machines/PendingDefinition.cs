using Vireo.Model.Domain;

namespace Vireo.Hypervisor.Machines;

/// <summary>
/// A definition that is completed when somebody first asks for it: a daemon that finds thousands lets clients come before it has completed
/// them all. Any thread.
/// </summary>
/// <param name="written">As it was read.</param>
/// <param name="complete">Completes it. Called once, must not throw and must not wait.</param>
public sealed class PendingDefinition(DomainDef written, Func<DomainDef, DomainDef> complete)
{
    readonly Lock gate = new();
    volatile Func<DomainDef, DomainDef>? pending = complete;
    DomainDef now = written;

    /// <summary>The definition, complete.</summary>
    public DomainDef Value
    {
        get
        {
            if (pending is null)
                return now;
            lock (gate)
            {
                if (pending is not { } complete)
                    return now;
                now = complete(now);
                pending = null;
                return now;
            }
        }
    }
}
