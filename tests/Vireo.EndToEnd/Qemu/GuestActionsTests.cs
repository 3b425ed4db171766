using Vireo.Driver;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>What becomes of guests that crash, turn themselves off or reboot. The orders of events are those of libvirtd 9.0.0 with the same guests.</summary>
public sealed class GuestActionsTests
{
    static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    static string Started => $"g on {DomainEventType.Started} {(int)DomainEventStartedDetail.Booted}";
    static string Suspended => $"g on {DomainEventType.Suspended} {(int)DomainEventSuspendedDetail.Paused}";
    static string Resumed => $"g on {DomainEventType.Resumed} {(int)DomainEventResumedDetail.Unpaused}";
    static string Crashed => $"g on {DomainEventType.Crashed} {(int)DomainEventCrashedDetail.Panicked}";
    static string Shutdown => $"g on {DomainEventType.Shutdown} {(int)DomainEventShutdownDetail.Guest}";
    static string Stopped(DomainEventStoppedDetail why) => $"g on {DomainEventType.Stopped} {(int)why}";

    static async Task<(QemuRoot Root, DomainRef Guest)> BootAsync(byte[] action, string actions)
    {
        QemuRoot root = await new QemuRoot().StartAsync();
        string disk = Path.Join(root.Paths.Root!, "boot.img");
        BootSector.Write(disk, action);
        string xml = QemuRoot.Guest("g", actions).Replace("<memballoon model='virtio'/>", $"""
            <disk type='file'><driver name='qemu' type='raw'/><source file='{disk}'/><target dev='hda' bus='ide'/></disk>
            <panic model='isa'/>
            """, StringComparison.Ordinal);
        return (root, await root.Get<IDomainPower>().CreateTransientAsync(xml, default, Test));
    }

    [Fact]
    public async Task A_guest_that_panics_is_taken_down_by_default()
    {
        var (root, _) = await BootAsync(BootSector.Panic, "<on_crash>destroy</on_crash>");
        await using var end = root;
        await root.HeardAsync(Stopped(DomainEventStoppedDetail.Crashed));
        Assert.Equal([Resumed, Started, Suspended, Crashed, Stopped(DomainEventStoppedDetail.Crashed)], root.Told);
        Assert.Empty(await root.Get<IDomainListing>().ListAllAsync(default, Test));
    }

    [Fact]
    public async Task A_guest_that_panics_is_kept_if_that_is_wanted()
    {
        var (root, guest) = await BootAsync(BootSector.Panic, "<on_crash>preserve</on_crash>");
        await using var end = root;
        await root.HeardAsync(Crashed);
        Assert.Equal([Resumed, Started, Suspended, Crashed], root.Told);
        Assert.Equal(new DomainStateReason(DomainState.Crashed, (int)DomainCrashedReason.Panicked), await root.StateAsync(guest));
    }

    [Fact]
    public async Task A_guest_that_panics_starts_again_if_that_is_wanted()
    {
        var (root, guest) = await BootAsync(BootSector.Panic, "<on_crash>restart</on_crash>");
        await using var end = root;
        await root.HeardTimesAsync(Resumed, 2);
        Assert.Equal([Resumed, Started, Suspended, Crashed, Resumed], root.Told);
        Assert.Equal(new DomainStateReason(DomainState.Running, (int)DomainRunningReason.Crashed), await root.StateAsync(guest));
    }

    [Theory]
    [InlineData("coredump-destroy")]
    [InlineData("coredump-restart")]
    public async Task A_guest_that_panics_leaves_its_memory_behind_if_that_is_wanted(string action)
    {
        var (root, _) = await BootAsync(BootSector.Panic, $"<on_crash>{action}</on_crash>");
        await using var end = root;
        if (action is "coredump-destroy")
            await root.HeardAsync(Stopped(DomainEventStoppedDetail.Crashed));
        else
            await root.HeardTimesAsync(Resumed, 2);
        string dump = Directory.GetFiles(root.Places.DumpDir, "1-g-*")[0];
        using var file = File.OpenRead(dump);
        byte[] magic = new byte[4];
        file.ReadExactly(magic);
        Assert.Equal("\u007fELF"u8.ToArray(), magic);
    }

    [Theory]
    [InlineData("<on_poweroff>destroy</on_poweroff>", true)]
    [InlineData("<on_reboot>destroy</on_reboot>", false)]
    public async Task A_guest_that_goes_off_is_gone(string actions, bool powerOff)
    {
        var (root, _) = await BootAsync(powerOff ? BootSector.PowerOff : BootSector.Reset, actions);
        await using var end = root;
        await root.HeardAsync(Stopped(DomainEventStoppedDetail.Shutdown));
        Assert.Equal([Resumed, Started, Shutdown, Stopped(DomainEventStoppedDetail.Shutdown)], root.Told);
        Assert.Empty(await root.Get<IDomainListing>().ListAllAsync(default, Test));
    }

    [Theory]
    [InlineData("<on_poweroff>restart</on_poweroff>", true)]
    [InlineData("<on_reboot>restart</on_reboot>", false)]
    public async Task A_guest_that_starts_again_is_told_as_a_reboot_only(string actions, bool powerOff)
    {
        var (root, guest) = await BootAsync(powerOff ? BootSector.PowerOff : BootSector.Reset, actions);
        await using var end = root;
        await root.RebootedAsync();
        Assert.Equal([Resumed, Started], root.Told);
        Assert.Equal(new DomainStateReason(DomainState.Running, (int)DomainRunningReason.Booted), await root.StateAsync(guest));
    }

    [Fact]
    public async Task A_guest_of_a_connection_goes_with_it()
    {
        await using QemuRoot root = await new QemuRoot().StartAsync();
        IDriverConnection other = await root.OpenAsync();
        var power = other.Capabilities.Find<IDomainPower>()!;
        await power.CreateTransientAsync(QemuRoot.Guest("g"), DomainCreateFlags.StartAutodestroy, Test);
        DomainRef kept = await other.Capabilities.Find<IDomainDefinition>()!.DefineAsync(QemuRoot.Guest("kept"), default, Test);
        await power.CreateAsync(kept, DomainCreateFlags.StartAutodestroy, Test);
        Assert.Equal(2, root.Pids().Count);
        await other.DisposeAsync();
        Assert.Empty(root.Pids());
        var left = Assert.Single(await root.Get<IDomainListing>().ListAllAsync(default, Test));
        Assert.Equal("kept", left.Name);
        Assert.Equal(DomainState.ShutOff, (await root.StateAsync(left)).State);
    }

    [Fact]
    public async Task Without_a_usable_kvm_a_guest_of_it_is_refused_as_by_libvirt()
    {
        await using QemuRoot root = await new QemuRoot { KvmDevice = "/nosuch/kvm" }.StartAsync();
        var error = await Assert.ThrowsAsync<Vireo.Core.Errors.VireoException>(
            async () => await root.Get<IDomainDefinition>().DefineAsync(QemuRoot.Guest("g", type: "kvm"), default, Test));
        Assert.Equal(Vireo.Core.Errors.ErrorCode.ConfigUnsupported, error.Code);
        Assert.Equal($"unsupported configuration: Emulator '{QemuRoot.Emulator}' does not support virt type 'kvm'", error.Message);
    }
}
