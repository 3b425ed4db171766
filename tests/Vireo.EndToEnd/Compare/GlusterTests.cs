using System.Text.RegularExpressions;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>Pools of Gluster on stock libvirtd and on vireod, of one server that both reach.</summary>
public sealed partial class GlusterTests
{
    static readonly string[] documents =
    [
        "<host name='10.13.9.1'/><name>vol</name><dir path='/'/>", "<host name='10.13.9.1' port='24007'/><dir path='/folder/'/><name>vol</name>",
        "<host name='10.13.9.1'/><name>nosuch</name>", "<host name='10.13.9.1' port='1'/><name>vol</name>", "<host name='10.13.9.1'/><name>vol</name><dir path='/nodir'/>",
        "<host name='10.13.9.1'/><name>vol/x</name>", "<host name='10.13.9.1'/><name>vol</name><dir path='nodir'/>", "<host name='10.13.9.1'/>", "<name>vol</name>",
    ];

    static readonly string[] script =
    [
        "pool-define ${P0}", "pool-dumpxml p0", "pool-delete p0", "pool-build p0", "pool-start p0", "pool-refresh p0", "pool-info p0", "vol-list p0 --details",
        .. new[] { "raw", "small.qcow2", "lazy", "above", "elsewhere", "disk.vmdk", "link", "folder", ".hidden", "'with spaces'" }
            .Select(static name => $"vol-dumpxml {name} --pool p0; vol-info {name} --pool p0 --bytes; vol-path {name} --pool p0; vol-key {name} --pool p0"),
        "vol-name gluster://10.13.9.1/vol/raw; vol-pool gluster://10.13.9.1/vol/raw", "pool-create ${P1}", "pool-dumpxml p1", "vol-list p1", "vol-dumpxml inner --pool p1",
        "pool-create ${P2}", "pool-create ${P3}", "pool-create ${P4}", "pool-create ${P5}", "pool-create ${P6}", "pool-create ${P7}", "pool-create ${P8}",
        "vol-create-as p0 new 1M", "vol-clone raw copy --pool p0", "vol-resize raw 2M --pool p0", "vol-wipe raw --pool p0", "vol-upload raw ${P0} --pool p0",
        "vol-download raw ${P0} --pool p0", "vol-delete above --pool p0", "vol-delete link --pool p0", "vol-delete sparse --pool p0", "vol-list p0", "pool-refresh p0", "vol-list p0",
        "pool-delete p0", "pool-destroy p0", "pool-undefine p0", "pool-destroy p1",
        "find-storage-pool-sources-as gluster 10.13.9.1", "find-storage-pool-sources-as gluster", "find-storage-pool-sources-as gluster 10.13.9.1 --port 1", "find-storage-pool-sources gluster ${EMPTY}",
        "find-storage-pool-sources-as netfs 10.13.9.1",
    ];

    [Fact]
    public async Task Pools_of_gluster_answer_as_stock()
    {
        Needs.Long("takes minutes, as stock takes seconds for each command");
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        foreach (string program in (string[])["glusterd", "gluster", "mount.glusterfs", "qemu-img", "ip"])
            Needs.Program(program);
        Assert.SkipUnless(Directory.EnumerateFiles("/usr/lib", "libvirt_storage_backend_gluster.so", SearchOption.AllDirectories).Any(), "stock libvirt has no pools of gluster");
        string place = Directory.CreateTempSubdirectory("gluster").FullName, server = Path.Join(AppContext.BaseDirectory, "Compare/gluster.sh");
        try
        {
            await using StockDaemon stock = await StockDaemon.StartAsync($"bash {server} serve {place} >{place}/log 2>&1 || {{ cat {place}/log >&2; exit 1; }}\n");
            await using VireoDaemon ours = await VireoDaemon.StartInNetworkOfAsync(stock.Pid, "");
            string theirs = await OnAsync(stock.Socket), said = await OnAsync(ours.Socket);
            Assert.True(theirs == said, $"stock:\n{theirs}\nours:\n{said}");
            Assert.Contains("gluster://10.13.9.1/vol/a%3Ab;c@d&e=f+g$h,i%5Bj%5Dk%25l(m)n!o~p*q'r%22s%3Ct%3Fu%23v%7Cw", said, StringComparison.Ordinal);

            // Libvirt says of any folder that it has deleted it, and has not.
            await VirshAsync(ours.Socket, "pool-create-as p0 gluster --source-host 10.13.9.1 --source-name vol --source-path /");
            Assert.Contains("cannot remove gluster volume dir 'folder': Directory not empty", (await VirshAsync(ours.Socket, "vol-delete folder --pool p0")).Error, StringComparison.Ordinal);
            await InAsync($"rm {place}/mounted/folder/inner");
            Assert.Equal(0, (await VirshAsync(ours.Socket, "vol-delete folder --pool p0")).ExitCode);
            Assert.NotEqual(0, (await InAsync($"test -e {place}/mounted/folder")).ExitCode);
            await VirshAsync(ours.Socket, "pool-destroy p0");

            async Task<string> OnAsync(string socket)
            {
                using var files = new Documents();
                foreach ((int i, string source) in documents.Index())
                    files.With($"P{i}", $"<pool type='gluster'><name>p{i}</name><source>{source}</source></pool>");
                files.With("EMPTY", "<source/>");
                CommandResult filled = await InAsync($"bash {server} fill {place}");
                Assert.True(filled.ExitCode is 0, filled.ToString());
                string text = await Transcript.OfAsync(line => VirshAsync(socket, files.Fill(line)), script);
                text = text.Replace(files.Fill("${P0}")[..^"p0.xml".Length], "DOCUMENTS/", StringComparison.Ordinal);
                return Spaces().Replace(Room().Replace(Time().Replace(text, "<${1}>TIME</${1}>"), "ROOM"), " ");
            }

            Task<CommandResult> InAsync(string command) => Command.RunAsync(Needs.Program("nsenter"), ["-t", stock.Pid.ToString(), "-m", "-n", "--", "bash", "-c", command]);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    static Task<CommandResult> VirshAsync(string socket, string line) => Command.RunAsync(Needs.Program("virsh"), ["-q", "-c", $"qemu+unix:///system?socket={socket}", line]);

    [GeneratedRegex("<([amc]time)>[^<]*</[amc]time>")]
    private static partial Regex Time();

    /// <summary>Memory that is free on this machine.</summary>
    [GeneratedRegex(@"(?<=(?:Capacity|Allocation|Available): +)[\d.]+ [GM]iB|(?<=<(?:capacity|allocation|available) unit='bytes'>)\d{8,}")]
    private static partial Regex Room();

    /// <summary>Columns are as wide as what stands in them.</summary>
    [GeneratedRegex(" {2,}|-{4,}")]
    private static partial Regex Spaces();
}
