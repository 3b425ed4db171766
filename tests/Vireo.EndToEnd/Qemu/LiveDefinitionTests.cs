using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>What a running guest's document shows beyond the definition, and what it hides from older hosts.</summary>
public sealed class LiveDefinitionTests
{
    static CancellationToken Test => TestContext.Current.CancellationToken;

    static string Guest(string devices) =>
        QemuRoot.Guest("t1").Replace("<serial type='pty'/>", devices + "<serial type='pty'/>", StringComparison.Ordinal);

    static string Image(string file) => $"<disk type='file'><driver name='qemu' type='qcow2'/><source file='{file}'/><target dev='vda' bus='virtio'/></disk>";

    [Fact]
    public async Task Images_below_a_disk_are_found_and_numbered()
    {
        var folder = Directory.CreateTempSubdirectory("vireo-images-");
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0x1ed);        // the guest is not us
        try
        {
            string low = Path.Join(folder.FullName, "low.qcow2"), top = Path.Join(folder.FullName, "top.qcow2");
            await Command.RunAsync("qemu-img", ["create", "-q", "-f", "qcow2", low, "1M"]);
            await Command.RunAsync("qemu-img", ["create", "-q", "-f", "qcow2", "-b", "low.qcow2", "-F", "qcow2", top]);
            await using var root = await new QemuRoot().StartAsync();
            var guest = await root.Get<IDomainDefinition>().DefineAsync(Guest(Image(top)), default, Test);
            guest = await root.Get<IDomainPower>().CreateAsync(guest, DomainCreateFlags.StartPaused, Test);
            Assert.Contains($"""
                      <source file='{top}' index='1'/>
                      <backingStore type='file' index='2'>
                        <format type='qcow2'/>
                        <source file='{low}'/>
                        <backingStore/>
                      </backingStore>
                """, await root.Get<IDomainInfo>().GetXmlAsync(guest, default, Test), StringComparison.Ordinal);
            foreach (var flags in new[] { DomainXmlFlags.Inactive, DomainXmlFlags.Migratable })
                Assert.DoesNotContain("low.qcow2", await root.Get<IDomainInfo>().GetXmlAsync(guest, flags, Test), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_missing_image_is_named()
    {
        await using var root = await new QemuRoot().StartAsync();
        var guest = await root.Get<IDomainDefinition>().DefineAsync(Guest(Image("/nonexistent/disk")), default, Test);
        var error = await Assert.ThrowsAsync<VireoException>(() => root.Get<IDomainPower>().CreateAsync(guest, default, Test).AsTask());
        Assert.Equal(ErrorCode.SystemError, error.Code);
        Assert.Equal("Cannot access storage file '/nonexistent/disk': No such file or directory", error.Message);
        Assert.Equal(new(DomainState.ShutOff, (int)DomainShutoffReason.Failed), await root.StateAsync(guest));
    }

    [Fact]
    public async Task Screens_get_ports_of_their_own_and_hide_their_passwords()
    {
        await using var root = await new QemuRoot().StartAsync();
        string xml = Guest("<graphics type='vnc' port='-1' autoport='yes' passwd='secret'/>");
        var guest = await root.Get<IDomainPower>().CreateTransientAsync(xml, DomainCreateFlags.StartPaused, Test);
        string other = xml.Replace("<name>t1<", "<name>t2<", StringComparison.Ordinal);
        other = other[..other.IndexOf("<uuid>", StringComparison.Ordinal)] + other[(other.IndexOf("</uuid>", StringComparison.Ordinal) + 7)..];
        var second = await root.Get<IDomainPower>().CreateTransientAsync(other, DomainCreateFlags.StartPaused, Test);
        int[] ports = [await PortAsync(root, guest), await PortAsync(root, second)];
        Assert.All(ports, port => Assert.InRange(port, 5900, 65535));
        Assert.NotEqual(ports[0], ports[1]);
        var info = root.Get<IDomainInfo>();
        Assert.DoesNotContain("secret", await info.GetXmlAsync(guest, default, Test), StringComparison.Ordinal);
        Assert.Contains("passwd='secret'", await info.GetXmlAsync(guest, DomainXmlFlags.Secure, Test), StringComparison.Ordinal);
        Assert.Contains("port='-1'", await info.GetXmlAsync(guest, DomainXmlFlags.Inactive, Test), StringComparison.Ordinal);
    }

    static async Task<int> PortAsync(QemuRoot root, DomainRef guest)
    {
        string xml = await root.Get<IDomainInfo>().GetXmlAsync(guest, default, Test);
        string rest = xml[(xml.IndexOf("type='vnc' port='", StringComparison.Ordinal) + "type='vnc' port='".Length)..];
        return int.Parse(rest[..rest.IndexOf('\'', StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task A_migratable_document_has_neither_run_nor_implied_devices()
    {
        await using var root = await new QemuRoot().StartAsync();
        var guest = await root.Get<IDomainPower>().CreateTransientAsync(QemuRoot.Guest("t1"), DomainCreateFlags.StartPaused, Test);
        string xml = await root.Get<IDomainInfo>().GetXmlAsync(guest, DomainXmlFlags.Migratable, Test);
        foreach (string gone in new[] { "id='1'>", "<alias", "pci-root", "piix3-uhci", "type='keyboard'", "<audio", "/dev/pts", "check='full'" })
            Assert.DoesNotContain(gone, xml, StringComparison.Ordinal);
        Assert.Contains("check='none'", xml, StringComparison.Ordinal);
    }
}
