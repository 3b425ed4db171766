using Vireo.Driver;
using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Migration;

/// <summary>Guests that move between a stock libvirtd and a vireod, led by Debian's virsh.</summary>
public sealed class MigrateAcrossTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    const string Name = "wanderer", Renamed = "renamed";

    static readonly string[] cpus =
    [
        "<cpu mode='host-model'/>",
        "<cpu mode='custom' match='exact'><model fallback='allow'>EPYC</model></cpu>",
        "<cpu mode='custom' match='exact'><model fallback='allow'>Icelake-Server</model></cpu>",
        "<cpu mode='custom' match='exact'><model fallback='allow'>Skylake-Client</model><feature policy='disable' name='mpx'/></cpu>",
    ];

    public static TheoryData<bool, int> Ways => [.. from fromStock in new[] { true, false } from cpu in Enumerable.Range(0, cpus.Length) select (fromStock, cpu)];

    static Documents Files(string cpu = "", bool disk = false)
    {
        Documents files = new Documents().WithImage("IMAGE", 1);
        string image = files.Fill("${IMAGE}");
        return files.With("XML", Guests.Tiny(Name, "b7b5d8b4-1f2c-4c0e-8e0a-3a8f1c2d4e5f").Replace("<devices>", cpu + "<devices>" + (disk
            ? $"<disk type='file'><driver name='qemu' type='raw'/><source file='{image}'/><target dev='vda' bus='virtio'/></disk>" : ""), StringComparison.Ordinal));
    }

    void Need()
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_guest_has_the_same_processor_wherever_it_is(bool fromStock, int cpu)
    {
        Need();
        using Documents files = Files(cpus[cpu]);
        try
        {
            await hosts.RunAsync(fromStock, "create", files.Fill("${XML}"));
            string shown = Cpu(await hosts.RunAsync(fromStock, "dumpxml", Name)), migratable = await hosts.RunAsync(fromStock, "dumpxml", Name, "--migratable");
            bool here = fromStock;
            for (int move = 0; move < 3; move++, here = !here)
            {
                await hosts.RunAsync(here, hosts.To(!here, Name, "--live"));
                Assert.Equal("running (migrated)\n", await hosts.RunAsync(!here, "domstate", Name, "--reason"));
                Assert.NotEqual(0, (await hosts.TryAsync(here, "domstate", Name)).ExitCode);
                Assert.Equal(shown, Cpu(await hosts.RunAsync(!here, "dumpxml", Name)));
                Assert.Equal(migratable, await hosts.RunAsync(!here, "dumpxml", Name, "--migratable"));
            }
        }
        finally
        {
            await hosts.ClearAsync(Name);
        }
    }

    [Theory]
    [InlineData("--live --persistent --undefinesource", "Stopped Migrated", "Started Migrated, Defined Added, Resumed Migrated")]
    [InlineData("--persistent", "Stopped Migrated", "Started Migrated, Defined Added, Resumed Migrated")]
    [InlineData("--live --suspend", "Stopped Migrated", "Started Migrated, Suspended Paused")]
    [InlineData("--offline --persistent", "", "Defined Added")]
    [InlineData("--live --parallel --parallel-connections 3", "Stopped Migrated", "Started Migrated, Resumed Migrated")]
    [InlineData("--live --compressed --comp-methods xbzrle --comp-xbzrle-cache 4194304", "Stopped Migrated", "Started Migrated, Resumed Migrated")]
    [InlineData("--live --auto-converge --auto-converge-initial 30 --auto-converge-increment 5", "Stopped Migrated", "Started Migrated, Resumed Migrated")]
    [InlineData("--live --p2p --persistent", "Stopped Migrated", "Started Migrated, Defined Added, Resumed Migrated")]
    [InlineData("--offline --p2p --persistent", "", "Defined Added")]
    [InlineData("--live --dname renamed --abort-on-error", "Stopped Migrated", "Started Migrated, Resumed Migrated")]
    public async Task The_two_sides_tell_of_a_move_as_stock_does(string flags, string left, string came)
    {
        Need();
        using Documents files = Files();
        foreach (bool fromStock in new[] { true, false })
        {
            try
            {
                await hosts.RunAsync(fromStock, "define", files.Fill("${XML}"));
                if (!flags.Contains("--offline", StringComparison.Ordinal)) await hosts.RunAsync(fromStock, "start", Name);
                await using var source = await Told.ListenAsync(hosts.Uri(fromStock));
                await using var target = await Told.ListenAsync(hosts.Uri(!fromStock));
                await hosts.RunAsync(fromStock, hosts.To(!fromStock, Name, flags.Split(' ')));
                string name = flags.Contains(Renamed, StringComparison.Ordinal) ? Renamed : Name;
                Assert.Equal(came, await target.UntilAsync(came));
                if (left.Length > 0) Assert.EndsWith(left, await source.UntilAsync(left), StringComparison.Ordinal);
                Assert.Equal(0, (await hosts.TryAsync(!fromStock, "domstate", name)).ExitCode);
                bool gone = flags.Contains("--undefinesource", StringComparison.Ordinal);
                Assert.Equal(gone ? 1 : 0, (await hosts.TryAsync(fromStock, "domstate", Name)).ExitCode);
                if (left.Length > 0 && !gone)
                {
                    Assert.Equal("shut off (migrated)\n", await hosts.RunAsync(fromStock, "domstate", Name, "--reason"));
                    string[] lines = Labels(await hosts.RunAsync(fromStock, "domjobinfo", Name, "--completed", "--anystats"));
                    Assert.Contains("Operation", lines);
                    Assert.Contains("Total downtime", lines);
                    Assert.Contains("Memory total", lines);
                }
            }
            finally
            {
                await hosts.ClearAsync(Name, Renamed);
            }
        }
    }

    [Fact]
    public async Task A_dump_and_a_save_tell_of_their_passes_and_numbers_as_with_stock()
    {
        Need();
        string? theirs = null;
        foreach (bool stock in new[] { true, false })
        {
            try
            {
                await hosts.NeedAsync(stock, Name, () => hosts.Still(Name, "b7b5d8b4-1f2c-4c0e-8e0a-3a8f1c2d4e5f"));
                await using var told = await Told.ListenAsync(hosts.Uri(stock), DomainEventId.MigrationIteration, DomainEventId.JobCompleted);
                foreach (string call in new[] { "dump", "save" })
                    await hosts.RunAsync(stock, call, Name, Path.Join(hosts.Shared, call));
                string all = await told.UntilAsync("Stopped Saved");
                Assert.Equal(theirs ??= all, all);
            }
            finally
            {
                await hosts.ClearAsync(Name);
            }
        }
        Assert.Contains("pass 1", theirs, StringComparison.Ordinal);
        Assert.Contains("job 2 ", theirs, StringComparison.Ordinal);
        Assert.Contains("job 8 ", theirs, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--offline")]
    [InlineData("--live --zerocopy")]
    [InlineData("--live --tunnelled")]
    [InlineData("--live --migrateuri foo:bar")]
    [InlineData("--live --parallel-connections 2")]
    [InlineData("--live --auto-converge-initial 30")]
    [InlineData("--live --comp-methods xbzrle --comp-methods xbzrle")]
    [InlineData("--live --postcopy-bandwidth 17592186044416")]
    [InlineData("--live --p2p --postcopy-bandwidth 17592186044416")]
    [InlineData("--live --copy-storage-all --disks-port 99999")]
    [InlineData("--live --copy-storage-all --disks-port 49990 --disks-uri tcp://127.0.0.1:49991")]
    [InlineData("--live --copy-storage-all --disks-uri foo://bar")]
    [InlineData("--live --copy-storage-all --disks-uri tcp:///x")]
    [InlineData("--live --copy-storage-all --disks-uri %%")]
    [InlineData("--live --migrateuri %%")]
    [InlineData("--live --parallel --parallel-connections -1")]
    [InlineData("--live --auto-converge --auto-converge-initial -1")]
    [InlineData("--live --compressed --comp-xbzrle-cache 65536")]
    [InlineData("--live --listen-address 192.0.2.7")]
    [InlineData("--live --copy-storage-all --offline --persistent")]
    [InlineData("--live --copy-storage-all --migrate-disks vdz")]
    [InlineData("--live --copy-storage-all --copy-storage-inc")]
    [InlineData("--live --copy-storage-synchronous-writes")]
    [InlineData("--live --postcopy --postcopy-resume")]
    [InlineData("--live --comp-methods zstd")]
    [InlineData("--live --p2p --tunnelled")]
    [InlineData("--live --p2p --tunnelled --postcopy")]
    [InlineData("--live --p2p --tunnelled --parallel")]
    public async Task What_cannot_be_is_refused_in_stocks_words_and_the_guest_runs_on(string flags)
    {
        Need();
        using Documents files = Files(disk: true);
        string[] words = ["--unsafe", .. flags.Split(' ')];
        string? theirs = null;
        foreach (bool fromStock in new[] { true, false })
        {
            try
            {
                await hosts.RunAsync(fromStock, "create", files.Fill("${XML}"));
                CommandResult said = await hosts.TryAsync(fromStock, [.. hosts.To(!fromStock, Name).Where(w => !flags.Contains("migrateuri", StringComparison.Ordinal) || w is not ("--migrateuri" or "tcp:127.0.0.1")), .. words]);
                Assert.NotEqual(0, said.ExitCode);
                Assert.Equal(theirs ??= said.Error, said.Error);
                Assert.Equal("running (booted)\n", await hosts.RunAsync(fromStock, "domstate", Name, "--reason"));
            }
            finally
            {
                await hosts.ClearAsync(Name);
            }
        }
    }

    [Fact]
    public async Task A_disk_that_only_this_host_has_keeps_a_guest_here_unless_somebody_knows_better()
    {
        Need();
        using Documents files = Files(disk: true);
        try
        {
            await hosts.RunAsync(false, "create", files.Fill("${XML}"));
            CommandResult said = await hosts.TryAsync(false, hosts.To(true, Name, "--live"));
            Assert.Contains("Unsafe migration: Migration without shared storage is unsafe", said.Error, StringComparison.Ordinal);
            await hosts.RunAsync(false, hosts.To(true, Name, "--live", "--unsafe"));
            await hosts.RunAsync(true, hosts.To(false, Name, "--live", "--unsafe"));
            Assert.Equal("running (migrated)\n", await hosts.RunAsync(false, "domstate", Name, "--reason"));
        }
        finally
        {
            await hosts.ClearAsync(Name);
        }
    }

    [Fact]
    public async Task Memory_is_sent_without_being_copied_where_all_of_it_may_be_locked()
    {
        Need();
        try
        {
            // So little may be locked without anybody's raising the limit, for which not every host has the right.
            await hosts.NeedAsync(true, Name, () => hosts.Still(Name, "b7b5d8b4-1f2c-4c0e-8e0a-3a8f1c2d4e60").Replace("'MiB'>32<", "'MiB'>8<", StringComparison.Ordinal));
            foreach (bool here in new[] { true, false })
            {
                await hosts.RunAsync(here, hosts.To(!here, Name, "--live", "--parallel", "--zerocopy"));
                Assert.Equal("running (migrated)\n", await hosts.RunAsync(!here, "domstate", Name, "--reason"));
            }
        }
        finally
        {
            await hosts.ClearAsync(Name);
        }
    }

    [Theory]
    [InlineData("", false, false)]
    [InlineData(" persistent_state='yes'", false, false)]
    [InlineData("", true, true)]
    [InlineData(" persistent_state='yes'", true, true)]
    public async Task What_a_TPM_remembers_goes_along_and_is_left_only_where_a_definition_stays(string attributes, bool defined, bool stays)
    {
        Need();
        Needs.Program("swtpm_setup");
        const string uuid = "b7b5d8b4-1f2c-4c0e-8e0a-3a8f1c2d4e61";
        string Memory(bool stock) => Path.Join(stock ? $"/proc/{hosts.Stock.Pid}/root" : hosts.Vireo.Root, "var/lib/libvirt/swtpm", uuid, "tpm2/tpm2-00.permall");
        byte[]? remembered = null;
        foreach (bool here in new[] { true, false })
        {
            try
            {
                string path = Path.Join(hosts.Shared, Name + "-tpm.xml");
                await File.WriteAllTextAsync(path, hosts.Still(Name, uuid, $"<tpm model='tpm-tis'><backend type='emulator' version='2.0'{attributes}/></tpm>"), TestContext.Current.CancellationToken);
                if (defined)
                    await hosts.RunAsync(here, "define", path);
                await hosts.RunAsync(here, defined ? ["start", Name] : ["create", path]);
                remembered = await File.ReadAllBytesAsync(Memory(here), TestContext.Current.CancellationToken);
                await hosts.RunAsync(here, hosts.To(!here, Name, "--live"));
                Assert.Equal(remembered, await File.ReadAllBytesAsync(Memory(!here), TestContext.Current.CancellationToken));
                Assert.Equal(stays, File.Exists(Memory(here)));
            }
            finally
            {
                await hosts.TryAsync(here, $"undefine {Name} --tpm");
                await hosts.ClearAsync(Name);
                foreach (bool stock in new[] { true, false })
                    if (Path.GetDirectoryName(Path.GetDirectoryName(Memory(stock)))! is var left && Directory.Exists(left))
                        Directory.Delete(left, recursive: true);
            }
        }
    }

    static string Cpu(string xml) => xml[xml.IndexOf("  <cpu", StringComparison.Ordinal)..(xml.IndexOf("</cpu>", StringComparison.Ordinal) + "</cpu>".Length)];

    static string[] Labels(string text) => [.. text.Split('\n').Select(static line => line.Split(':')[0].Trim())];
}
