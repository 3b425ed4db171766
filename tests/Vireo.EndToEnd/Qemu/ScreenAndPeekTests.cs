using System.Text;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.EndToEnd.Contracts;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>Descriptors of screens, and bytes of disks, of real QEMUs.</summary>
public sealed class ScreenAndPeekTests
{
    static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_descriptor_leads_to_the_screen()
    {
        await using QemuRoot root = await new QemuRoot().StartAsync();
        DomainRef guest = await root.Get<IDomainPower>().CreateTransientAsync(
            QemuRoot.Guest("g").Replace("<memballoon", "<graphics type='vnc' port='-1' autoport='yes'/><memballoon", StringComparison.Ordinal), DomainCreateFlags.StartPaused, Test);
        using SafeFileHandle screen = await root.Get<IDomainGraphics>().OpenGraphicsAsync(guest, 0, DomainOpenGraphicsFlags.SkipAuthentication, Test);
        await using var stream = new System.Net.Sockets.NetworkStream(new(new System.Net.Sockets.SafeSocketHandle(screen.DangerousGetHandle(), ownsHandle: false)), ownsSocket: false);
        byte[] hello = new byte[12];
        await stream.ReadExactlyAsync(hello, Test);
        Assert.StartsWith("RFB 003.", Encoding.ASCII.GetString(hello), StringComparison.Ordinal);
        Assert.Equal(ErrorCode.InternalError, (await Assert.ThrowsAsync<VireoException>(async () => await root.Get<IDomainGraphics>().OpenGraphicsAsync(guest, 1, default, Test))).Code);
    }

    [Fact]
    public async Task Bytes_of_a_disk_are_those_of_its_file()
    {
        await using var subject = new QemuSubject();
        IDriverConnection connection = await subject.OpenAsync();
        DomainRef guest = await connection.Capabilities.Find<IDomainDefinition>()!.DefineAsync(subject.Definition("g"), Test);
        string disk = subject.Definition("g").Split("source file='")[1].Split('\'')[0];
        await File.WriteAllBytesAsync(disk, [.. Enumerable.Range(0, 1024).Select(static i => (byte)i)], Test);
        var peek = connection.Capabilities.Find<IDomainBlockPeek>()!;
        Assert.Equal([5, 6, 7], await peek.PeekBlockAsync(guest, "vda", 5, 3, 0, Test));
        Assert.Equal([255], await peek.PeekBlockAsync(guest, disk, 255, 1, 0, Test));
        Assert.Equal(ErrorCode.SystemError, (await Assert.ThrowsAsync<VireoException>(async () => await peek.PeekBlockAsync(guest, "vda", 1023, 2, 0, Test))).Code);
        Assert.Equal(ErrorCode.InvalidArg, (await Assert.ThrowsAsync<VireoException>(async () => await peek.PeekBlockAsync(guest, "vdb", 0, 1, 0, Test))).Code);
    }
}
