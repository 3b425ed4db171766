using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Interface;
using Vireo.Host;
using Vireo.Host.Processes;
using Vireo.Tests.Drivers.Storage.Kinds;
using Xunit;

namespace Vireo.Tests.Drivers.Interface;

/// <summary>Changes of the host's network that are kept or taken back, on a made-up /etc with programs that write down what they are told.</summary>
public sealed class TransactionTests : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("interfaces").FullName;
    readonly ProcessHost processes = new(Launcher.Find(Environment.GetEnvironmentVariable(Launcher.Variable), AppContext.BaseDirectory));
    readonly ToldPrograms programs;

    public TransactionTests()
    {
        programs = new ToldPrograms(root);
        foreach (string name in (string[])["ifup", "ifdown", "netplan", "nmcli"])
            programs.Make(name, "");
    }

    public void Dispose()
    {
        processes.Dispose();
        Directory.Delete(root, recursive: true);
    }

    InterfaceDriver Driver() => InterfaceDriver.Create(new InterfaceDriverOptions
    {
        Paths = HostPaths.System(Path.Join(root, "daemon")), SystemRoot = root, Processes = processes, FindProgram = programs.Find,
    });

    IInterfaceTransactions Transactions => Driver().Capabilities.Find<IInterfaceTransactions>()!;

    void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(root + path)!);
        File.WriteAllText(root + path, text);
    }

    string Said(string path) => File.ReadAllText(root + path);

    [Fact]
    public async Task What_was_edited_is_taken_back_and_what_it_said_before_is_in_force_again()
    {
        Write("/etc/network/interfaces", "auto lo eth1\niface lo inet loopback\n\niface eth1 inet static\n    address 10.0.0.1/24\n\niface eth2 inet dhcp\nsource interfaces.d/*\n");
        Write("/etc/network/interfaces.d/br", "allow-hotplug br0\niface br0 inet dhcp\n  bridge_ports eth3 \\\n eth4\n");
        File.SetUnixFileMode(root + "/etc/network/interfaces.d/br", UnixFileMode.UserRead);
        string before = Said("/etc/network/interfaces");
        await Transactions.BeginAsync(0, default);
        Write("/etc/network/interfaces", before.Replace("10.0.0.1", "10.0.0.2", StringComparison.Ordinal).Replace("eth2", "eth5", StringComparison.Ordinal));
        File.Delete(root + "/etc/network/interfaces.d/br");
        Write("/etc/network/interfaces.d/new", "auto eth6\niface eth6 inet manual\n");
        // Another daemon goes on where the first one ended.
        await Transactions.RollbackAsync(0, default);
        Assert.Equal(before, Said("/etc/network/interfaces"));
        Assert.Equal("allow-hotplug br0\niface br0 inet dhcp\n  bridge_ports eth3 \\\n eth4\n", Said("/etc/network/interfaces.d/br"));
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(root + "/etc/network/interfaces.d/br"));
        Assert.False(File.Exists(root + "/etc/network/interfaces.d/new"));
        Assert.Equal(["ifdown eth1", "ifdown eth5", "ifdown eth6", "ifup br0", "ifup eth1"], programs.Told);
    }

    [Fact]
    public async Task What_was_edited_is_kept()
    {
        Write("/etc/netplan/50.yaml", "network: {}\n");
        await Transactions.BeginAsync(0, default);
        Write("/etc/netplan/50.yaml", "network: {version: 2}\n");
        await Transactions.CommitAsync(0, default);
        Assert.Equal("network: {version: 2}\n", Said("/etc/netplan/50.yaml"));
        Assert.Empty(programs.Told);
        await Transactions.BeginAsync(0, default);
        Write("/etc/netplan/50.yaml", "network: {version: 3}\n");
        Write("/etc/NetworkManager/system-connections/a.nmconnection", "[connection]\n");
        await Transactions.RollbackAsync(0, default);
        Assert.Equal("network: {version: 2}\n", Said("/etc/netplan/50.yaml"));
        Assert.False(File.Exists(root + "/etc/NetworkManager/system-connections/a.nmconnection"));
        Assert.Equal(["netplan apply", "nmcli connection reload"], programs.Told);
    }

    [Fact]
    public async Task A_change_begins_once_and_ends_once()
    {
        Write("/etc/network/interfaces", "auto lo\n");
        async Task RefusedAsync(Func<ValueTask> what, ErrorCode code) => Assert.Equal((code, ErrorDomain.Interface), await FaultAsync(what));
        await RefusedAsync(() => Transactions.CommitAsync(0, default), ErrorCode.OperationInvalid);
        await RefusedAsync(() => Transactions.RollbackAsync(0, default), ErrorCode.OperationInvalid);
        await RefusedAsync(() => Transactions.BeginAsync(1, default), ErrorCode.InvalidArg);
        await Transactions.BeginAsync(0, default);
        await RefusedAsync(() => Transactions.BeginAsync(0, default), ErrorCode.OperationInvalid);
        await Transactions.RollbackAsync(0, default);
        await RefusedAsync(() => Transactions.RollbackAsync(0, default), ErrorCode.OperationInvalid);
        Assert.Empty(programs.Told);
    }

    [Fact]
    public async Task What_could_not_be_put_in_force_is_said_and_the_files_are_as_they_were()
    {
        Write("/etc/network/interfaces", "auto eth1\niface eth1 inet dhcp\n");
        programs.Make("ifup", "echo 'no such card' >&2; exit 1");
        await Transactions.BeginAsync(0, default);
        Write("/etc/network/interfaces", "");
        var fault = await Assert.ThrowsAsync<VireoException>(async () => await Transactions.RollbackAsync(0, default));
        Assert.Equal("operation failed: the files of the host's network are as they were, but not all is in force: Child process (ifup eth1) unexpected exit status 1: no such card", fault.Error.Message);
        Assert.Equal("auto eth1\niface eth1 inet dhcp\n", Said("/etc/network/interfaces"));
        await Transactions.BeginAsync(0, default);
    }

    [Fact]
    public void A_host_without_such_files_and_a_users_daemon_offer_no_changes()
    {
        Assert.Null(Transactions);
        Directory.CreateDirectory(root + "/etc/netplan");
        Assert.NotNull(Transactions);
        Assert.Null(InterfaceDriver.Create(new InterfaceDriverOptions { Paths = HostPaths.Session(root, static _ => null), SystemRoot = root, Processes = processes })
            .Capabilities.Find<IInterfaceTransactions>());
    }

    static async Task<(ErrorCode, ErrorDomain)> FaultAsync(Func<ValueTask> what)
    {
        VireoException fault = await Assert.ThrowsAsync<VireoException>(async () => await what());
        return (fault.Code, fault.Error.Domain);
    }
}
