using System.Net.Sockets;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.EndToEnd.Harness;
using Vireo.Host.Files;
using Vireo.Host.Users;
using Vireo.Hypervisor.Security;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>What guests get of the host: users, files, helpers.</summary>
public sealed class HostSideTests
{
    static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    static Ids GuestUser()
    {
        Needs.Root();
        uint? user = HostUsers.FindUser("libvirt-qemu"), group = HostUsers.FindGroup("libvirt-qemu");
        Assert.SkipWhen(user is null || group is null, "there is no user libvirt-qemu");
        return new Ids(user!.Value, group!.Value);
    }

    static string Disk(QemuRoot root, string name)
    {
        string path = Path.Join(root.Paths.Root!, name);
        File.WriteAllBytes(path, new byte[65536]);
        return path;
    }

    static Ids OwnerOf(string path) => FileOwner.Find(path, out _)!.Value.Owner;

    static string WithDisks(string own, string shared) => QemuRoot.Guest("g").Replace("<memballoon model='virtio'/>", $"""
        <disk type='file'><driver name='qemu' type='raw'/><source file='{own}'/><target dev='vda' bus='virtio'/></disk>
        <disk type='file'><driver name='qemu' type='raw'/><source file='{shared}'/><target dev='vdb' bus='virtio'/><readonly/></disk>
        """, StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_guest_runs_as_its_user_and_has_its_files_meanwhile(bool killed)
    {
        Ids guest = GuestUser(), before = new(1000, 1000);
        await using QemuRoot root = await new QemuRoot().StartAsync();
        string own = Disk(root, "own.img"), shared = Disk(root, "shared.img");
        Assert.Equal(0, FileOwner.Give(own, before));

        DomainRef g = await root.Get<IDomainPower>().CreateTransientAsync(WithDisks(own, shared), DomainCreateFlags.StartPaused, Test);
        int pid = Assert.Single(root.Pids());
        Assert.Equal(guest, OwnerOf($"/proc/{pid}"));
        Assert.Equal(guest, OwnerOf(own));
        Assert.Equal(guest, OwnerOf(shared));
        string xml = await root.Get<IDomainInfo>().GetXmlAsync(g, default, Test);
        Assert.Contains($"<label>{guest}</label>", xml, StringComparison.Ordinal);
        // A transient guest has no other definition, and libvirt shows all of it.
        Assert.Contains($"<label>{guest}</label>", await root.Get<IDomainInfo>().GetXmlAsync(g, DomainXmlFlags.Inactive, Test), StringComparison.Ordinal);
        Assert.Equal(guest, OwnerOf(root.Places.RunFolder(g.Id, "g")));

        if (killed)
        {
            using (var process = root.Processes.Find(pid)!) process.Signal(9);
            await root.HeardAsync($"g on {DomainEventType.Stopped} {(int)DomainEventStoppedDetail.Failed}");
        }
        else
            await root.Get<IDomainPower>().DestroyAsync(g, Test);
        Assert.Equal(before, OwnerOf(own));
        Assert.Null(FileOwner.Attribute(own, Ownership.CountAttribute, out _));
        Assert.Equal(guest, OwnerOf(shared));       // others may use it: it stays
    }

    [Fact]
    public async Task A_socket_that_a_guest_connects_to_is_its_own_meanwhile()
    {
        Ids guest = GuestUser();
        await using QemuRoot root = await new QemuRoot().StartAsync();
        string path = Path.Join(root.Paths.Root!, "console");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        string With(string socket) => QemuRoot.Guest("g").Replace("<memballoon model='virtio'/>", $"<serial type='unix'><source mode='connect' path='{socket}'/></serial>", StringComparison.Ordinal);
        DomainRef g = await root.Get<IDomainPower>().CreateTransientAsync(With(path), DomainCreateFlags.StartPaused, Test);
        using (await listener.AcceptAsync(Test))
        {
            Assert.Equal(guest, OwnerOf(path));
            await root.Get<IDomainPower>().DestroyAsync(g, Test);
        }
        Assert.Equal(new Ids(0, 0), OwnerOf(path));
        VireoException absent = await Assert.ThrowsAsync<VireoException>(async () => await root.Get<IDomainPower>().CreateTransientAsync(With(path + "2"), default, Test));
        Assert.Equal((ErrorCode.SystemError, $"unable to stat: {path}2: No such file or directory"), (absent.Code, absent.Message));
    }

    [Fact]
    public async Task A_guest_that_ended_while_no_daemon_ran_gives_its_files_back()
    {
        Ids guest = GuestUser();
        await using QemuRoot root = await new QemuRoot().StartAsync();
        string own = Disk(root, "own.img");
        await root.Get<IDomainPower>().CreateTransientAsync(WithDisks(own, Disk(root, "shared.img")), DomainCreateFlags.StartPaused, Test);
        Assert.Equal(guest, OwnerOf(own));
        await root.StopAsync();
        using (var process = root.Processes.Find(root.Pids().Single())!)
        {
            process.Signal(9);
            await process.Exited;
        }
        await root.StartAsync();
        Assert.Equal(new Ids(0, 0), OwnerOf(own));
    }

    sealed class OneSecret(string value) : ISecretValues
    {
        internal string Value { get; set; } = value;

        public ValueTask<byte[]> GetValueAsync(SecretLookup which, SecretUsageType usage, CancellationToken cancel)
        {
            Assert.Equal(SecretUsageType.Vtpm, usage);
            return new(System.Text.Encoding.UTF8.GetBytes(Value));
        }
    }

    [Fact]
    public async Task A_TPM_keeps_its_memory_encrypted_with_a_secret_that_no_command_line_shows()
    {
        Needs.Program("swtpm");
        Needs.Program("swtpm_setup");
        var secret = new OneSecret("open sesame");
        await using QemuRoot root = await new QemuRoot { Secrets = secret }.StartAsync();
        string xml = QemuRoot.Guest("g").Replace("<memballoon model='virtio'/>",
            "<tpm model='tpm-tis'><backend type='emulator' version='2.0'><encryption secret='5b1c9a54-5f0c-4b6c-8d2b-7a8f1e6c9d02'/></backend></tpm>", StringComparison.Ordinal);
        DomainRef g = await root.Get<IDomainDefinition>().DefineAsync(xml, default, Test);
        g = await root.Get<IDomainPower>().CreateAsync(g, default, Test);
        string line = await File.ReadAllTextAsync($"/proc/{await File.ReadAllTextAsync(Path.Join(root.Places.TpmStateDir, "1-g-swtpm.pid"), Test)}/cmdline", Test);
        Assert.Contains("\0--key\0pwdfd=4,mode=aes-256-cbc\0--migration-key\0pwdfd=5,mode=aes-256-cbc\0", line, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", line, StringComparison.Ordinal);
        await root.Get<IDomainPower>().DestroyAsync(g, Test);
        g = await root.Get<IDomainPower>().CreateAsync(g, default, Test);      // it reads what it wrote
        await root.Get<IDomainPower>().DestroyAsync(g, Test);
        secret.Value = "open barley";
        await Assert.ThrowsAsync<VireoException>(async () => await root.Get<IDomainPower>().CreateAsync(g, default, Test));
    }

    [Fact]
    public async Task A_TPM_runs_beside_its_guest_and_goes_with_it()
    {
        Needs.Program("swtpm");
        Needs.Program("swtpm_setup");
        await using QemuRoot root = await new QemuRoot().StartAsync();
        string xml = QemuRoot.Guest("g").Replace("<memballoon model='virtio'/>",
            "<tpm model='tpm-tis'><backend type='emulator' version='2.0'/></tpm>", StringComparison.Ordinal);
        DomainRef g = await root.Get<IDomainDefinition>().DefineAsync(xml, default, Test);
        g = await root.Get<IDomainPower>().CreateAsync(g, default, Test);
        string socket = Path.Join(root.Places.TpmStateDir, "1-g-swtpm.sock"), pidFile = Path.ChangeExtension(socket, ".pid");
        string storage = Path.Join(root.Places.TpmStorageDir, g.Uuid.ToString(), "tpm2");
        Assert.True(File.Exists(socket));
        Assert.True(File.Exists(Path.Join(storage, "tpm2-00.permall")));
        int pid = int.Parse(await File.ReadAllTextAsync(pidFile, Test));
        using var tpm = root.Processes.Find(pid)!;
        if (VireoDaemon.Mode == "system" && HostUsers.FindUser("tss") is { } tss) Assert.Equal(tss, OwnerOf($"/proc/{pid}").User);

        await root.StopAsync();     // the guest and its TPM outlive their daemon
        await root.StartAsync();
        Assert.False(tpm.Exited.IsCompleted);
        g = Assert.Single(await root.Get<IDomainListing>().ListAllAsync(ListDomainsFlags.Active, Test));
        await root.Get<IDomainPower>().DestroyAsync(g, Test);
        await tpm.Exited;
        Assert.False(File.Exists(socket) || File.Exists(pidFile));
        Assert.True(Directory.Exists(storage));
        await root.Get<IDomainDefinition>().UndefineAsync(g, Test);
        Assert.False(Directory.Exists(Path.GetDirectoryName(storage)));
    }
}
