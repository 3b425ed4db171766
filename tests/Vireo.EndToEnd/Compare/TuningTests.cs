using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>Debian's virsh, unchanged, changes shares, limits and sizes of guests on stock libvirtd and on vireod, both with control groups.</summary>
public sealed class TuningTests(GuestHosts hosts) : IClassFixture<GuestHosts>
{
    public static TheoryData<string> Names => [.. TuningScripts.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task Shares_limits_and_sizes_change_as_on_stock(string script)
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
        string stock = await RunAsync(hosts.Stock.Socket, hosts.Stock.Root), ours = await RunAsync(hosts.Vireo.Socket, hosts.Vireo.Root);
        Assert.Equal(stock, ours);

        async Task<string> RunAsync(string socket, string root)
        {
            // Each has images of its own: sizes are changed.
            string files = Directory.CreateTempSubdirectory("tuned").FullName;
            File.SetUnixFileMode(files, (UnixFileMode)0x1ff);
            foreach (string name in (string[])["c.qcow2", "a.img"])
                File.Copy(Path.Join(hosts.Files, name), Path.Join(files, name));
            using var documents = new Documents();
            documents.With("XML", TuningScripts.Guest.Replace("ROOT", files, StringComparison.Ordinal))
                .With("BARE", TuningScripts.Bare.Replace("ROOT", files, StringComparison.Ordinal));
            string virsh = Command.Find("virsh")!, uri = $"qemu+unix:///system?socket={socket}";
            Task<string> Say(params IEnumerable<string> lines) => Transcript.OfAsync(line => Command.RunAsync(virsh, ["-q", "-c", uri, documents.Fill(line.Replace("${FILES}", files, StringComparison.Ordinal))]), lines);
            try
            {
                await Say("define ${XML}");
                return (await Say(TuningScripts.All[script])).Replace(root, "", StringComparison.Ordinal).Replace(files, "", StringComparison.Ordinal);
            }
            finally
            {
                await Say("destroy g", "undefine g");
                Directory.Delete(files, recursive: true);
            }
        }
    }
}
