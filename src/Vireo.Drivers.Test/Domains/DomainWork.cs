using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Domains;

/// <summary>
/// What every capability of domains needs: a look takes the last published view and no lock, a change is made under the host's gate. Either is done when
/// it returns.
/// </summary>
abstract class DomainWork(TestHost host)
{
    protected TestHost Host => host;

    /// <summary>A domain as it is now.</summary>
    protected DomainView See(DomainRef domain) => host.Get(domain).Now;

    /// <summary>A running domain as it is now.</summary>
    protected DomainView SeeRunning(DomainRef domain) => host.GetRunning(domain).Now;

    /// <summary>The definition that a look means.</summary>
    protected DomainDef SeeDef(DomainRef domain, DomainModificationImpact impact) => DomainImpact.One(See(domain), impact);

    /// <summary>Publishes what <paramref name="change"/> makes of a domain, whose name and id stay.</summary>
    protected ValueTask Change(DomainRef domain, Func<DomainView, DomainView> change)
    {
        lock (host.Gate)
        {
            TestDomain found = host.Get(domain);
            found.Become(change(found.Now));
        }
        return default;
    }

    /// <summary>Publishes what <paramref name="change"/> makes of a running domain, whose name and id stay.</summary>
    protected ValueTask ChangeRunning(DomainRef domain, Func<DomainView, DomainView> change) =>
        Change(domain, known => known.IsActive ? change(known) : throw TestErrors.NotRunning());

    /// <summary>Changes the definitions that are meant.</summary>
    protected ValueTask Edit(DomainRef domain, DomainModificationImpact impact, Func<DomainDef, DomainDef> edit)
    {
        lock (host.Gate)
            host.Get(domain).Edit(impact, edit);
        return default;
    }
}
