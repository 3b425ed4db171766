using Vireo.Drivers.Qemu.Status;
using Vireo.Driver;
using Vireo.Hypervisor.Machines;
using Vireo.Hypervisor.Stores;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Status;

/// <summary>What the driver writes into its state folder is this document, and what this document says is what the driver reads.</summary>
public sealed class WrittenStatusTests
{
    static readonly DomainDef Live = DomainDef.Parse("""
        <domain type='qemu' id='1'><name>d1</name><uuid>78e12a5f-53df-40f7-9b10-917b4b0ee34f</uuid><memory>65536</memory>
        <os><type arch='x86_64' machine='pc'>hvm</type></os><devices/></domain>
        """, DomainParse.Status);

    static readonly EmulatorStatus Own = new()
    {
        MonitorPath = "/run/monitor.sock",
        MountNamespace = true,
        Vcpus = [new VcpuThread(0, 233), new VcpuThread(1, 234)],
        Capabilities = ["kvm", "tcg"],
        FakeReboot = true,
        Devices = ["usb", "net0"],
        LibDir = "/lib",
        ChannelTargetDir = "/channel",
        Cpu = new StatusElement("<cpu mode='custom' match='exact' check='none'>\n  <model fallback='forbid'>qemu64</model>\n</cpu>"),
        ChardevStdioLogd = true,
        RememberOwner = true,
        AllowReboot = true,
        NodeNameIndex = 3,
        FdSetIndex = 4,
        StartTime = 123456,
    };

    static string Written() => new StatusDocument
    {
        Condition = Condition.Running(DomainRunningReason.Booted),
        Pid = 227,
        Taints = ["high-privileges"],
        Private = Own.ToElements(),
        DomainXml = Live.ToXml(DomainFormat.Secure | DomainFormat.Status),
    }.ToXml();

    [Fact]
    public void What_the_driver_writes_is_the_document()
    {
        string text = Written();
        DomainStatus status = DomainStatus.Parse(text);
        Assert.Equal(text, status.ToXml());
        Assert.Equal(status, StatusUpgrade.Apply(status));
        Assert.Equal(Live, status.Domain);
    }

    [Fact]
    public void The_driver_reads_the_document()
    {
        StatusDocument read = StatusDocument.Parse(DomainStatus.Parse(Written()).ToXml());
        EmulatorStatus own = EmulatorStatus.Of(read.Private);
        Assert.Equal(Condition.Running(DomainRunningReason.Booted), read.Condition);
        Assert.Equal((Own.MonitorPath, Own.LibDir, Own.StartTime, Own.FakeReboot), (own.MonitorPath, own.LibDir, own.StartTime, own.FakeReboot));
        Assert.Equal(Own.Vcpus, own.Vcpus);
    }
}
