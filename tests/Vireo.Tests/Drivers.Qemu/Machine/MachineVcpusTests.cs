using Vireo.Drivers.Qemu.Machine.Vcpus;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Machine;

public sealed class MachineVcpusTests
{
    static CpuSlot Slot(string? path, int vcpus = 1) => new("host-x86_64-cpu", vcpus, path, default);

    [Fact]
    public void Places_are_numbered_from_the_last_told_and_taken_in_the_order_of_QEMUs_numbers()
    {
        var vcpus = MachineVcpus.Of(4,
            [new(0, 10, "/machine/unattached/device[0]"), new(1, 11, "/machine/peripheral/vcpu3"), new(2, 12, "/machine/peripheral/vcpu2")],
            [Slot("/machine/peripheral/vcpu3"), Slot("/machine/peripheral/vcpu2"), Slot(null), Slot("/machine/unattached/device[0]")]);
        Assert.Equal([10, 0, 12, 11], vcpus.Select(static v => v.ThreadId));
        Assert.Equal([1, 0, 3, 2], vcpus.Select(static v => v.Order));
        Assert.Equal([null, null, "vcpu2", "vcpu3"], vcpus.Select(static v => v.Alias));
        Assert.Equal([false, true, true, true], vcpus.Select(static v => v.IsHotpluggable));
        Assert.Equal([true, false, true, true], vcpus.Select(static v => v.IsOnline));
    }

    [Fact]
    public void A_name_that_begins_like_another_is_another()
    {
        var vcpus = MachineVcpus.Of(2, [new(0, 10, "/machine/peripheral/vcpu10/thread[0]"), new(1, 11, "/machine/peripheral/vcpu1/thread[0]")],
            [Slot("/machine/peripheral/vcpu1"), Slot("/machine/peripheral/vcpu10")]);
        Assert.Equal([10, 11], vcpus.Select(static v => v.ThreadId));
    }

    [Fact]
    public void A_place_with_several_vcpus_is_one_device()
    {
        var vcpus = MachineVcpus.Of(4, [new(0, 10, "/machine/unattached/device[1]/thread[0]"), new(1, 11, "/machine/unattached/device[1]/thread[1]")],
            [Slot(null, 2), Slot("/machine/unattached/device[1]", 2)]);
        Assert.Equal([1, 0, 0, 0], vcpus.Select(static v => v.Order));
        Assert.Equal([true, false, true, false], vcpus.Select(static v => v.Slot is not null));
        Assert.Equal([10, 11, 0, 0], vcpus.Select(static v => v.ThreadId));
    }

    [Fact]
    public void Without_places_the_threads_are_the_vcpus() =>
        Assert.Equal([5, 6, 0], MachineVcpus.Of(3, [new(0, 5, ""), new(1, 6, "")], []).Select(static v => v.ThreadId));
}
