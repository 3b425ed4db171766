using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Hypervisor.Flows;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>Guests of the driver with real QEMU; the events are those that libvirtd told in the same place.</summary>
public sealed class LifecycleTests
{
    static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guest_lives_and_ends_as_under_libvirtd()
    {
        await using var root = await new QemuRoot().StartAsync();
        var guest = await root.DefineAsync("t1");
        var power = root.Get<IDomainPower>();
        guest = await power.CreateAsync(guest, DomainCreateFlags.StartPaused, Test);
        Assert.Equal(1, guest.Id);
        Assert.Equal(new(DomainState.Paused, (int)DomainPausedReason.User), await root.StateAsync(guest));
        await root.Get<IDomainPause>().ResumeAsync(guest, Test);
        Assert.Equal(new(DomainState.Running, (int)DomainRunningReason.Unpaused), await root.StateAsync(guest));
        await root.Get<IDomainPause>().SuspendAsync(guest, Test);
        await root.Get<IDomainPause>().SuspendAsync(guest, Test);
        Assert.Equal(new(DomainState.Paused, (int)DomainPausedReason.User), await root.StateAsync(guest));
        await power.DestroyAsync(guest, Test);
        Assert.Equal(new(DomainState.ShutOff, (int)DomainShutoffReason.Destroyed), await root.StateAsync(guest));
        await root.Get<IDomainDefinition>().UndefineAsync(guest, Test);
        Assert.Equal(
        [
            "t1 off Defined 0", "t1 on Started 0", "t1 on Suspended 0", "t1 on Resumed 0", "t1 on Suspended 0",
            "t1 on Shutdown 2", "t1 off Stopped 1", "t1 off Undefined 0",
        ], root.Told);
        Assert.Empty(root.Pids());
        Assert.Empty(Directory.GetFiles(root.Places.StateDir, "t1*"));
        Assert.Empty(Directory.GetDirectories(root.Places.LibDir, "domain-*"));
        Assert.Equal(ErrorCode.NoDomain, (await Assert.ThrowsAsync<VireoException>(() => root.StateAsync(guest))).Code);
    }

    [Fact]
    public async Task A_started_guest_has_its_terminal_and_its_numbers()
    {
        await using var root = await new QemuRoot().StartAsync();
        var guest = await root.Get<IDomainPower>().CreateTransientAsync(QemuRoot.Guest("t1"), default, Test);
        Assert.Equal(["t1 on Resumed 0", "t1 on Started 0"], root.Told);
        Assert.Equal(new(DomainState.Running, (int)DomainRunningReason.Booted), await root.StateAsync(guest));
        string xml = await root.Get<IDomainInfo>().GetXmlAsync(guest, default, Test);
        Assert.Contains("<console type='pty' tty='/dev/pts/", xml);
        Assert.Contains("id='1'", xml);
        var info = await root.Get<IDomainInfo>().GetInfoAsync(guest, Test);
        Assert.Equal((32768ul, 32768ul, 1), (info.MaxMemory, info.Memory, info.Vcpus));
        var memory = await root.Get<IDomainMemoryStatistics>().GetMemoryStatisticsAsync(guest, 20, 0, Test);
        Assert.Contains(memory, m => m.Tag == DomainMemoryStatTag.Rss && m.Value > 0);
        Assert.Contains(memory, m => m is { Tag: DomainMemoryStatTag.ActualBalloon, Value: 32768 });
        Assert.Equal(VcpuState.Running, (await root.Get<IDomainVcpus>().GetVcpusAsync(guest, 8, 1, Test)).Vcpus[0].State);
        await root.Get<IDomainPower>().DestroyAsync(guest, Test);
        Assert.Equal(ErrorCode.NoDomain, (await Assert.ThrowsAsync<VireoException>(() => root.StateAsync(guest))).Code);
    }

    [Fact]
    public async Task A_qemu_that_is_killed_is_a_crash()
    {
        await using var root = await new QemuRoot().StartAsync();
        var guest = await root.DefineAsync("t1");
        guest = await root.Get<IDomainPower>().CreateAsync(guest, default, Test);
        using (var process = root.Processes.Find(Assert.Single(root.Pids()))!) process.Signal(9);
        await root.HeardAsync("t1 on Stopped 5");
        Assert.Equal(new(DomainState.ShutOff, (int)DomainShutoffReason.Crashed), await root.StateAsync(guest));
        Assert.Equal(2, (await root.Get<IDomainPower>().CreateAsync(guest, default, Test)).Id);
    }

    [Fact]
    public async Task A_qemu_that_is_told_to_end_shuts_down()
    {
        await using var root = await new QemuRoot().StartAsync();
        var guest = await root.DefineAsync("t1");
        guest = await root.Get<IDomainPower>().CreateAsync(guest, default, Test);
        using (var process = root.Processes.Find(Assert.Single(root.Pids()))!) process.Signal(15);
        await root.HeardAsync("t1 on Stopped 0");
        Assert.Contains("t1 on Shutdown 2", root.Told);
        Assert.Equal(new(DomainState.ShutOff, (int)DomainShutoffReason.Shutdown), await root.StateAsync(guest));
    }

    [Fact]
    public async Task Guests_are_taken_over_by_the_next_daemon()
    {
        await using var root = await new QemuRoot().StartAsync();
        var stays = await root.Get<IDomainPower>().CreateTransientAsync(QemuRoot.Guest("stays"), default, Test);
        var dies = await root.DefineAsync("dies");
        dies = await root.Get<IDomainPower>().CreateAsync(dies, DomainCreateFlags.StartPaused, Test);
        var pids = root.Pids();
        await root.StopAsync();
        int doomed = int.Parse(await File.ReadAllTextAsync(root.Places.PidFile("dies"), Test));
        using (var process = root.Processes.Find(doomed)!)
        {
            process.Signal(9);
            await process.Exited;
        }
        await root.StartAsync();
        Assert.Equal(stays, await root.Get<IDomainLookup>().LookupByNameAsync("stays", Test));
        Assert.Equal(new(DomainState.Running, (int)DomainRunningReason.Booted), await root.StateAsync(stays));
        Assert.Equal(new(DomainState.ShutOff, (int)DomainShutoffReason.Crashed), await root.StateAsync(dies));
        Assert.Equal(pids.Where(p => p != doomed), root.Pids());
        await root.Get<IDomainPause>().SuspendAsync(stays, Test);
        await root.HeardAsync("stays on Suspended 0");
        Assert.Equal(3, (await root.Get<IDomainPower>().CreateAsync(dies, default, Test)).Id);
        await root.Get<IDomainPower>().DestroyAsync(stays, Test);
        Assert.Contains("stays off Stopped 1", root.Told);
    }

    [Fact]
    public async Task A_guest_whose_emulator_tells_nothing_any_more_is_taken_over_all_the_same()
    {
        await using var root = await new QemuRoot().StartAsync();
        string folder = CrashSafety.CrashRoot.MakeUserFolder(root.Paths.Root!, "g"), emulator = Path.Join(folder, "emulator"), stick = Path.Join(folder, "stick.img");
        await WriteAsync("exec qemu-system-x86_64 \"$@\"");
        await File.WriteAllBytesAsync(stick, new byte[1 << 20], Test);
        var guest = await root.Get<IDomainPower>().CreateTransientAsync(
            QemuRoot.Guest("g").Replace(QemuRoot.Emulator, emulator, StringComparison.Ordinal), default, Test);
        var pids = root.Pids();
        await root.StopAsync();
        await WriteAsync("exit 1");
        await root.StartAsync();
        Assert.Equal(new(DomainState.Running, (int)DomainRunningReason.Booted), await root.StateAsync(guest));
        Assert.Equal(pids, root.Pids());
        await root.Get<IDomainDevices>().AttachDeviceAsync(guest, $"<disk type='file'><source file='{stick}'/><target dev='sdz' bus='usb'/></disk>", DomainDeviceModifyFlags.Live, Test);
        await root.Get<IDomainPower>().DestroyAsync(guest, Test);
        Assert.Empty(root.Pids());

        async Task WriteAsync(string command)
        {
            await File.WriteAllTextAsync(emulator + ".new", $"#!/bin/sh\n{command}\n", Test);
            File.SetUnixFileMode(emulator + ".new", (UnixFileMode)0x1ed);
            File.Move(emulator + ".new", emulator, overwrite: true);
        }
    }

    [Fact]
    public async Task A_qemu_that_dies_at_its_start_says_why()
    {
        await using var root = await new QemuRoot().StartAsync();
        string xml = QemuRoot.Guest("t1")
            .Replace("<domain ", "<domain xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0' ", StringComparison.Ordinal)
            .Replace("</domain>", "<qemu:commandline><qemu:arg value='-device'/><qemu:arg value='no-such-device'/></qemu:commandline></domain>", StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<VireoException>(
            () => root.Get<IDomainPower>().CreateTransientAsync(xml, default, Test).AsTask());
        Assert.Equal(ErrorCode.InternalError, error.Code);
        Assert.StartsWith("internal error: process exited while connecting to monitor: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("char device redirected", error.Message, StringComparison.Ordinal);
        Assert.Contains("'no-such-device' is not a valid device model name", error.Message, StringComparison.Ordinal);
        Assert.Contains("'no-such-device' is not a valid", await File.ReadAllTextAsync(root.Places.LogFile("t1"), Test), StringComparison.Ordinal);
        Assert.Empty(await root.Get<IDomainListing>().ListAllAsync(default, Test));
        Assert.Empty(Directory.GetDirectories(root.Places.LibDir, "domain-*"));
        Assert.Empty(Directory.GetFiles(root.Places.StateDir, "t1*"));
    }

    [Fact]
    public async Task A_stuck_guest_harms_nobody()
    {
        await using var root = await new QemuRoot { JobPatience = TimeSpan.FromMilliseconds(200) }.StartAsync();
        var guest = await root.DefineAsync("t1");
        guest = await root.Get<IDomainPower>().CreateAsync(guest, default, Test);
        using var process = root.Processes.Find(Assert.Single(root.Pids()))!;
        process.Signal(19);
        var stuck = root.Get<IDomainPause>().SuspendAsync(guest, Test).AsTask();
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(DomainState.Running, (await root.Get<IDomainInfo>().GetInfoAsync(guest, Test)).State);
            Assert.NotEmpty(await root.Get<IDomainInfo>().GetXmlAsync(guest, default, Test));
        }
        var waiting = await Assert.ThrowsAsync<VireoException>(() => root.Get<IDomainReset>().ResetAsync(guest, 0, Test).AsTask());
        Assert.Equal(ErrorCode.OperationTimeout, waiting.Code);
        Assert.Contains("held by monitor=remoteDispatchDomainSuspend", waiting.Message, StringComparison.Ordinal);
        Assert.False(stuck.IsCompleted);
        process.Signal(18);
        await stuck;
        Assert.Equal(DomainState.Paused, (await root.StateAsync(guest)).State);
    }

    [Fact]
    public async Task A_failure_at_any_step_of_the_start_leaves_nothing()
    {
        var probe = new FailAt();
        await using var root = await new QemuRoot { Probe = probe }.StartAsync();
        var guest = await root.DefineAsync("t1");
        foreach (string step in Drivers.Qemu.QemuDriver.Flows.First(f => f.Name == "start").Steps)
        {
            probe.Step = step;
            var error = await Record.ExceptionAsync(() => root.Get<IDomainPower>().CreateAsync(guest, default, Test).AsTask());
            Assert.IsType<FailAt.Failure>(error);
            Assert.Empty(root.Pids());
            Assert.Empty(Directory.GetDirectories(root.Places.LibDir, "domain-*"));
            Assert.Empty(Directory.GetFiles(root.Places.StateDir, "t1*"));
            Assert.Equal(DomainState.ShutOff, (await root.StateAsync(guest)).State);
        }
        probe.Step = null;
        await root.Get<IDomainPower>().CreateAsync(guest, default, Test);
    }

    sealed class FailAt : IFlowProbe
    {
        internal sealed class Failure : Exception;

        internal string? Step { get; set; }

        public void At(string flow, string step, FlowMoment moment)
        {
            if (flow == "start" && step == Step && moment == FlowMoment.Before) throw new Failure();
        }
    }
}
