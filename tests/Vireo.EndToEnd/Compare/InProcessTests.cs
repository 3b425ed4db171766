using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>A vireod for the rows, and the documents that they name.</summary>
public sealed class RowDaemon : IAsyncLifetime
{
    public VireoDaemon Vireo { get; private set; } = null!;

    public Documents Documents { get; } = new Documents()
        .With("NET", TestNetworkRows.Net).With("NETUUID", TestNetworkRows.Net.Replace("8a01", "8a09", StringComparison.Ordinal))
        .With("NETNAME", TestNetworkRows.Net.Replace("n1", "n2", StringComparison.Ordinal)).With("NETOTHER", TestNetworkRows.Net.Replace("10.1.", "10.2.", StringComparison.Ordinal))
        .With("NETNONAME", "<network/>").With("NETBADMODE", "<network><name>q</name><forward mode='tram'/></network>").With("NETSLASH", "<network><name>a/b</name></network>")
        .With("EMPTY", "<network><name/></network>").With("FOO", "<foo/>")
        .With("IFACE", TestNetworkRows.Interface).With("IFACENONAME", "<interface type='ethernet'/>").With("IFACEBADTYPE", "<interface type='tram' name='a'/>")
        .With("IFACEBRIDGE", "<interface type='bridge' name='br7'><start mode='none'/><bridge stp='off'><interface type='ethernet' name='x'/></bridge></interface>")
        .With("IFACESAMEMAC", TestNetworkRows.Interface.Replace("00:16:3e:00:00:07", "aa:bb:cc:dd:ee:ff", StringComparison.Ordinal))
        .With("POOL", TestStorageRows.Pool).With("POOLUUID", TestStorageRows.Pool.Replace("8a02", "8a09", StringComparison.Ordinal))
        .With("POOLNAME", TestStorageRows.Pool.Replace("p1", "p9", StringComparison.Ordinal)).With("POOLMOVED", TestStorageRows.Pool.Replace("/p1", "/moved", StringComparison.Ordinal))
        .With("POOLNOTYPE", "<pool><name>a</name></pool>").With("POOLBADTYPE", "<pool type='tram'><name>a</name></pool>").With("POOLNOPATH", "<pool type='dir'><name>a</name></pool>")
        .With("SOURCE", "<source><host name='h'/></source>")
        .With("FCPOOL", "<pool type='scsi'><name>fc</name><source><adapter type='fc_host' wwnn='20000000c9831b4b' wwpn='10000000c9831b4b'/></source><target><path>/fc</path></target></pool>")
        .With("VOL", TestStorageRows.Volume).With("VOL2", TestStorageRows.Volume.Replace("v1", "v2", StringComparison.Ordinal))
        .With("VOLNONAME", "<volume><capacity>1</capacity></volume>").With("VOLNOSIZE", "<volume><name>c</name></volume>").With("VOLHUGE", "<volume><name>h</name><capacity>18446744073709551615</capacity></volume>")
        .With("VOLBADFORMAT", TestStorageRows.Volume.Replace("qcow2", "tram", StringComparison.Ordinal)).With("VOLBLOCK", "<volume type='block'><name>v4</name><capacity>5</capacity><allocation>6</allocation></volume>")
        .With("ADAPTER", TestStorageRows.Adapter).With("ADAPTERNONAMES", "<device><parent>scsi_host1</parent><capability type='scsi_host'><capability type='fc_host'/></capability></device>")
        .With("ADAPTERNOPARENT", TestStorageRows.Adapter.Replace("<parent>scsi_host1</parent>", "", StringComparison.Ordinal))
        .With("ADAPTERBADPARENT", TestStorageRows.Adapter.Replace("scsi_host1<", "nobody<", StringComparison.Ordinal))
        .With("ADAPTERLEAF", TestStorageRows.Adapter.Replace("scsi_host1<", "scsi_host11<", StringComparison.Ordinal))
        .With("ADAPTERHALF", TestStorageRows.Adapter.Replace("<parent>", "<parent wwnn='2000000012341234'>", StringComparison.Ordinal))
        .With("CARD", "<device><capability type='net'><interface>e</interface></capability></device>");

    public async ValueTask InitializeAsync() => Vireo = await VireoDaemon.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Vireo.DisposeAsync();
        Documents.Dispose();
    }
}

/// <summary>Debian's virsh on the test driver that it carries, and the same virsh on vireod: the same text, the same exit code.</summary>
public sealed class InProcessTests(RowDaemon rows) : IClassFixture<RowDaemon>
{
    const string InProcess = "test:///default";

    public static TheoryData<string> Rows =>
    [
        .. TestNetworkRows.Networks, .. TestNetworkRows.Interfaces, .. TestNetworkRows.NotOffered,
        .. TestStorageRows.Pools, .. TestStorageRows.Volumes, .. TestStorageRows.Devices, .. TestDomainOptionRows.All,
    ];

    /// <summary>Commands that our shell does not have yet.</summary>
    static readonly string[] toCome = ["net-port-", "iface-bridge", "iface-unbridge", "secret-", "nwfilter-", "vol-upload", "vol-download"];

    public static TheoryData<string> ShellRows => [.. Rows.Select(static row => row.Data).Where(static row => !toCome.Any(row.Contains))];

    [Theory, MemberData(nameof(ShellRows))]
    public async Task Our_shell_says_what_stock_virsh_says(string line)
    {
        string virsh = Needs.Program("virsh"), typed = rows.Documents.Fill(line);
        string stock = await Transcript.OfAsync(_ => Command.RunAsync(virsh, ["-c", InProcess, typed]), [line]);
        string ours = await Transcript.OfAsync(_ => ShellTests.RunOursAsync("-c", InProcess, typed), [line]);
        Assert.True(stock == ours, $"stock:\n{stock}\nours:\n{ours}");
    }

    [Fact]
    public async Task A_synopsis_is_virshs()
    {
        string virsh = Needs.Program("virsh");
        foreach (string command in Rows.SelectMany(static row => row.Data.Split("; ")).Select(static typed => typed.Split(' ')[0]).Distinct()
            .Where(static command => !toCome.Any(command.StartsWith)))
        {
            string stock = ShellTests.SynopsisOf(await Command.RunAsync(virsh, ["-c", InProcess, "help", command]));
            Assert.Equal(stock, ShellTests.SynopsisOf(await ShellTests.RunOursAsync("-c", InProcess, "help", command)));
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public async Task Vireod_says_what_stock_virsh_says_by_itself(string line)
    {
        string virsh = Needs.Program("virsh"), typed = rows.Documents.Fill(line);
        string stock = await OnAsync(InProcess), ours = await OnAsync(rows.Vireo.TestUri);
        Assert.True(stock == ours, $"stock:\n{stock}\nours:\n{ours}");

        Task<string> OnAsync(string uri) => Transcript.OfAsync(_ => Command.RunAsync(virsh, ["-c", uri, typed]), [line]);
    }
}
