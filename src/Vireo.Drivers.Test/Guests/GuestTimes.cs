using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Guests;

/// <summary>The guest's clock, which stands still.</summary>
sealed class GuestTimes(TestHost host) : DomainWork(host), IDomainTime
{
    public ValueTask<GuestTime> GetTimeAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainGetTime");
        DomainView found = See(domain);
        return found.State.State is DomainState.Running
            ? new(new GuestTime(found.Guest.Seconds, found.Guest.Nanoseconds))
            : throw VireoException.OperationInvalid(ErrorDomain.Test, "domain is not running");
    }

    public ValueTask SetTimeAsync(DomainRef domain, long seconds, uint nanoseconds, DomainSetTimeFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainSetTimeFlags.Sync, "testDomainSetTime");
        return ChangeRunning(domain, known => known with { Guest = known.Guest with { Seconds = seconds, Nanoseconds = nanoseconds } });
    }
}
