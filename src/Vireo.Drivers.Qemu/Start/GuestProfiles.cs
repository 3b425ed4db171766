using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Security.Confinement;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>The steps that confine a guest before anything of it runs, and let go of it afterwards.</summary>
static class GuestProfiles
{
    /// <summary>Opens what its definition needs, for its helpers too.</summary>
    internal static async ValueTask LoadAsync(StartRun run, CancellationToken cancel)
    {
        if (run.Keeper.Security.Confinement is { } confinement)
            await confinement.LoadAsync(run.Live, run.Places, run.Line.Host.Concat(run.Line.Descriptors.Select(static wanted => wanted.Step)), cancel).ConfigureAwait(false);
    }

    /// <summary>Opens what it gets as descriptors, now that they are there.</summary>
    internal static async ValueTask AdmitAsync(StartRun run, CancellationToken cancel)
    {
        if (run.Keeper.Security.Confinement is { } confinement)
            await confinement.AdmitAsync(run.Live, run.Passed.Select(passed => new GuestDescriptor(
                run.Line.Descriptors.Where(wanted => wanted.Number == passed.Number).Select(static wanted => wanted.Step).FirstOrDefault(), passed.Handle)), cancel).ConfigureAwait(false);
    }

    /// <summary>Takes all that away, be it there or not.</summary>
    internal static async ValueTask RemoveAsync(QemuKeeper keeper, DomainDef? live)
    {
        if (keeper.Security.Confinement is { } confinement && live is not null)
        {
            confinement.Release(live);
            await confinement.RemoveAsync(live).ConfigureAwait(false);
        }
    }
}
