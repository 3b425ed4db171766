using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Offers;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>What guests can have.</summary>
sealed class GuestOffers(QemuKeeper keeper) : IDomainCapabilities
{
    public ValueTask<string> GetDomainCapabilitiesAsync(
        string? emulator, string? arch, string? machine, string? virtType, uint flags, CancellationToken cancel)
    {
        NodeNumbers.None(flags, "qemuConnectGetDomainCapabilities", Core.Errors.ErrorDomain.Qemu);
        return new(Task.Run(async () =>
        {
            var choice = await EmulatorChoice.FindAsync(keeper.Binaries, emulator, arch, machine, virtType, cancel).ConfigureAwait(false);
            choice.RequireType();
            var host = await OfferedHost.ReadAsync(keeper, choice.Kvm, cancel).ConfigureAwait(false);
            return (DomainOffer.Of(choice.Facts, choice.Kvm, choice.Machine?.Name, host) with { Arch = choice.Arch }).ToXml();
        }, cancel));
    }
}
