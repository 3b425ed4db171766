using Vireo.Driver;
using Vireo.Drivers.Qemu.Capabilities;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu;

public class InterfaceNumbersTests
{
    static readonly string[] devices =
    [
        "Inter-|   Receive                                                |  Transmit",
        " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed",
        "vnet0:    1000      10    1    2    0     0          0         0     2000      20    3    4    0     0       0          0",
    ];

    [Fact]
    public void What_the_hosts_end_of_a_tap_sends_the_guest_receives() =>
        Assert.Equal(new InterfaceStatistics(2000, 20, 3, 4, 1000, 10, 1, 2), DomainInterfaces.Find(devices, "vnet0", isGuests: false));

    [Fact]
    public void A_device_on_top_of_a_card_is_the_guests_own_end() =>
        Assert.Equal(new InterfaceStatistics(1000, 10, 1, 2, 2000, 20, 3, 4), DomainInterfaces.Find(devices, "vnet0", isGuests: true));

    [Fact]
    public void One_that_is_gone_has_no_numbers() => Assert.Null(DomainInterfaces.Find(devices, "vnet1", isGuests: false));
}
